/** Where a tip stands, what the reporter sees of that, and the door to what may be done with it, loaded when asked for. */
import { signal } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { useState } from "preact/hooks";
import type { Offer } from "../api/shapes.ts";
import { dayMonth } from "../clock.ts";
import { useLater } from "../frame/later.ts";
import { Notice } from "../frame/notice.tsx";
import { now } from "../frame/now.ts";
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

type Dialog = FunctionComponent<{ offer: Offer; onClose: () => void }>;

async function load(): Promise<Dialog> {
  const { CaseDialog, words } = await import("./case/dialog.tsx");
  await learn(words);
  return CaseDialog;
}

function Behind({ offer }: { offer: Offer }) {
  const [failed, tell] = useState<string | null>(null);
  const Come = useLater(load, tell);
  return Come ? <Come offer={offer} onClose={close} /> : <Notice say={failed} />;
}

/** Where it is done, apart from the column that folds on a narrow screen. */
export function Cases() {
  const what = asked.value;
  return what !== null && what.tip === tipId.value ? <Behind offer={what.offer} key={what.n} /> : null;
}

/** What the reporter is shown of the present state: the same, from an evening on, or still another one. */
function Seen() {
  const read = verdict.value;
  const row = tip.value;
  if (read?.state !== "open" || !row) return null;
  const waits = waitsForReporter(read.entries) && row.state !== "closed";
  if (!waits && row.visible_from > now.value)
    return <p class="small muted">{t("desk-state-shown", { day: dayMonth(row.visible_from) })}</p>;
  return <p class="small muted">{t("desk-state-now", { state: t(`st-${waits ? "need" : row.state}`) })}</p>;
}

export function StateChange({ off }: { off: boolean }) {
  const row = tip.value;
  if (!row) return null;
  const acts = offers.value;
  const open = (act: string) => {
    const offer = acts.find((one) => one.act === act);
    if (offer) askFor(row.id, offer);
  };
  return (
    <div class="state-change">
      <label for="state">{t("desk-state")}</label>
      <select
        id="state"
        key={`${row.status} ${asked.value?.offer.act}`}
        value=""
        disabled={off || acts.length === 0}
        onChange={(event) => open(event.currentTarget.value)}
      >
        <option value="">{t(`desk-case-${row.status}`)}</option>
        {acts.map(({ act }) => (
          <option key={act} value={act}>
            → {t(`desk-case-${act}`)}
          </option>
        ))}
      </select>
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
