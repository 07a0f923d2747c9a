/** The history of a tip, folded until asked for. */
import { dayMonth, hour, isoDay, minute } from "../clock.ts";
import { whoHas } from "../inbox/row.tsx";
import { t } from "../words.ts";
import { history, type Line } from "./history.ts";
import { readers, tip, verdict } from "./thread.ts";

function when(line: Line, urgent: boolean): string {
  if (line.day !== null) return isoDay(line.day);
  if (line.at === null) return "";
  const day = dayMonth(line.at);
  if (line.signed || urgent) return t("desk-received-minute", { day, time: minute(line.at) });
  return t("desk-received-hour", { day, hour: hour(line.at) });
}

function said(line: Line): string {
  const detail = line.what === "state" ? t(`st-${line.detail}`) : line.detail;
  const name = line.by === null ? "" : whoHas(line.by);
  return t(`desk-history-${line.what}`, { name, state: detail, reason: detail });
}

export function History() {
  const [row, read] = [tip.value, verdict.value];
  if (!row || !read || read.state === "badkey") return null;
  const lines = history(row, read.entries, readers.value);
  return (
    <details class="history">
      <summary>{t("desk-history")}</summary>
      <ol>
        {lines.map((line, n) => (
          <li key={n}>
            <span translate={false}>{said(line)}</span>
            <span class="small muted num">{when(line, row.urgent)}</span>
            {line.what === "reporter" ? null : (
              <span class="small muted">{t(line.signed ? "desk-history-signed" : "desk-observed")}</span>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}
