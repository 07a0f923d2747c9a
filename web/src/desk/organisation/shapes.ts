/** What the organisation's API sends, as plain types. */
import type { List } from "../api/shapes.ts";

/** A list as it is shown: what the log tells of with the units or the officers has lists of its own here. */
export type View = List | "routes" | "sheets";

/** A row of a list: its cells by column as the file has them, and what no file holds. */
export interface Row {
  key: string;
  unit: string;
  cells: Readonly<Record<string, string>>;
  more: More;
}

/** What a row knows beside its cells; which of them depends on the list. */
export interface More {
  /** A box: its addresses, and where its link leads once it is closed. */
  web?: string;
  telegram?: string | null;
  zalo?: string | null;
  leads_to?: string | null;
  /** A duty: the name of whose account it is. */
  name?: string;
  /** A swap: what its accounts are called. */
  names?: Readonly<Record<string, string>>;
  /** A number or a holiday: whose it is if it is not of these units; whether a number wants calling, what a tap dials. */
  inherited_from?: string | null;
  stale?: boolean;
  tel?: string;
  /** A unit: whether somebody reads there, days left of its sheet, how it goes on. Moments are UTC seconds or days. */
  staffed?: boolean;
  sheet_days?: number | null;
  successor?: string | null;
  valid_from?: Moment;
  valid_to?: Moment;
  parents?: readonly string[];
  /** An officer. */
  status?: string;
  digits?: string;
  role?: string;
  /** How many open tips this officer alone can open. */
  sole?: number;
  /** He stands on the signed sheet in force; whoever looks may shut him out. */
  listed?: boolean;
  removable?: boolean;
  /** A route: who receives by it now (empty: it stays), and what its unit is called. */
  receiver?: string;
  target_vi?: string;
  target_en?: string;
  /** A unit's sheet: it needs a new one; the newest is not here; who comes and goes by the next, who waits uncompared. */
  asks?: boolean;
  missing?: boolean;
  new?: readonly { account: string; role: string }[];
  leaving?: readonly string[];
  uncompared?: number;
}

export type Moment = number | string | null;

export interface Summary {
  hamlets?: number;
  with_box?: number;
  with_board?: number;
  /** Units with a box and no number that posters could name. */
  bare?: number;
  units?: number;
  stale?: number;
  waiting?: number;
  /** Who waits for the authority alone. */
  approved?: number;
  /** Units that need a new sheet. */
  asking?: number;
  /** Open tips that nobody who is let in can open. */
  locked?: number;
}

/** One page of a list. */
export interface ListPage {
  total: number;
  may_change: boolean;
  columns: readonly string[];
  rows: readonly Row[];
  summary: Summary;
  /** What names all rows of a unit as they are shown here, where their order counts. */
  seen: Readonly<Record<string, string>>;
}

/** A unit of the officer's scope. */
export interface UnitNode {
  code: string;
  name_vi: string;
  name_en: string;
  parent: string | null;
  past: boolean;
}

export interface Shift {
  from: string;
  to: string;
  officers: readonly string[];
}

/** Hours without anybody, and who answers then. */
export interface Gap {
  from: string;
  to: string;
  goes_to: string;
}

export interface Day {
  day: string;
  shifts: readonly Shift[];
  gaps: readonly Gap[];
  /** What the day is called where it is off, or (`working`) worked instead of another; null on any other. */
  feast: string | null;
  working: boolean;
}

/** A hamlet that lacks a box or a board of numbers. */
export interface Lacking {
  unit: string;
  hamlet: string;
  name: string;
  name_en?: string;
  box: boolean;
  board: boolean;
}

export interface Coverage {
  hamlets: number;
  with_box: number;
  with_board: number;
  lacking: readonly Lacking[];
}

/**
 * A change of a row: when, by whom (null: by a command on the machine), and what it was then (null: gone). The log of
 * `unit` is to tell of it in `record` (null: under a later number) and say `change`; null: it is older than that.
 */
export interface Change {
  hour: number;
  by: string | null;
  serial: string | null;
  cells: Readonly<Record<string, string>> | null;
  unit: string;
  record: number | null;
  change: string | null;
}

export interface Invited {
  link: string;
  expires: number;
}

/** Somebody invited by a table. */
export interface Guest extends Invited {
  unit: string;
  name: string;
  role: string;
}

/** What is asked of a list. */
export interface Asked {
  list: View;
  unit: string;
  q: string;
  offset: number;
  past: boolean;
}

/** A signed sheet: its number and days, who came onto it and who was left off. */
export interface PastSheet {
  n: number;
  issued: string;
  until: string;
  officers: number;
  came: readonly string[];
  left: readonly string[];
}

/** A sheet that was taken in, or was in force already. */
export interface TakenSheet {
  status: "taken" | "already";
  unit: string;
  n: number;
  officers: number;
  shut_out: readonly string[];
  ended: readonly string[];
}
