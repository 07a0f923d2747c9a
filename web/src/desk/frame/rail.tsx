/** The rail: only what exists. Under 900 px it is gone: its one door is the way back from a thread. */

import { Pictogram } from "../../shared/pictogram.tsx";
import { unopened } from "../inbox/tips.ts";
import { t } from "../words.ts";

export function Rail({ onInbox, inInbox }: { onInbox: () => void; inInbox: boolean }) {
  const go = (event: Event) => {
    event.preventDefault();
    onInbox();
  };
  return (
    <nav class="rail" aria-label={t("desk-title")}>
      <p class="mark">
        <Pictogram name="box" /> <span>{t("desk-title")}</span>
      </p>
      <ul>
        <li>
          <a href="/desk" aria-current={inInbox ? "page" : undefined} onClick={go}>
            {t("desk-tips")}{" "}
            {unopened.value > 0 ? (
              <span class="count">
                <span aria-hidden="true">{unopened.value}</span>
                <span class="hidden">{t("desk-unopened", { count: unopened.value })}</span>
              </span>
            ) : null}
          </a>
        </li>
      </ul>
    </nav>
  );
}
