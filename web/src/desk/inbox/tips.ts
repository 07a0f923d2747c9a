/**
 * The rows of the inbox: clear facts first, then what the worker opens, put in place without moving a row.
 *
 * Owns the list, the page and what was opened in this session; forgets all of it on lock.
 */
import { computed, signal } from "@preact/signals";
import { connection } from "../api/live.ts";
import { listTips, PAGE_SIZE, type Wanted } from "../api/routes.ts";
import type { TipPage, TipRow } from "../api/shapes.ts";
import { explain } from "../failure.ts";
import { now, tick } from "../frame/now.ts";
import { ask } from "../keys/client.ts";
import type { Calls, RowVerdict } from "../keys/messages.ts";
import { Words } from "../search/words.ts";
import { checkSheet, me, onLock, onUnlocked, onUnlocking, sheet, whileIn } from "../session.ts";
import { type Filter, fits, inOrder, shortNumber } from "./order.ts";

export const rows = signal<TipRow[] | null>(null);
export const total = signal(0);
/** Open tips that nobody of the unit has opened. */
export const unopened = signal(0);
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

/** Every row seen in this session as it was last told, whatever page it stood on, without its sealed parts. */
const known = new Map<string, TipRow>();
const words = new Words();
/** Counts what `words` learnt, so that a search on screen follows. */
const learnt = signal(0);

onLock(() => {
  rows.value = null;
  total.value = 0;
  unopened.value = 0;
  early.value = new Set();
  offset.value = 0;
  closedToo.value = false;
  filter.value = "all";
  search.value = "";
  failed.value = null;
  opened.value = new Map();
  peeks.value = new Map();
  known.clear();
  words.forget();
  strangers.clear();
  learnt.value = 0;
  beginning = null;
});

/** A tip read again in the background. */
export interface Searchable {
  row: TipRow;
  verdict: RowVerdict;
  texts: readonly string[];
}

function know(row: TipRow): void {
  known.set(row.id, { ...row, grant: row.grant && "-", opening: "" });
}

const PEEK_LENGTH = 140;
/** Finds shown at once; more words make them fewer. */
export const MOST_FOUND = 50;

/** Keeps the words of an opened thread, for the list and the search, until the desk locks. */
export function keepTexts(row: TipRow, first: string, texts: readonly string[]): void {
  know(row);
  peeks.value = new Map(peeks.value).set(row.id, first.slice(0, PEEK_LENGTH));
  words.put(row.id, texts);
  learnt.value += 1;
}

const SHOWN_EVERY_MS = 2_000;
let shownAt = 0;

/** Keeps what was read again; a search on screen follows every few seconds, and at the end. */
export function keepForSearch(found: readonly Searchable[], last: boolean): void {
  const fresh = found.filter(({ row }) => !opened.value.has(row.id));
  for (const { row } of fresh) know(row);
  if (fresh.length > 0) place(fresh.map(({ verdict }) => verdict));
  for (const { row, texts } of found) if (texts.length > 0) words.put(row.id, texts);
  if (!last && performance.now() < shownAt + SHOWN_EVERY_MS) return;
  shownAt = performance.now();
  learnt.value += 1;
}

/** Whether the search may keep more. */
export function hasRoom(): boolean {
  return !words.full;
}

/** Puts a verdict in place of what the list said of a tip. */
export function judge(verdict: RowVerdict): void {
  opened.value = new Map(opened.value).set(verdict.tip, verdict);
}

let nameOf: (verdict: RowVerdict) => string = () => "";

/** Tells the search how a row's box and kind read in the screen's language. */
export function searchWith(names: typeof nameOf): void {
  nameOf = names;
}

/** Tells the search anew how everything is called: the language changed. */
export function renameAll(): void {
  for (const verdict of opened.value.values()) learnName(verdict);
  learnt.value += 1;
}

function learnName(verdict: RowVerdict): void {
  const row = known.get(verdict.tip);
  if (row && verdict.state === "open") words.name(row.id, `${shortNumber(row)} ${nameOf(verdict)}`);
}

/** What a search found among the tips opened in this session; null where nothing is asked for. */
export const found = computed(() => {
  learnt.value;
  if (search.value.trim() === "") return null;
  const hits = words.find(search.value).flatMap((tip) => known.get(tip) ?? []);
  const first = inOrder(hits, now.value).slice(0, MOST_FOUND);
  const excerpts = new Map(first.map(({ id }) => [id, words.excerpt(id, search.value)]));
  return { rows: first, count: hits.length, excerpts, among: words.size };
});

export const shown = computed(() => {
  if (found.value) return found.value.rows;
  const serial = me.value?.serial ?? "";
  const wanted = (rows.value ?? []).filter((row) => fits(row, filter.value, serial, now.value));
  return inOrder(wanted, now.value);
});

/** Rows opened in one go: few, so that what is on screen fills in from the top. */
const TOGETHER = 4;

async function openRows(tips: readonly TipRow[]): Promise<void> {
  for (const row of tips) know(row);
  const going = tips.flatMap(({ id }) => beingOpened.get(id) ?? []);
  const shut = tips.flatMap(({ id, grant, opening, former = [] }) =>
    grant !== null && !opened.value.has(id) && !beingOpened.has(id)
      ? [{ tip: id, grant, opening, former }]
      : [],
  );
  const some = Array.from({ length: Math.ceil(shut.length / TOGETHER) }, (_, at) =>
    shut.slice(at * TOGETHER, (at + 1) * TOGETHER),
  );
  await Promise.all([...going, ...some.map(openSome)]);
}

/** Tips the worker is opening now: not asked for again. */
const beingOpened = new Map<string, Promise<void>>();

function openSome(rows: Calls["openGrants"]["ask"]["rows"]): Promise<void> {
  const opening = ask("openGrants", { rows })
    .then(placeRows)
    .finally(() => {
      for (const { tip } of rows) beingOpened.delete(tip);
    });
  for (const { tip } of rows) beingOpened.set(tip, opening);
  return opening;
}

function placeRows(verdicts: readonly RowVerdict[]): void {
  if (!me.value) return;
  place(verdicts);
  learnt.value += 1;
}

function place(verdicts: readonly RowVerdict[]): void {
  const next = new Map(opened.value);
  for (const verdict of verdicts) next.set(verdict.tip, verdict);
  opened.value = next;
  for (const verdict of verdicts) learnName(verdict);
}

/** Serials for which a newer sheet was asked and none had them: not asked for again. */
const strangers = new Set<string>();

/** Colleagues are called by their names on the signed sheet; somebody new is looked for on the newest one. */
export async function learnColleagues(serials: readonly string[]): Promise<void> {
  const account = me.value;
  const known = sheet.value?.sheet?.officers.map(({ serial }) => serial) ?? [];
  const unknown = serials.filter((serial) => !known.includes(serial) && !strangers.has(serial));
  if (!account || unknown.length === 0) return;
  for (const serial of unknown) strangers.add(serial);
  await whileIn(() => checkSheet(account));
}

/** The list as it begins, asked for while keys were being unlocked; soon too old to be shown. */
let beginning: { page: Promise<TipPage>; until: number } | null = null;
const FRESH_MS = 5_000;

onUnlocking(({ role }) => {
  if (role === "operator") return;
  const page = listTips({ state: "open", only: "all", offset: 0 }, false);
  page.catch(() => undefined); // asked for again where it is wanted
  beginning = { page, until: performance.now() + FRESH_MS };
});

onUnlocked(() => {
  const mine = beginning;
  mine?.page.then(({ tips }) => (mine === beginning ? openRows(tips) : undefined)).catch(() => undefined); // told where the list is loaded
});

/** A page of the list. */
function fetched(wanted: Wanted, unasked: boolean): Promise<TipPage> {
  const ready = beginning;
  beginning = null;
  const fits = wanted.state === "open" && wanted.only === "all" && wanted.offset === 0 && !unasked;
  if (!ready || !fits || performance.now() > ready.until) return listTips(wanted, unasked);
  return ready.page.catch(() => listTips(wanted, unasked));
}

let asked = 0;

/**
 * Loads the page that is asked for now. Of two loads under way the later one wins.
 *
 * `unasked`: the officer did nothing for it. Of tips whose notice is not due yet, what is on screen stays as it is.
 * An operator is given none.
 */
export async function load(unasked = false): Promise<void> {
  if (me.value?.role === "operator") return;
  const turn = ++asked;
  const wanted = {
    state: closedToo.value ? "all" : "open",
    only: filter.value,
    offset: offset.value,
  } as const;
  try {
    const page = await whileIn(() => fetched(wanted, unasked));
    if (turn !== asked || !me.value) return;
    tick();
    early.value = new Set(page.early);
    const kept = (rows.value ?? []).filter(({ id }) => early.value.has(id));
    rows.value = [...page.tips, ...kept];
    total.value = page.total + kept.length;
    unopened.value = page.unopened;
    failed.value = null;
    await openRows(page.tips);
    await learnColleagues(page.tips.flatMap(({ answerable }) => answerable ?? []));
  } catch (error) {
    if (turn === asked && me.value) failed.value = explain(error);
  }
}

/** Goes one page on (1) or back (-1). */
export function turnPage(by: 1 | -1): void {
  offset.value = Math.max(0, offset.value + by * PAGE_SIZE);
  load();
}

/** Shows another part of the list, from its beginning; without network, that part of what is loaded. */
export function choose(next: Filter, withClosed = closedToo.value): void {
  filter.value = next;
  closedToo.value = withClosed;
  if (connection.value === "away") return;
  offset.value = 0;
  load();
}
