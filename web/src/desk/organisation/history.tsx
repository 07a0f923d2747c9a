/** What happened to a row: when, by whom, and what became of its cells. Comes once it is asked for. */
import { useState } from "preact/hooks";
import { chain, lines, readUp } from "../audit/chain.ts";
import { dayMonth, hour } from "../clock.ts";
import { explain } from "../failure.ts";
import type { ChainLine } from "../keys/messages.ts";
import { me } from "../session.ts";
import { t } from "../words.ts";
import { cellText, columnName, ownerName } from "./cells.tsx";
import { toldAs } from "./lists.ts";
import { readHistory } from "./routes.ts";
import type { Change, Row, View } from "./shapes.ts";

/** A change with the columns that it left otherwise than the change before it. */
export interface Told {
  change: Change;
  columns: readonly string[];
}

/** Changes, newest first as they came, each with what it changed. Pure. */
export function retold(changes: readonly Change[]): Told[] {
  const inOrder = [...changes].reverse();
  const found = inOrder.map((change, at) => {
    const before = inOrder[at - 1]?.cells ?? {};
    const cells = change.cells ?? {};
    return {
      change,
      columns: Object.keys(cells).filter((column) => cells[column] !== (before[column] ?? "")),
    };
  });
  return found.reverse();
}

/** Which record of the log tells of a change; null where none does. Pure. */
export function recordOf(list: View, change: Change, log: readonly ChainLine[]): number | null {
  const lists = list === "boxes" ? ["boxes", "hamlets"] : [toldAs(list)]; // a hamlet takes its boxes along
  const found = log.find(
    (line) =>
      line.act === "arrange" &&
      line.change === change.change &&
      line.serial === change.serial &&
      lists.includes(String(line.told)) &&
      (change.record === null || line.n === change.record),
  );
  return found?.n ?? null;
}

/** Whether the log, as this browser has checked it, tells of a change too. */
function Agreement({ list, change, log }: { list: View; change: Change; log: Log }) {
  if (change.change === null || log === "reading") return null;
  if (change.unit !== me.value?.unit.code && change.unit !== "national")
    return <span class="small muted">{t("org-chain-other", { unit: ownerName(change.unit) })}</span>;
  if (log === "unread") return <span class="small muted">{t("org-chain-unread")}</span>;
  const n = recordOf(list, change, log);
  if (n === null) return <span class="small bad">{t("org-chain-bad")}</span>;
  return <span class="small muted">{t("org-chain-good", { n })}</span>;
}

/** The unit's log: its lines, or that it is still being read, or cannot be. */
type Log = readonly ChainLine[] | "reading" | "unread";

interface LineProps {
  list: View;
  row: Row;
  told: Told;
  log: Log;
}

function Line({ list, row, told: { change, columns }, log }: LineProps) {
  const then: Row = { ...row, cells: change.cells ?? {} };
  const when = t("desk-received-hour", { day: dayMonth(change.hour), hour: hour(change.hour) });
  return (
    <li>
      <span class="num muted">{when}</span> <b>{change.by ?? t("org-by-command")}</b>
      {change.cells === null ? (
        <span>{t("org-gone")}</span>
      ) : (
        columns.map((column) => (
          <span key={column}>
            {t("org-became", { column: columnName(list, column), text: cellText(list, then, column) || "–" })}
          </span>
        ))
      )}
      <Agreement list={list} change={change} log={log} />
    </li>
  );
}

export function RowHistory({ list, row }: { list: View; row: Row }) {
  const [found, setFound] = useState<readonly Told[] | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [log, setLog] = useState<Log>("reading");
  const look = (event: Event) => {
    if (!(event.currentTarget as HTMLDetailsElement).open || found) return;
    setFailed(null);
    readHistory(list, row.key).then(
      (changes) => setFound(retold(changes)),
      (error: unknown) => setFailed(explain(error)),
    );
    readUp().then(
      () => setLog(chain.value?.state === "good" ? lines.value : "unread"),
      () => setLog("unread"),
    );
  };
  return (
    <details class="history" onToggle={look}>
      <summary>{t("desk-history")}</summary>
      <p class={failed ? "notice" : "muted"} role="status">
        {failed ? t(failed) : found ? (found.length === 0 ? t("org-history-none") : null) : t("desk-loading")}
      </p>
      <ol>
        {(found ?? []).map((told, n) => (
          <Line key={n} list={list} row={row} told={told} log={log} />
        ))}
      </ol>
      <p class="small muted">{t("org-history-term")}</p>
    </details>
  );
}
