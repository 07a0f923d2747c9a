/**
 * What each list shows in its table and asks for in its form, by the columns of its file. Pure.
 *
 * A name without `_vi` or `_en` means the one in the language of the screen; `state` and `hours` of a duty are drawn
 * from several cells.
 */
import type { List } from "../api/shapes.ts";
import type { Office } from "../frame/doors.tsx";
import type { Row, View } from "./shapes.ts";

interface Layout {
  /** The first names the row and opens it. */
  table: readonly string[];
  /** What can be edited or given to a new row, in this order. */
  form: readonly string[];
  /** What stays as it is once the row is there: it says which row is meant. */
  stays: readonly string[];
  /** What no row is without. */
  needed: readonly string[];
}

const LAYOUTS: Readonly<Record<View, Layout>> = {
  units: {
    table: ["name", "code", "state"],
    form: ["code", "name_vi", "name_en", "parent", "contact", "retention", "hold"],
    stays: ["code"],
    needed: ["code"],
  },
  boxes: {
    table: ["label", "place", "code", "contact_role", "state"],
    form: ["unit", "hamlet", "label_vi", "label_en", "place", "contact_role", "contact_reach", "code"],
    stays: ["unit", "code"],
    needed: ["unit", "label_vi"],
  },
  hamlets: {
    table: ["name", "code", "board"],
    form: ["unit", "name_vi", "name_en", "board", "code"],
    stays: ["unit", "code"],
    needed: ["unit", "name_vi"],
  },
  hotlines: {
    table: ["role", "number", "hours", "checked", "state"],
    form: ["unit", "number", "role_vi", "role_en", "hours_vi", "hours_en", "kind", "checked"],
    stays: ["unit"],
    needed: ["unit", "number", "role_vi"],
  },
  roster: {
    table: ["day", "span", "officer"],
    form: ["day", "from", "to", "officer"],
    stays: [],
    needed: ["day", "from", "to", "officer"],
  },
  swaps: {
    table: ["day", "officer", "instead"],
    form: ["unit", "day", "officer", "instead"],
    stays: ["unit", "day", "officer"],
    needed: ["day", "officer", "instead"],
  },
  holidays: {
    table: ["day", "name", "state"],
    form: ["unit", "day", "name", "working"],
    stays: ["unit", "day"],
    needed: ["day"],
  },
  officers: { table: ["name", "role", "state"], form: [], stays: [], needed: [] },
  routes: {
    table: ["category", "target", "state"],
    form: ["unit", "category", "target"],
    stays: ["unit", "category"],
    needed: ["unit", "category", "target"],
  },
  sheets: { table: ["unit", "until", "new", "leaving", "state"], form: [], stays: [], needed: [] },
};

export function layoutOf(list: View): Layout {
  return LAYOUTS[list];
}

/** What stands on a page beside its own list. */
const BESIDE: Readonly<Partial<Record<Office, readonly View[]>>> = {
  boxes: ["hamlets"],
  roster: ["swaps", "holidays"],
  units: ["routes"],
  officers: ["sheets"],
};

/** The lists that a page shows, the first one at once. */
export function listsOf(place: Office): readonly View[] {
  return [place, ...(BESIDE[place] ?? [])];
}

/** Lists that keep what has ended. */
export function keepsPast(list: View): boolean {
  return list === "units" || list === "boxes" || list === "officers" || ofDays(list);
}

/** Lists of single days. */
export function ofDays(list: View): boolean {
  return list === "swaps" || list === "holidays";
}

/** A cell in the language of the screen, in the other one where that is empty. */
export function worded(row: Row, base: string, language: "vi" | "en"): string {
  const other = language === "en" ? "vi" : "en";
  return row.cells[`${base}_${language}`] || row.cells[`${base}_${other}`] || row.cells[base] || "";
}

/** What a row is called. */
export function titleOf(list: View, row: Row, language: "vi" | "en"): string {
  const [first = ""] = LAYOUTS[list].table;
  return worded(row, first, language) || row.cells.account || row.key;
}

/** Whether the row belongs to the list of another unit, and is only shown here. */
export function inherited(row: Row): boolean {
  return (row.more.inherited_from ?? null) !== null;
}

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"] as const;

/** Lists in which the order of a unit's rows counts. */
export function inOrder(list: View): boolean {
  return list === "roster" || list === "hotlines";
}

/** Lists whose rows are changed by a table, one row or many; the others have acts of their own. */
export function takesTables(list: View): boolean {
  return LAYOUTS[list].form.length > 0;
}

export type Cells = Readonly<Record<string, string>>;

/** Those of these columns that say something else than the row has; of a new row all. */
export function differing(row: Row | null, cells: Cells, columns: readonly string[]): string[] {
  return columns.filter((column) => !row || (cells[column] ?? "") !== (row.cells[column] ?? ""));
}

/** What no row of numbers can be sent without, changed or not: its unit's rows are as they were seen, or none is. */
const NUMBER = ["number", "role_vi"];

/** Which columns of a form are sent: what names the row, and what was changed. */
export function sentColumns(list: View, row: Row | null, cells: Cells, form: readonly string[]): string[] {
  const always = row ? [...LAYOUTS[list].stays, ...(list === "hotlines" ? NUMBER : [])] : [];
  const changed = differing(row, cells, form);
  return form.filter((column) => always.includes(column) || changed.includes(column));
}

/** As which list the log tells of what is shown here. */
export function toldAs(list: View): List {
  if (list === "routes") return "units";
  return list === "sheets" ? "officers" : list;
}
