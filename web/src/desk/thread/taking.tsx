/** Taking a tip: one tap where nobody has it; from a colleague in two steps, with a reason that is signed and sealed. */
import { useState } from "preact/hooks";
import { whoHas } from "../inbox/row.tsx";
import type { Reason } from "../keys/messages.ts";
import { me } from "../session.ts";
import { t } from "../words.ts";
import { busy, take, tip, verdict } from "./thread.ts";

const REASONS: readonly Reason[] = ["shift", "absent", "asked", "other"];
const SHORTEST = 3;
const LONGEST = 200;

function TakeOver({ off, from }: { off: boolean; from: string }) {
  const [asked, setAsked] = useState(false);
  const [kind, setKind] = useState<Reason>("other");
  const [reason, setReason] = useState("");
  if (!asked)
    return (
      <button class="button wide" type="button" disabled={off} onClick={() => setAsked(true)}>
        {t("desk-take-over", { name: whoHas(from) })}
      </button>
    );
  const short = reason.trim().length < SHORTEST;
  const send = (event: Event) => {
    event.preventDefault();
    if (!off && !short) take(reason.trim(), kind);
  };
  return (
    <form class="take-over" onSubmit={send}>
      <label for="reason-kind">{t("desk-take-kind")}</label>
      <select
        id="reason-kind"
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value as Reason)}
      >
        {REASONS.map((one) => (
          <option key={one} value={one}>
            {t(`desk-log-reason-${one}`)}
          </option>
        ))}
      </select>
      <label for="reason">{t("desk-take-why")}</label>
      <input
        id="reason"
        value={reason}
        maxLength={LONGEST}
        autocomplete="off"
        spellcheck={false}
        translate={false}
        placeholder={t("desk-take-hint")}
        aria-describedby="reason-sealed"
        ref={(field) => {
          if (field && reason === "") field.focus();
        }}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <p class="small muted" id="reason-sealed">
        {t("desk-take-sealed")}
      </p>
      <p class="row">
        <button type="submit" class="button main" disabled={off || busy.value || short}>
          {t("desk-take-yes")}
        </button>
        <button class="button quiet" type="button" onClick={() => setAsked(false)}>
          {t("desk-cancel")}
        </button>
      </p>
    </form>
  );
}

/** True where this officer may take the tip on screen. */
export function takes(): boolean {
  const row = tip.value;
  if (!row || verdict.value?.state !== "open" || row.state === "closed") return false;
  return row.answerable !== me.value?.serial;
}

export function Taking({ off }: { off: boolean }) {
  const held = tip.value?.answerable ?? null;
  if (!takes()) return null;
  if (held !== null) return <TakeOver off={off} from={held} key={held} />;
  return (
    <button class="button wide main" type="button" disabled={off || busy.value} onClick={() => take("")}>
      {t("desk-take")}
    </button>
  );
}
