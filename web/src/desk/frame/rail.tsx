/** The rail: only what exists. Under 900 px its doors stand in a row over the list and the log, and not over a thread. */

import { Pictogram } from "../../shared/pictogram.tsx";
import { chain } from "../audit/chain.ts";
import { unopened } from "../inbox/tips.ts";
import { t } from "../words.ts";

interface RailProps {
  onInbox: () => void;
  inInbox: boolean;
  onLog: () => void;
  inLog: boolean;
}

/** The audit chain's number and mark as last read here: what an officer notes to compare later. */
function Mark() {
  const found = chain.value;
  if (!found || found.n === 0) return null;
  return (
    <span class={`log-mark num small ${found.state === "good" ? "" : "bad"}`}>
      <span>{t("desk-log-number", { n: found.n })}</span> <span>{found.head}</span>
    </span>
  );
}

export function Rail({ onInbox, inInbox, onLog, inLog }: RailProps) {
  const going = (to: () => void) => (event: Event) => {
    event.preventDefault();
    to();
  };
  return (
    <nav class="rail" aria-label={t("desk-title")}>
      <div class="rail-in">
        <p class="mark">
          <Pictogram name="box" /> <span>{t("desk-title")}</span>
        </p>
        <ul>
          <li>
            <a href="/desk" aria-current={inInbox ? "page" : undefined} onClick={going(onInbox)}>
              {t("desk-tips")}{" "}
              {unopened.value > 0 ? (
                <span class="count">
                  <span aria-hidden="true">{unopened.value}</span>
                  <span class="hidden">{t("desk-unopened", { count: unopened.value })}</span>
                </span>
              ) : null}
            </a>
          </li>
          <li>
            <a class="log-door" href="/desk" aria-current={inLog ? "page" : undefined} onClick={going(onLog)}>
              {t("desk-log")} <Mark />
            </a>
          </li>
        </ul>
      </div>
    </nav>
  );
}
