/** The organisation's routes that change nothing, one function each. Callers handle `Refused` and `Unreached`. */
import { bytes, get } from "../api/wire.ts";
import { whileIn } from "../session.ts";
import type { Asked, Change, Coverage, Day, ListPage, PastSheet, Row, UnitNode, View } from "./shapes.ts";

export const PAGE_SIZE = 50;
const BASE = "organisation/";
const MOST_PAGES = 20;

const path = encodeURIComponent;

function read<T>(route: string): Promise<T> {
  return whileIn(() => get<T>(BASE + route));
}

export const readList = ({ list, unit, q, offset, past }: Asked) =>
  read<ListPage>(`${list}?unit=${path(unit)}&q=${path(q)}&offset=${offset}&past=${past}`);

/** Every row of a unit's list, page by page: its own rows and those of the units under it. */
export async function readAll(list: View, unit: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const found = await readList({ list, unit, q: "", offset: rows.length, past: false });
    rows.push(...found.rows);
    if (found.rows.length === 0 || rows.length >= found.total) break;
  }
  return rows;
}

export const readTree = async () => (await read<{ units: UnitNode[] }>("units/tree")).units;

export const readTargets = async () => (await read<{ units: UnitNode[] }>("routes/targets")).units;

export const readSheets = async (unit: string) =>
  (await read<{ sheets: PastSheet[] }>(`sheets/past?unit=${path(unit)}`)).sheets;

export const readWeek = async (unit: string, from: string) =>
  (await read<{ days: Day[] }>(`roster/week?unit=${path(unit)}&from=${from}`)).days;

export const readCoverage = (unit: string) => read<Coverage>(`coverage?unit=${path(unit)}`);

export const readHistory = async (list: View, key: string) =>
  (await read<{ changes: Change[] }>(`${list}/history?key=${path(key)}`)).changes;

/** Where a box's QR code is, for a picture on the page. */
export const qrOf = (box: string) => `/api/v1/desk/${BASE}boxes/${path(box)}/qr.svg`;

export type Size = "a4" | "a3" | "a5" | "cards";

export interface Printing {
  unit: string;
  size: Size;
  both: boolean;
  box: string | null;
}

const whole = (route: string) => whileIn(() => bytes(BASE + route, () => undefined));

export const printPosters = ({ unit, size, both, box }: Printing) =>
  whole(`posters?unit=${path(unit)}&size=${size}&both=${both}${box === null ? "" : `&box=${path(box)}`}`);

export const fileOf = (list: View, unit: string, kind: "csv" | "xlsx") =>
  whole(`${list}/file?unit=${path(unit)}&kind=${kind}`);

/** Requests for the authority's machine: of this unit `only`, else of it and those under it that need a new sheet. */
export const requestsOf = (unit: string, only: boolean) =>
  whole(`sheets/requests?unit=${path(unit)}&only=${only}`);
