/** A row at the side: its form where it may be changed, its facts where not, and what happened to it before. */
import { useState } from "preact/hooks";
import { me } from "../session.ts";
import { language, t } from "../words.ts";
import { CHANGED, sentence, useActing } from "./acting.ts";
import { arrange, perform } from "./acts.ts";
import { Aside } from "./aside.tsx";
import { BoxEnd, BoxLinks } from "./boxes.tsx";
import { cellText, columnName, RowState, today } from "./cells.tsx";
import { csv } from "./csv.ts";
import { DayEnd } from "./days.tsx";
import { Field, useNamed } from "./fields.tsx";
import { HamletEnd } from "./hamlets.tsx";
import { RowHistory } from "./history.tsx";
import { changed, mayChange, page, seenOf, unit } from "./listing.ts";
import {
  type Cells,
  differing,
  inherited,
  layoutOf,
  ofDays,
  sentColumns,
  takesTables,
  titleOf,
} from "./lists.ts";
import { BoardLine } from "./numbers.tsx";
import { OfficerFacts } from "./officers.tsx";
import { Refusals } from "./refusals.tsx";
import { type Duty, putDuty } from "./roster.ts";
import type { Row, View } from "./shapes.ts";
import { SheetFacts } from "./signed-lists.tsx";
import { TwoSteps } from "./two-steps.tsx";
import { MergeDoor } from "./units.tsx";

const NEW: Readonly<Partial<Record<View, Cells>>> = {
  roster: { day: "mon", from: "7", to: "7" },
};

/** What a form begins with: the row, or a new one of the unit that is looked at. */
function beginning(list: View, row: Row | null, preset: Cells): Cells {
  if (row) return { unit: row.unit, ...row.cells };
  const parent: Cells = list === "units" ? { parent: unit.value } : { unit: unit.value };
  return { ...parent, ...NEW[list], ...preset };
}

/** Sends one row: what names it and what was changed here alone, so that the rest stays as others left it. */
function save(list: View, row: Row | null, cells: Cells): Promise<unknown> {
  if (list === "roster") return putDuty(cells.unit ?? "", row?.key ?? null, cells as Duty);
  const columns = sentColumns(list, row, cells, formColumns(list, row));
  if (list !== "hotlines" || !row) return arrange(list, csv(columns, [cells]));
  const changed = { ...cells, was: row.cells.number ?? "" };
  return arrange(list, csv([...columns, "was"], [changed]), { seen: seenOf(row.unit) });
}

/** What is asked for. Under which unit one's own stands is said above it. */
function formColumns(list: View, row: Row | null): string[] {
  const known = page.value?.columns ?? [];
  const own = list === "units" && row?.key === me.value?.unit.code;
  return layoutOf(list).form.filter((column) => known.includes(column) && !(own && column === "parent"));
}

interface FormProps {
  list: View;
  row: Row | null;
  preset: Cells;
  onDone: () => void;
}

function Form({ list, row, preset, onDone }: FormProps) {
  const [cells, setCells] = useState(() => beginning(list, row, preset));
  const acting = useActing();
  const named = useNamed(list, cells.unit ?? "");
  const layout = layoutOf(list);
  const open = formColumns(list, row).filter((column) => !(row && layout.stays.includes(column)));
  const set = (column: string, value: string) => setCells({ ...cells, [column]: value });
  const send = async (event: Event) => {
    event.preventDefault();
    if (row && differing(row, cells, open).length === 0) return onDone();
    if (await acting.act(() => save(list, row, cells))) {
      onDone();
      await changed(row ? "org-saved" : "org-added");
    }
  };
  const wrong = (column: string) => {
    const fault = acting.faults.find((one) => one.column === column);
    return fault ? sentence(list, fault) : "";
  };
  return (
    <form class="stack" onSubmit={send}>
      {row ? <Facts list={list} row={row} columns={layout.stays} /> : null}
      {open.map((column) => (
        <Field
          key={column}
          list={list}
          column={column}
          value={cells[column] ?? ""}
          named={named}
          needed={layout.needed.includes(column)}
          wrong={wrong(column)}
          onChange={(value) => set(column, value)}
        />
      ))}
      {list === "hotlines" ? <NumberExtras cells={cells} onToday={() => set("checked", today())} /> : null}
      <Refusals list={list} acting={acting} shown={open} />
      {row && acting.failed === CHANGED ? <Newest list={list} row={row} /> : null}
      <p class="row">
        <button class="button main" type="submit" disabled={acting.busy || !mayChange.value}>
          {t(row ? "org-save" : "org-add")}
        </button>
      </p>
    </form>
  );
}

/** The row as somebody else has left it, beside what was typed here. */
function Newest({ list, row }: { list: View; row: Row }) {
  const now = page.value?.rows.find((one) => one.key === row.key);
  return (
    <div class="preview">
      <p class="small muted">{t("org-now")}</p>
      {now ? <Facts list={list} row={now} columns={formColumns(list, row)} /> : <p>{t("org-now-gone")}</p>}
    </div>
  );
}

/** How the line will look on the board, and the day of checking in one tap. */
function NumberExtras({ cells, onToday }: { cells: Cells; onToday: () => void }) {
  return (
    <>
      <p>
        <button class="button" type="button" onClick={onToday}>
          {t("org-called-today")}
        </button>
      </p>
      <div class="preview">
        <p class="small muted">{t("org-board-line")}</p>
        <BoardLine role={cells.role_vi ?? ""} number={cells.number ?? ""} hours={cells.hours_vi ?? ""} />
      </div>
    </>
  );
}

/** Cells to read, those that are empty left out. */
function Facts({ list, row, columns }: { list: View; row: Row; columns: readonly string[] }) {
  const told = columns
    .map((column) => [column, cellText(list, row, column)] as const)
    .filter(([, text]) => text !== "");
  if (told.length === 0) return null;
  return (
    <dl class="facts">
      {told.map(([column, text]) => (
        <div key={column}>
          <dt>{columnName(list, column)}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Takes a number off its unit's board. */
function takeOff(row: Row): Promise<unknown> {
  const gone = { unit: row.unit, number: "-", role_vi: "-", was: row.cells.number ?? "" };
  return arrange("hotlines", csv(Object.keys(gone), [gone]), { seen: seenOf(row.unit) });
}

/** What ends a row of these lists, and the word of its sentences. */
const ENDS: Readonly<Partial<Record<View, readonly [word: string, end: (row: Row) => Promise<unknown>]>>> = {
  roster: ["duty", (row) => putDuty(row.unit, row.key, null)],
  hotlines: ["number", takeOff],
  routes: [
    "route",
    ({ unit: of, cells }) => perform("routes", "routes/end", { unit: of, category: cells.category }),
  ],
};

/** Takes a duty out of the week, a number off the board, or a kind of matter back, in two steps. */
function RowEnd({ list, row, onDone }: { list: View; row: Row; onDone: () => void }) {
  const [word, take] = ENDS[list] ?? ["", () => Promise.resolve()];
  const { busy, failed, act } = useActing();
  const end = async () => {
    if (await act(() => take(row))) {
      onDone();
      await changed(`org-${word}-gone`);
    }
  };
  return (
    <TwoSteps
      ask={t(`org-${word}-ask`)}
      first={t(`org-${word}-end`)}
      second={t(`org-${word}-yes`)}
      busy={busy}
      failed={failed}
      onDo={end}
    />
  );
}

/** The cell that names a row, where it is no name. */
const NAMED_BY: Readonly<Partial<Record<View, string>>> = {
  roster: "day",
  routes: "category",
  sheets: "unit",
};

interface RowAsideProps {
  list: View;
  /** The row that is there; null for a new one. */
  row: Row | null;
  preset?: Cells;
  onClose: () => void;
}

/** Whether this row may be changed: what is inherited is its owner's. */
function open(list: View, row: Row | null): boolean {
  return mayChange.value && takesTables(list) && !(row && inherited(row));
}

export function RowAside({ list, row, preset = {}, onClose }: RowAsideProps) {
  const may = open(list, row);
  const title = row ? titleOf(list, row, language.value) : t(`org-new-${list}`);
  const shown = page.value?.columns ?? [];
  const named = NAMED_BY[list];
  return (
    <Aside title={row && named ? cellText(list, row, named) : title} onClose={onClose}>
      {row && list !== "roster" && list !== "swaps" ? (
        <p>
          <RowState list={list} row={row} />
        </p>
      ) : null}
      {row && list === "officers" ? <OfficerFacts row={row} onDone={onClose} /> : null}
      {may ? (
        <Form list={list} row={row} preset={preset} onDone={onClose} />
      ) : (
        row && (
          <Facts
            list={list}
            row={row}
            columns={shown.filter((column) => column !== "name" || list !== "sheets")}
          />
        )
      )}
      {row && list === "boxes" ? <BoxLinks row={row} /> : null}
      {row && may && list === "boxes" ? <BoxEnd row={row} onDone={onClose} /> : null}
      {row && may && ENDS[list] ? <RowEnd list={list} row={row} onDone={onClose} /> : null}
      {row && may && ofDays(list) ? <DayEnd list={list} row={row} onDone={onClose} /> : null}
      {row && may && list === "hamlets" ? <HamletEnd row={row} onDone={onClose} /> : null}
      {row && list === "units" ? <MergeDoor row={row} onDone={onClose} /> : null}
      {row && list === "sheets" ? <SheetFacts row={row} /> : null}
      {row && list !== "sheets" ? <RowHistory list={list} row={row} /> : null}
    </Aside>
  );
}
