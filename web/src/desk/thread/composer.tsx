/** Where an officer asks or answers. What rule 11 forbids cannot be sent; a question about identity needs two taps. */
import { useRef, useState } from "preact/hooks";
import type { Act } from "../api/shapes.ts";
import { onLock } from "../session.ts";
import { t } from "../words.ts";
import { busy, write } from "./thread.ts";
import { asksIdentity, cleaned, forbidden } from "./wording.ts";

const LONGEST = 2_000;
type Speaking = Exclude<Act, "state">;

function Choice({
  act,
  chosen,
  onChoose,
}: {
  act: Speaking;
  chosen: boolean;
  onChoose: (act: Speaking) => void;
}) {
  return (
    <button class="button" type="button" aria-pressed={chosen} onClick={() => onChoose(act)}>
      {t(`desk-act-${act}`)}
    </button>
  );
}

interface Draft {
  act: Speaking;
  text: string;
  warned: boolean;
}

const EMPTY: Draft = { act: "question", text: "", warned: false };

function Foot({ draft, off }: { draft: Draft; off: boolean }) {
  const bad = forbidden(draft.text);
  const told = bad ? "desk-no-links" : draft.warned ? "desk-ask-warn" : "";
  return (
    <footer>
      <span class={told ? "small told" : "small muted"} id="rule" role="status">
        {t(told || "desk-no-links")}
      </span>
      <button type="submit" class="button main" disabled={off || bad || draft.text.trim() === ""}>
        {t(busy.value ? "desk-sending" : draft.warned ? "desk-send-anyway" : "desk-send")}
      </button>
    </footer>
  );
}

/** What was begun and not sent, by tip: in memory alone, until the desk locks. */
const begun = new Map<string, Draft>();
onLock(() => begun.clear());

export function Composer({ off, tip }: { off: boolean; tip: string }) {
  const [draft, setDraft] = useState(begun.get(tip) ?? EMPTY);
  const field = useRef<HTMLTextAreaElement>(null);
  const keep = (next: Draft) => {
    begun.set(tip, next);
    setDraft(next);
  };
  const change = (next: Partial<Draft>) => keep({ ...draft, warned: false, ...next });
  const send = async (event: Event) => {
    event.preventDefault();
    const { act, text, warned } = draft;
    if (off || forbidden(text) || cleaned(text) === "") return;
    if (asksIdentity(text) && !warned) return change({ warned: true });
    if (await write({ act, text: cleaned(text) })) keep({ ...EMPTY, act });
    field.current?.focus();
  };
  return (
    <form class="answer" onSubmit={send}>
      <p class="row">
        <Choice act="question" chosen={draft.act === "question"} onChoose={(act) => change({ act })} />
        <Choice act="answer" chosen={draft.act === "answer"} onChoose={(act) => change({ act })} />
      </p>
      <p id="ask-tip">{t(draft.act === "question" ? "desk-ask-tip" : "desk-answer-tip")}</p>
      <label class="hidden" for="words">
        {t(`desk-act-${draft.act}`)}
      </label>
      <textarea
        id="words"
        ref={field}
        aria-describedby="ask-tip rule"
        placeholder={t(`desk-hint-${draft.act}`)}
        maxLength={LONGEST}
        autocomplete="off"
        spellcheck={false}
        translate={false}
        disabled={off}
        value={draft.text}
        onInput={(event) => change({ text: event.currentTarget.value })}
      />
      <Foot draft={draft} off={off || busy.value} />
    </form>
  );
}
