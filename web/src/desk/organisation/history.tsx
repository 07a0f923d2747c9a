/** What happened to a row: when, by whom, and what became of its cells. Comes once it is asked for. */
import { useState } from "preact/hooks";
import type { List } from "../api/shapes.ts";
import { dayMonth, hour } from "../clock.ts";
import { explain } from "../failure.ts";
import { t } from "../words.ts";
import { cellText, columnName } from "./cells.tsx";
import { readHistory } from "./routes.ts";
import type { Change, Row } from "./shapes.ts";

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

interface LineProps {
  list: List;
  row: Row;
  told: Told;
}

function Line({ list, row, told: { change, columns } }: LineProps) {
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
    </li>
  );
}

export function RowHistory({ list, row }: { list: List; row: Row }) {
  const [found, setFound] = useState<readonly Told[] | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const look = (event: Event) => {
    if (!(event.currentTarget as HTMLDetailsElement).open || found) return;
    setFailed(null);
    readHistory(list, row.key).then(
      (changes) => setFound(retold(changes)),
      (error: unknown) => setFailed(explain(error)),
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
          <Line key={n} list={list} row={row} told={told} />
        ))}
      </ol>
    </details>
  );
}
