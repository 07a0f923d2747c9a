/**
 * The rows of the inbox: clear facts first, then what the worker opens, put in place without moving a row.
 *
 * Owns the list, the page, what was opened in this session; forgets all of it on lock.
 */
import { computed, signal } from "@preact/signals";
import { listTips, PAGE_SIZE } from "../api/routes.ts";
import type { TipRow } from "../api/shapes.ts";
import { explain } from "../failure.ts";
import { ask } from "../keys/client.ts";
import type { RowVerdict } from "../keys/messages.ts";
import { me, onLock, whileIn } from "../session.ts";
import { type Filter, fits, folded, inOrder, shortNumber } from "./order.ts";

export const rows = signal<TipRow[] | null>(null);
export const total = signal(0);
/** Tips that changed and must not show it yet. */
export const early = signal<ReadonlySet<string>>(new Set());
export const offset = signal(0);
export const closedToo = signal(false);
export const filter = signal<Filter>("all");
export const search = signal("");
export const failed = signal<string | null>(null);
/** What the worker said of each tip, by id. */
export const opened = signal<ReadonlyMap<string, RowVerdict>>(new Map());
/** First words of tips whose thread was opened in this session. */
export const peeks = signal<ReadonlyMap<string, string>>(new Map());

onLock(() => {
  rows.value = null;
  total.value = 0;
  early.value = new Set();
  offset.value = 0;
  filter.value = "all";
  search.value = "";
  failed.value = null;
  opened.value = new Map();
  peeks.value = new Map();
});

const PEEK_LENGTH = 140;

/** Keeps the first words of an opened thread, for the list and the search, until the desk locks. */
export function keepPeek(tip: string, text: string): void {
  peeks.value = new Map(peeks.value).set(tip, text.slice(0, PEEK_LENGTH));
}

/** Puts a verdict in place of what the list said of a tip. */
export function judge(verdict: RowVerdict): void {
  opened.value = new Map(opened.value).set(verdict.tip, verdict);
}

/** The words a search looks through: only what was opened in this session, and the number. */
function searchable(row: TipRow, words: (verdict: RowVerdict | undefined) => string): string {
  return folded(`${shortNumber(row)} ${words(opened.value.get(row.id))} ${peeks.value.get(row.id) ?? ""}`);
}

let wordsOf: (verdict: RowVerdict | undefined) => string = () => "";

/** Tells the search how a row's box and kind read in the screen's language. */
export function searchWith(words: typeof wordsOf): void {
  wordsOf = words;
}

export const shown = computed(() => {
  const serial = me.value?.serial ?? "";
  const asked = folded(search.value.trim());
  const wanted = (rows.value ?? []).filter(
    (row) => fits(row, filter.value, serial) && (asked === "" || searchable(row, wordsOf).includes(asked)),
  );
  return inOrder(wanted);
});

async function openRows(tips: readonly TipRow[]): Promise<void> {
  const known = opened.value;
  const asked = tips.flatMap(({ id, grant, opening }) =>
    grant !== null && !known.has(id) ? [{ tip: id, grant, opening }] : [],
  );
  for (let start = 0; start < asked.length; start += 10) {
    const verdicts = await ask("openGrants", { rows: asked.slice(start, start + 10) });
    const next = new Map(opened.value);
    for (const verdict of verdicts) next.set(verdict.tip, verdict);
    opened.value = next;
  }
}

let asked = 0;

/**
 * Loads the page that is asked for now. Of two loads under way the later one wins.
 *
 * `unasked`: the officer did nothing for it. Of tips whose notice is not due yet, what is on screen stays as it is.
 */
export async function load(unasked = false): Promise<void> {
  const turn = ++asked;
  try {
    const page = await whileIn(() => listTips(closedToo.value ? "all" : "open", offset.value, unasked));
    if (turn !== asked || !me.value) return;
    early.value = new Set(page.early);
    const kept = (rows.value ?? []).filter(({ id }) => early.value.has(id));
    rows.value = [...page.tips, ...kept];
    total.value = page.total + kept.length;
    failed.value = null;
    await openRows(page.tips);
  } catch (error) {
    if (turn === asked && me.value) failed.value = explain(error);
  }
}

/** Goes one page on (1) or back (-1). */
export function turnPage(by: 1 | -1): void {
  offset.value = Math.max(0, offset.value + by * PAGE_SIZE);
  load();
}
