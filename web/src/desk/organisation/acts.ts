/**
 * Changes of the organisation, as the officer signs and sends them. What is sent is what the signature names.
 *
 * Owns the one way of changing a list; knows no page.
 */
import { type Bytes, utf8 } from "../../crypto/bytes.ts";
import { toBase64url } from "../../shared/bytes.ts";
import { post, Refused } from "../api/wire.ts";
import { signed } from "../audit/chain.ts";
import { toldAs } from "./lists.ts";
import type { View } from "./shapes.ts";

/** How many rows of a table were new, changed something, or said what was known. */
export interface Taken {
  new: number;
  changed: number;
  same: number;
}

/** What is wrong with a row, counted as a spreadsheet does; `key` names the sentence, `column` is empty for all of it. */
export interface Fault {
  row: number;
  column: string;
  key: string;
  args: Record<string, string | number>;
}

/** A way of changing a list that is no table. */
export type Way =
  | "officers/invite"
  | "officers/import"
  | "officers/remove"
  | "officers/approve"
  | "sheets/take"
  | "routes/end"
  | "units/merge"
  | "hamlets/end"
  | "swaps/change"
  | "holidays/change";

/** What names the rows of units as they were shown, by code. */
export type Seen = Readonly<Record<string, string>>;

/**
 * Signs a change of a list and sends it: `what` is a table, CSV or XLSX, or the JSON that one of the other ways takes.
 * Nothing is changed where it throws, nor (`seen`) where these units' rows are not as they were shown.
 */
export function arrange<T = Taken>(
  list: View,
  what: Bytes,
  { way = list, seen = {} }: { way?: View | Way; seen?: Seen } = {},
): Promise<T> {
  const sent = toBase64url(what);
  const deed = { act: "arrange", tip: null, list: toldAs(list), what: sent };
  return signed(deed, (record) => post<T>(`organisation/${way}`, { record, what: sent, seen }));
}

/** The same for an act that is no table. */
export function perform<T = unknown>(list: View, way: Way, said: object): Promise<T> {
  return arrange<T>(list, utf8(JSON.stringify(said)), { way });
}

/** What the server found wrong with a table, row by row; empty for any other failure. */
export function faultsOf(error: unknown): readonly Fault[] {
  if (!(error instanceof Refused && error.key === "desk-rows")) return [];
  return (error.told as { faults?: Fault[] }).faults ?? [];
}
