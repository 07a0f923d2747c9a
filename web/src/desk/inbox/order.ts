/** Which tip comes first, and what its tag says. Pure: rows and the present in, order and words out. */
import type { Clock, Reader, TipRow } from "../api/shapes.ts";
import { standing } from "../clocks.ts";

export type Tag = "urgent" | "late" | "soon" | "news" | "fresh" | null;

/** The tip still waits to be read: by me where the server knows, else by anyone. */
export function unread(row: TipRow): boolean {
  return row.state !== "closed" && !(row.opened ?? row.answerable !== null);
}

const RANKS: readonly ((row: TipRow, now: number) => boolean)[] = [
  (row) => row.urgent && row.state !== "closed" && (unread(row) || row.news),
  (row, now) => standing(row, now) === "late",
  (row, now) => standing(row, now) === "soon",
  (row) => row.news,
  (row) => row.state !== "closed" || row.due !== null,
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

/** By what is due first within a rank, then oldest first, closed ones newest first; the id settles what is equal. */
export function inOrder(rows: readonly TipRow[], now: number): TipRow[] {
  const placed = rows.map((row) => ({ row, rank: rank(row, now), next: next(row) }));
  placed.sort(
    (a, b) =>
      a.rank - b.rank || a.next - b.next || a.row.received - b.row.received || (a.row.id < b.row.id ? -1 : 1),
  );
  return placed.map(({ row }) => row);
}

/** A second after every deadline. */
const LATEST = 2 ** 52;

function next({ state, received, due }: TipRow): number {
  return due ?? (state === "closed" ? LATEST - received : LATEST);
}

/** The word and shape before a row. */
export function tagOf(row: TipRow, now: number): Tag {
  if (row.urgent && row.state !== "closed") return "urgent";
  const stands = standing(row, now);
  if (stands === "late" || stands === "soon") return stands;
  if (row.news) return "news";
  return unread(row) ? "fresh" : null;
}

/** What is next on a tip and when: seconds left until it is due (negative: overdue), or an answer to read. */
export type Due = { what: Clock; left: number } | { what: "answer" } | null;

/** An answer waits for nobody but for what is overdue or soon to be. */
export function dueOf(row: TipRow, now: number): Due {
  const stands = standing(row, now);
  if (row.news && (stands === null || stands === "time")) return { what: "answer" };
  return row.due === null || row.clock === null ? null : { what: row.clock, left: row.due - now };
}

/** What a row is called: the register number once there is one, before that four digits of its random id. */
export function shortNumber(row: Pick<TipRow, "id" | "register" | "year">): string {
  if (row.register !== null) return `${row.register}/${row.year}`;
  return `#${String(idNumber(row.id) % 10_000).padStart(4, "0")}`;
}

function idNumber(id: string): number {
  const start = atob(id.replace(/-/g, "+").replace(/_/g, "/")).slice(0, 4);
  return [...start].reduce((sum, letter) => (sum * 256 + letter.charCodeAt(0)) % 4_294_967_296, 0);
}

export type Filter = "all" | "urgent" | "late" | "soon" | "mine" | "erasing";

/** Whether a row belongs to a filter; `me` is the own serial. */
export function fits(row: TipRow, filter: Filter, me: string, now: number): boolean {
  if (filter === "urgent") return row.urgent;
  if (filter === "late" || filter === "soon") return standing(row, now) === filter;
  if (filter === "mine") return row.answerable === me;
  if (filter === "erasing") return (row.erases ?? null) !== null;
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
