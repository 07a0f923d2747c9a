/** The rail: only what exists and the role may. Under 900 px its doors stand in a row over the page, not over a thread. */

import { useEffect, useRef } from "preact/hooks";
import { Pictogram } from "../../shared/pictogram.tsx";
import { chain } from "../audit/chain.ts";
import { unopened } from "../inbox/tips.ts";
import { me } from "../session.ts";
import { t } from "../words.ts";
import { doorsOf, type Place } from "./doors.tsx";

interface RailProps {
  /** The page that is shown; null over a tip. */
  at: Place | null;
  onGo: (place: Place) => void;
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

function Unopened() {
  if (unopened.value === 0) return null;
  return (
    <span class="count">
      <span aria-hidden="true">{unopened.value}</span>
      <span class="hidden">{t("desk-unopened", { count: unopened.value })}</span>
    </span>
  );
}

export function Rail({ at, onGo }: RailProps) {
  const doors = useRef<HTMLUListElement>(null);
  useEffect(() => {
    doors.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [at]);
  const going = (to: Place) => (event: Event) => {
    event.preventDefault();
    onGo(to);
  };
  return (
    <nav class="rail" aria-label={t("desk-title")}>
      <div class="rail-in">
        <p class="mark">
          <Pictogram name="box" /> <span>{t("desk-title")}</span>
        </p>
        <ul ref={doors}>
          {doorsOf(me.value?.role).map((place) => (
            <li key={place}>
              <a
                class={place === "log" ? "log-door" : undefined}
                href="/desk"
                aria-current={at === place ? "page" : undefined}
                onClick={going(place)}
              >
                {t(`desk-${place}`)} {place === "tips" ? <Unopened /> : null}
                {place === "log" ? <Mark /> : null}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </nav>
  );
}
