/** The history of a tip, folded until asked for; who opened it when is read from the audit chain then. */
import { useEffect, useState } from "preact/hooks";
import { chain, lines, readUp } from "../audit/chain.ts";
import { dayMonth, hour, isoDay, minute } from "../clock.ts";
import { Notice } from "../frame/notice.tsx";
import { whoHas } from "../inbox/row.tsx";
import { t } from "../words.ts";
import { caseWords } from "./entries.tsx";
import { history, type Line } from "./history.ts";
import { readers, tip, verdict } from "./thread.ts";

function when({ at, to, day }: Line): string {
  if (day !== null) return isoDay(day);
  if (at === null) return "";
  if (to === "minute") return t("desk-received-minute", { day: dayMonth(at), time: minute(at) });
  return t("desk-received-hour", { day: dayMonth(at), hour: hour(at) });
}

/** The name of an officer of another unit, by an entry he signed. */
function signedBy(serial: string): string | undefined {
  const read = verdict.value;
  const entries = read && read.state !== "badkey" ? read.entries : [];
  return entries.find(({ by }) => by?.serial === serial)?.by?.officer;
}

function said(line: Line): string {
  const detail = line.what === "state" ? t(`st-${line.detail}`) : line.detail;
  const name = line.by === null ? "" : whoHas(line.by, signedBy(line.by));
  if (line.done) return caseWords({ done: line.done, text: line.detail, of: line.of ?? null }, name);
  const unit = line.unit ?? "";
  const keys = line.what === "give" || line.what === "take-back";
  const reader = keys ? whoHas(line.detail) : "";
  return t(`desk-history-${line.what}`, { name, state: detail, reason: detail, unit, reader });
}

/** Reads what is new of the chain whenever what it tells is shown or the thread changed. True while it does. */
export function useChain(shown: boolean): boolean {
  const [reading, setReading] = useState(false);
  const read = verdict.value;
  useEffect(() => {
    if (!shown || !read) return undefined;
    let here = true;
    setReading(true);
    const done = () => here && setReading(false);
    readUp().then(done, done); // what the chain does not tell is told as the server observed it
    return () => {
      here = false;
    };
  }, [shown, read]);
  return reading;
}

function Lines({ shown }: { shown: readonly Line[] }) {
  return (
    <ol>
      {shown.map((line, n) => (
        <li key={n}>
          <span translate={false}>{said(line)}</span>
          <span class="small muted num">{when(line)}</span>
          {line.what === "reporter" ? null : (
            <span class="small muted">{t(line.signed ? "desk-history-signed" : "desk-observed")}</span>
          )}
        </li>
      ))}
    </ol>
  );
}

export function History() {
  const [shown, setShown] = useState(false);
  const reading = useChain(shown);
  const [row, read] = [tip.value, verdict.value];
  if (!row || !read || read.state === "badkey") return null;
  const broken = chain.value?.state === "tampered";
  const records = broken ? [] : lines.value;
  return (
    <details class="history" onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>{t("desk-history")}</summary>
      {reading ? <p class="small muted">{t("desk-log-reading")}</p> : null}
      {broken ? <Notice say="desk-tampered" strong /> : null}
      <Lines shown={history(row, read.entries, readers.value, records)} />
    </details>
  );
}
