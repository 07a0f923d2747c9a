/** Changing a tip's state: says what the reporter will see and when, and asks once more before closing. */
import { useEffect, useState } from "preact/hooks";
import type { TipState } from "../api/shapes.ts";
import { dayMonth, shownFrom } from "../clock.ts";
import { now } from "../frame/now.ts";
import { t } from "../words.ts";
import { busy, tip, verdict, waitsForReporter, write } from "./thread.ts";

const OFFERED: readonly TipState[] = ["verify", "closed"];

/** What the reporter is shown of the present state: the same, from an evening on, or still another one. */
function Seen() {
  const read = verdict.value;
  const row = tip.value;
  if (read?.state !== "open" || !row) return null;
  const marks = read.entries.filter((entry) => entry.kind === "state" && entry.at !== null);
  const last = marks.at(-1);
  if (waitsForReporter(read.entries) && row.state !== "closed")
    return <p class="small muted">{t("desk-state-now", { state: t("st-need") })}</p>;
  if (!last || last.at === null || shownFrom(last.at) <= now.value)
    return <p class="small muted">{t("desk-state-now", { state: t(`st-${row.state}`) })}</p>;
  return <p class="small muted">{t("desk-state-shown", { day: dayMonth(shownFrom(last.at)) })}</p>;
}

export function StateChange({ off }: { off: boolean }) {
  const [chosen, setChosen] = useState<TipState | "">("");
  const [asked, setAsked] = useState(false);
  const present = tip.value?.state ?? "received";
  useEffect(() => {
    setChosen("");
    setAsked(false);
  }, [present]);
  const choose = (state: TipState | "") => {
    setChosen(state);
    setAsked(false);
  };
  const save = async () => {
    if (chosen === "") return;
    if (chosen === "closed" && !asked) return setAsked(true);
    if (await write({ act: "state", text: chosen, state: chosen })) choose("");
  };
  return (
    <div class="state-change">
      <label for="state">{t("desk-state")}</label>
      <select
        id="state"
        key={present}
        value={chosen === present ? "" : chosen}
        disabled={off}
        onChange={(event) => choose(event.currentTarget.value as TipState | "")}
      >
        <option value="">{t(`st-${present}`)}</option>
        {OFFERED.filter((state) => state !== present).map((state) => (
          <option key={state} value={state}>
            {t(`st-${state}`)}
          </option>
        ))}
      </select>
      {chosen === "" || chosen === present ? <Seen /> : null}
      {chosen === "" || chosen === present ? null : (
        <>
          <p class="small muted">
            {t("desk-state-seen", { state: t(`st-${chosen}`), day: dayMonth(shownFrom(now.value)) })}
          </p>
          {asked ? <p role="alert">{t("desk-close-ask")}</p> : null}
          <div class="row">
            <button class="button" type="button" disabled={off || busy.value} onClick={save}>
              {t(asked ? "desk-close-yes" : "desk-state-save")}
            </button>
            <button class="button quiet" type="button" onClick={() => choose("")}>
              {t("desk-cancel")}
            </button>
          </div>
        </>
      )}
    </div>
  );
}
