/**
 * What each list shows in its table and asks for in its form, by the columns of its file. Pure.
 *
 * A name without `_vi` or `_en` means the one in the language of the screen; `state` and `hours` of a duty are drawn
 * from several cells.
 */
import type { List } from "../api/shapes.ts";
import type { Office } from "../frame/doors.tsx";
import type { Row } from "./shapes.ts";

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

const LAYOUTS: Readonly<Record<List, Layout>> = {
  units: {
    table: ["name", "code", "state"],
    form: ["code", "name_vi", "name_en", "parent", "contact"],
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
  officers: { table: ["name", "role", "state"], form: [], stays: [], needed: [] },
};

export function layoutOf(list: List): Layout {
  return LAYOUTS[list];
}

/** The lists that a page shows, the first one at once. */
export function listsOf(place: Office): readonly List[] {
  return place === "boxes" ? ["boxes", "hamlets"] : [place];
}

/** Lists that keep what has ended. */
export function keepsPast(list: List): boolean {
  return list === "units" || list === "boxes" || list === "officers";
}

/** A cell in the language of the screen, in the other one where that is empty. */
export function worded(row: Row, base: string, language: "vi" | "en"): string {
  const other = language === "en" ? "vi" : "en";
  return row.cells[`${base}_${language}`] || row.cells[`${base}_${other}`] || row.cells[base] || "";
}

/** What a row is called. */
export function titleOf(list: List, row: Row, language: "vi" | "en"): string {
  const [first = ""] = LAYOUTS[list].table;
  return worded(row, first, language) || row.cells.account || row.key;
}

/** Whether the row belongs to the list of another unit, and is only shown here. */
export function inherited(row: Row): boolean {
  return (row.more.inherited_from ?? null) !== null;
}

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"] as const;

/** Lists in which the order of a unit's rows counts. */
export function inOrder(list: List): boolean {
  return list === "roster" || list === "hotlines";
}

/** Lists whose rows are changed by a table, one row or many; the others have acts of their own. */
export function takesTables(list: List): boolean {
  return LAYOUTS[list].form.length > 0;
}
