/** Where a tip stands, what the reporter sees of that, and the door to what may be done with it, loaded when asked for. */
import { signal } from "@preact/signals";
import { useRef, useState } from "preact/hooks";
import type { Offer, TipRow } from "../api/shapes.ts";
import { dayMonth } from "../clock.ts";
import { Lazily } from "../frame/lazily.tsx";
import { now } from "../frame/now.ts";
import type { EntryView } from "../keys/messages.ts";
import { onLock } from "../session.ts";
import { learn, t } from "../words.ts";
import { offers, tip, tipId, verdict, waitsForReporter } from "./thread.ts";

/** What is about to be done, with which tip; `n` counts how often something was. */
const asked = signal<{ tip: string; offer: Offer; n: number } | null>(null);
let n = 0;
const close = () => {
  asked.value = null;
};
onLock(close);

function askFor(tip: string, offer: Offer): void {
  n += 1;
  asked.value = { tip, offer, n };
}

async function load() {
  const { CaseDialog, words } = await import("./case/dialog.tsx");
  await learn(words);
  return CaseDialog;
}

/** Where it is done, apart from the column that folds on a narrow screen. */
export function Cases() {
  const what = asked.value;
  if (what === null || what.tip !== tipId.value) return null;
  return <Lazily load={load} show={{ offer: what.offer, onClose: close }} key={what.n} />;
}

/** True where the end that is shown came after the last question: as `public_state` of handlers/timeline.py has it. */
function endsAfter({ state, visible_from }: TipRow, entries: readonly EntryView[], at: number): boolean {
  const asked = entries.findLast((entry) => entry.kind === "question")?.at ?? 0;
  return state === "closed" && visible_from <= at && visible_from >= asked;
}

/** What the reporter is shown of the present state: the same, from an evening on, or still another one. */
function Seen() {
  const read = verdict.value;
  const row = tip.value;
  if (read?.state !== "open" || !row) return null;
  const waits = waitsForReporter(read.entries) && !endsAfter(row, read.entries, now.value);
  if (!waits && row.visible_from > now.value)
    return <p class="small muted">{t("desk-state-shown", { day: dayMonth(row.visible_from) })}</p>;
  return <p class="small muted">{t("desk-state-now", { state: t(`st-${waits ? "need" : row.state}`) })}</p>;
}

/** True for a key that walks through a closed list, where every step would be a choice. */
const walks = (key: string) => key.length === 1 || /^(Arrow|Page|Home|End)/.test(key);

/** The acts that are offered. Chosen with a pointer one opens at once; by keys once Enter says that it is the one. */
function Acts({ row, off }: { row: TipRow; off: boolean }) {
  const acts = offers.value;
  const list = useRef<HTMLSelectElement>(null);
  const walking = useRef(false);
  const [chosen, choose] = useState("");
  const open = () => {
    const offer = acts.find(({ act }) => act === list.current?.value);
    if (!list.current || !offer) return;
    list.current.value = "";
    choose("");
    askFor(row.id, offer);
  };
  const pressed = (event: KeyboardEvent) => {
    walking.current = walks(event.key);
    if (event.key !== "Enter" || chosen === "") return;
    event.preventDefault();
    open();
  };
  return (
    <>
      <select
        id="state"
        ref={list}
        disabled={off || acts.length === 0}
        onKeyDown={pressed}
        onPointerDown={() => {
          walking.current = false;
        }}
        onChange={(event) => (walking.current ? choose(event.currentTarget.value) : open())}
      >
        <option value="">{t(`desk-case-${row.status}`)}</option>
        {acts.map(({ act }) => (
          <option key={act} value={act}>
            → {t(`desk-case-${act}`)}
          </option>
        ))}
      </select>
      {chosen === "" ? null : (
        <button class="button wide" type="button" disabled={off} onClick={open}>
          {t("desk-state-go", { what: t(`desk-case-${chosen}`) })}
        </button>
      )}
    </>
  );
}

export function StateChange({ off }: { off: boolean }) {
  const row = tip.value;
  if (!row) return null;
  return (
    <div class="state-change">
      <label for="state">{t("desk-state")}</label>
      <Acts row={row} off={off} key={`${row.id} ${row.status}`} />
      <Seen />
    </div>
  );
}

/** The shortest way to what is often found: somebody has told of it before. */
export function DuplicateButton({ off }: { off: boolean }) {
  const offer = offers.value.find(({ act }) => act === "duplicate");
  const id = tipId.value;
  if (!offer || id === null) return null;
  const open = () => askFor(id, offer);
  return (
    <button class="button wide" type="button" disabled={off} onClick={open}>
      {t("desk-duplicate")}
    </button>
  );
}
