/** Which tip comes first, and what its tag says. Pure: rows in, order and words out. */
import type { Reader, TipRow } from "../api/shapes.ts";

export type Tag = "urgent" | "news" | "fresh" | null;

/** The tip still waits to be read: by me where the server knows, else by anyone. */
export function unread(row: TipRow): boolean {
  return row.state !== "closed" && !(row.opened ?? row.answerable !== null);
}

const RANKS: readonly ((row: TipRow) => boolean)[] = [
  (row) => row.urgent && row.state !== "closed" && (unread(row) || row.news),
  (row) => row.urgent && row.state !== "closed",
  (row) => row.news && !unread(row),
  (row) => row.state !== "closed",
];

/** 0 comes first: urgent and unread, urgent, with an answer, open, closed; what I hold no key to comes last of all. */
export function rank(row: TipRow): number {
  if (row.grant === null) return RANKS.length + 1;
  const found = RANKS.findIndex((fits) => fits(row));
  return found < 0 ? RANKS.length : found;
}

/** Oldest first within a rank, closed ones newest first; the id settles equal hours so that rows never jump. */
export function inOrder(rows: readonly TipRow[]): TipRow[] {
  return [...rows].sort((a, b) => {
    const ranks = rank(a) - rank(b);
    if (ranks !== 0) return ranks;
    const ages = a.state === "closed" ? b.received - a.received : a.received - b.received;
    return ages !== 0 ? ages : a.id < b.id ? -1 : 1;
  });
}

/** The word and shape before a row. */
export function tagOf(row: TipRow): Tag {
  if (row.state === "closed") return row.news ? "news" : null;
  if (row.urgent) return "urgent";
  if (unread(row)) return "fresh";
  return row.news ? "news" : null;
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

export type Filter = "all" | "urgent" | "news" | "mine";

/** Whether a row belongs to a filter; `me` is the own serial. */
export function fits(row: TipRow, filter: Filter, me: string): boolean {
  if (filter === "urgent") return row.urgent;
  if (filter === "news") return row.news || unread(row);
  if (filter === "mine") return row.answerable === me;
  return true;
}

/**
 * Why a tip does not open: nobody but the recovery key can, or I cannot. The list does not tell who reads along;
 * there, a tip somebody took is one somebody can read.
 */
export function whyShut(row: TipRow, readers?: readonly Reader[]): "only-recovery" | "badkey" {
  const shared = readers ? readers.some((one) => one.recipient !== "recovery") : row.answerable !== null;
  return row.grant === null && !shared ? "only-recovery" : "badkey";
}

/** Text without marks and case, for searching. */
export function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/đ/g, "d");
}
