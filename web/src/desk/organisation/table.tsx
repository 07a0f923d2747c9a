/** The rows of a list, fifty at a time: a table that becomes cards. The first cell opens the row. */
import { connection } from "../api/live.ts";
import { language, t } from "../words.ts";
import { cellText, columnName, RowState } from "./cells.tsx";
import { asked, choose, page, unit } from "./listing.ts";
import { inherited, layoutOf, takesTables, titleOf } from "./lists.ts";
import { CalledToday } from "./numbers.tsx";
import { PAGE_SIZE } from "./routes.ts";
import type { Row, View } from "./shapes.ts";

/** First cells that say something else than they hold. */
const IN_WORDS = ["day", "category", "unit"];

interface TableProps {
  list: View;
  onOpen: (row: Row) => void;
  onImport: () => void;
}

/** Whether rows of several units stand here: then each says whose it is. */
function mixed(rows: readonly Row[]): boolean {
  return rows.some((row) => row.unit !== unit.value && !inherited(row));
}

interface LineProps {
  list: View;
  row: Row;
  columns: readonly string[];
  onOpen: (row: Row) => void;
}

function Line({ list, row, columns, onOpen }: LineProps) {
  const [first = "", ...rest] = columns;
  return (
    <tr>
      <th scope="row">
        <button class="opens" type="button" data-row={row.key} onClick={() => onOpen(row)}>
          {IN_WORDS.includes(first) ? cellText(list, row, first) : titleOf(list, row, language.value)}
        </button>
      </th>
      {rest.map((column) => (
        <td key={column} data-name={columnName(list, column)} class={`of-${column}`}>
          {column === "state" ? <RowState list={list} row={row} /> : cellText(list, row, column)}
          {column === "state" && list === "hotlines" ? <CalledToday row={row} /> : null}
        </td>
      ))}
    </tr>
  );
}

function Pager() {
  const total = page.value?.total ?? 0;
  const offset = asked.value?.offset ?? 0;
  if (total <= PAGE_SIZE && offset === 0) return null;
  const away = connection.value === "away";
  const last = Math.min(offset + PAGE_SIZE, total);
  const turn = (by: number) => choose({ offset: Math.max(0, offset + by * PAGE_SIZE) });
  return (
    <div class="row pager">
      <span class="muted num">{t("desk-page", { from: offset + 1, to: last, total })}</span>
      <span class="end row">
        <button class="button" type="button" disabled={away || offset === 0} onClick={() => turn(-1)}>
          ◂ {t("desk-page-back")}
        </button>
        <button class="button" type="button" disabled={away || last >= total} onClick={() => turn(1)}>
          {t("desk-page-next")} ▸
        </button>
      </span>
    </div>
  );
}

function Empty({ list, onImport }: { list: View; onImport: () => void }) {
  if (asked.value?.q) return <p class="empty-list muted">{t("org-none-fit")}</p>;
  const brings = page.value?.may_change === true && takesTables(list);
  return (
    <div class="empty-list stack">
      <p>{t(`org-empty-${list}`)}</p>
      {brings ? (
        <button class="button" type="button" onClick={onImport}>
          {t("org-import-file")}
        </button>
      ) : null}
    </div>
  );
}

export function Table({ list, onOpen, onImport }: TableProps) {
  const rows = page.value?.rows;
  if (!rows) return <p class="empty-list muted">{t("desk-loading")}</p>;
  if (rows.length === 0) return <Empty list={list} onImport={onImport} />;
  const columns = [...layoutOf(list).table];
  if (mixed(rows) && list !== "units" && list !== "sheets") columns.splice(1, 0, "unit");
  return (
    <>
      <table class={`list of-${list}`}>
        <caption class="hidden">{t(`org-list-${list}`)}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {columnName(list, column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Line key={row.key} list={list} row={row} columns={columns} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
      <Pager />
    </>
  );
}
