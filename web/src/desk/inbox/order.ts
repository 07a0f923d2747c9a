/** Which tip comes first, and what its tag says. Pure: rows and the present in, order and words out. */
import type { Reader, TipRow } from "../api/shapes.ts";
import { openingDue, type Standing, standing } from "../clocks.ts";

export type Tag = "urgent" | "late" | "soon" | "news" | "fresh" | null;

/** The tip still waits to be read: by me where the server knows, else by anyone. */
export function unread(row: TipRow): boolean {
  return row.state !== "closed" && !(row.opened ?? row.answerable !== null);
}

/** How the clock of the first opening stands; null where somebody has opened the tip or it is closed. */
export function opening(row: TipRow, now: number): Standing | null {
  if (row.state === "closed" || !(row.unopened ?? unread(row))) return null;
  return standing(row.received, row.urgent, now);
}

const RANKS: readonly ((row: TipRow, now: number) => boolean)[] = [
  (row) => row.urgent && row.state !== "closed" && (unread(row) || row.news),
  (row, now) => opening(row, now) === "late",
  (row, now) => opening(row, now) === "soon",
  (row) => row.news,
  (row) => row.state !== "closed",
];

/**
 * 0 comes first: urgent and not read, overdue, due soon, with an answer, open, closed; what I hold no key to comes
 * last of all. `storage/repositories/worklists.py` orders the whole list in the same way.
 */
export function rank(row: TipRow, now: number): number {
  if (row.grant === null) return RANKS.length + 1;
  const found = RANKS.findIndex((fits) => fits(row, now));
  return found < 0 ? RANKS.length : found;
}

/** True where a clock runs out or an answer waits: what `g` goes to. */
export function dueNext(row: TipRow, now: number): boolean {
  return rank(row, now) <= 3;
}

/** Oldest first within a rank, closed ones newest first; the id settles equal hours so that rows never jump. */
export function inOrder(rows: readonly TipRow[], now: number): TipRow[] {
  const placed = rows.map((row) => ({ row, rank: rank(row, now), age: age(row) }));
  placed.sort((a, b) => a.rank - b.rank || a.age - b.age || (a.row.id < b.row.id ? -1 : 1));
  return placed.map(({ row }) => row);
}

function age({ state, received }: TipRow): number {
  return state === "closed" ? -received : received;
}

/** The word and shape before a row. */
export function tagOf(row: TipRow, now: number): Tag {
  if (row.state === "closed") return row.news ? "news" : null;
  if (row.urgent) return "urgent";
  const stands = opening(row, now);
  if (stands === "late" || stands === "soon") return stands;
  if (row.news) return "news";
  return unread(row) ? "fresh" : null;
}

/** What is next on a tip and when: seconds left until the first opening (negative: overdue), or an answer to read. */
export type Due = { what: "open"; left: number; urgent: boolean } | { what: "answer" } | null;

export function dueOf(row: TipRow, now: number): Due {
  if (opening(row, now) !== null)
    return { what: "open", left: openingDue(row.received, row.urgent) - now, urgent: row.urgent };
  return row.news ? { what: "answer" } : null;
}

/** What a row is called: the register number once there is one, before that four digits of its random id. */
export function shortNumber(row: Pick<TipRow, "id" | "register" | "received">): string {
  if (row.register !== null) return `${row.register}/${new Date(row.received * 1000).getUTCFullYear()}`;
  return `#${String(idNumber(row.id) % 10_000).padStart(4, "0")}`;
}

function idNumber(id: string): number {
  const start = atob(id.replace(/-/g, "+").replace(/_/g, "/")).slice(0, 4);
  return [...start].reduce((sum, letter) => (sum * 256 + letter.charCodeAt(0)) % 4_294_967_296, 0);
}

export type Filter = "all" | "urgent" | "late" | "mine";

/** Whether a row belongs to a filter; `me` is the own serial. */
export function fits(row: TipRow, filter: Filter, me: string, now: number): boolean {
  if (filter === "urgent") return row.urgent;
  if (filter === "late") return opening(row, now) === "late";
  if (filter === "mine") return row.answerable === me;
  return true;
}

/**
 * Why a tip does not open: nobody but the recovery key can, or I cannot. The list does not tell who reads along;
 * there, a tip somebody took is one somebody can read.
 */
export function whyShut(row: TipRow, readers?: readonly Reader[]): "only-recovery" | "badkey" {
  const shared = readers
    ? readers.some((one) => !one.recipient.startsWith("recovery"))
    : row.answerable !== null;
  return row.grant === null && !shared ? "only-recovery" : "badkey";
}
