/**
 * The tip that is open: its clear facts, what the worker made of its entries, and the acts on it.
 *
 * An entry is sealed in the worker on top of the thread it last verified; who loses a race is shown
 * what came before and asked to send again.
 */
import { signal } from "@preact/signals";
import { actOn, addEntry, loadTip, openTip, takeTip } from "../api/routes.ts";
import type { Act, CaseAct, Offer, Reader, TipRow, TipThread } from "../api/shapes.ts";
import { Refused } from "../api/wire.ts";
import { signed } from "../audit/chain.ts";
import { explain } from "../failure.ts";
import { tick } from "../frame/now.ts";
import { judge, keepTexts, load as loadInbox } from "../inbox/tips.ts";
import { ask } from "../keys/client.ts";
import type { Deed, EntryView, Reason, ThreadVerdict } from "../keys/messages.ts";
import { checkSheet, learnSheets, me, onLock, sheet, whileIn } from "../session.ts";
import { asksIdentity } from "./wording.ts";

export const tipId = signal<string | null>(null);
export const tip = signal<TipRow | null>(null);
export const readers = signal<Reader[]>([]);
/** What this officer may do with it now. */
export const offers = signal<Offer[]>([]);
export const verdict = signal<ThreadVerdict | null>(null);
export const failed = signal<string | null>(null);
export const busy = signal(false);
/** A colleague changed the tip, and what is on screen is older. */
export const touched = signal(false);

function clear(): void {
  tip.value = null;
  readers.value = [];
  offers.value = [];
  verdict.value = null;
  failed.value = null;
  busy.value = false;
  touched.value = false;
}

/** The tip shown last: where the list takes up again. */
export const lastTip = signal<string | null>(null);

/** Where an officer was when the desk locked: ids alone, nothing of what is in the tip. */
let left: { serial: string; tip: string | null } | null = null;

onLock(() => {
  left = me.value && { serial: me.value.serial, tip: tipId.value };
  tipId.value = null;
  lastTip.value = null;
  clear();
});

/** Back to the tip that was open when the desk locked, for the same officer; nobody else learns that there was one. */
export function takeUp(): void {
  if (left?.tip && left.serial === me.value?.serial) show(left.tip);
  left = null;
}

/** Turns to another tip, or to none. */
export function show(id: string | null): void {
  if (id === tipId.value) return;
  clear();
  tipId.value = id;
  if (id !== null) lastTip.value = id;
}

function peek(entries: readonly EntryView[]): string {
  return entries.find((entry) => entry.by === null && entry.text !== "")?.text ?? "";
}

/** What the worker makes of it, once it has learnt the sheets of whoever had the tip before. */
async function read({ tip: row, entries }: TipThread): Promise<ThreadVerdict> {
  const { id, grant, former = [] } = row;
  if (grant === null) return { state: "badkey" };
  for (;;) {
    const found = await ask("openThread", { tip: id, grant, former, entries });
    const lacking = found.state === "tampered" ? (found.lacking ?? []) : [];
    if (lacking.length === 0) return found;
    for (const unit of lacking) await whileIn(() => learnSheets(unit));
  }
}

/** True where somebody reads along whom the sheet in hand does not know. */
function strangers({ readers }: TipThread): boolean {
  const known = sheet.value?.sheet?.officers.map((officer) => officer.serial) ?? [];
  return readers.some(({ recipient }) => !recipient.startsWith("recovery") && !known.includes(recipient));
}

/** Reads the thread; a newer unit sheet may explain what does not verify or who is not known. */
async function readWithNewestSheet(loaded: TipThread): Promise<ThreadVerdict> {
  const first = await read(loaded);
  const account = me.value;
  if (!account || !(first.state === "tampered" || strangers(loaded))) return first;
  await whileIn(() => checkSheet(account));
  return read(loaded);
}

/** Tips opened for the first time just now: a colleague's act may have had the thread asked for twice meanwhile. */
const firstOpened = new Set<string>();
onLock(() => firstOpened.clear());

class OpenedMeanwhile extends Error {}

/**
 * A first opening, an act of this officer, signed and chained: once. A second record would be answered and not chained,
 * and this browser would miss it in the log from then on.
 */
function openFirst(id: string): Promise<TipThread> {
  return signed({ act: "open", tip: id }, async (record) => {
    if (firstOpened.delete(id)) throw new OpenedMeanwhile();
    const opened = await openTip(id, record);
    firstOpened.add(id);
    return opened;
  });
}

async function fetched(id: string): Promise<TipThread> {
  try {
    const found = await whileIn(() => loadTip(id));
    firstOpened.delete(id);
    return found;
  } catch (error) {
    if (!(error instanceof Refused && error.key === "desk-not-opened")) throw error;
  }
  try {
    return await openFirst(id);
  } catch (error) {
    if (!(error instanceof OpenedMeanwhile)) throw error;
    return await whileIn(() => loadTip(id));
  }
}

/** Loads the open tip and has the worker verify it. Answers whether it is readable. */
export async function load(): Promise<boolean> {
  const id = tipId.value;
  if (id === null) return false;
  const loaded = await fetched(id);
  const verified = await readWithNewestSheet(loaded);
  if (id !== tipId.value) return false;
  tick();
  touched.value = false;
  tip.value = loaded.tip;
  readers.value = loaded.readers;
  offers.value = loaded.acts;
  verdict.value = verified;
  if (verified.state !== "open") {
    if (verified.state !== "cut") judge({ tip: id, state: verified.state });
    return false;
  }
  const texts = verified.entries.map(({ text }) => text).filter(Boolean);
  keepTexts(loaded.tip, peek(verified.entries), texts);
  return true;
}

/** `load`, with failures told on the page. */
export async function refresh(): Promise<void> {
  failed.value = null;
  try {
    await load();
  } catch (error) {
    if (me.value) failed.value = explain(error);
  }
}

export interface Writing {
  act: Act;
  text: string;
  reason?: Reason;
  /** What is done with the tip, of which other it is a duplicate, and of what kind of matter it is. */
  done?: { case: CaseAct; of: string | null };
  kind?: string;
}

interface Sent {
  seq: number;
  sealed: string;
  record: string;
}

/** True where the place asked for holds this very entry of mine: it was filed, and only the answer was lost. */
function isThere(seq: number, { act, text, done }: Writing): boolean {
  const seen = verdict.value;
  const found = seen?.state === "open" ? seen.entries.find((entry) => entry.seq === seq) : undefined;
  return (
    found?.by?.serial === me.value?.serial &&
    found?.kind === act &&
    found.text === text &&
    found.done === (done?.case ?? null)
  );
}

/** What the audit chain is told of an entry: a question about the reporter by a name of its own (rule 11). */
function deedOf(id: string, writing: Writing, entry: { seq: number; sealed: string }): Deed {
  const { act, text, done, reason } = writing;
  const named = { tip: id, ...entry, ...(done ? { case: done.case } : {}), ...(reason ? { reason } : {}) };
  if (act === "take") return { act: reason ? "take-over" : "take", ...named };
  return { act: act !== "case" && asksIdentity(text) ? "ask-identity" : act, ...named };
}

function send(id: string, { act, done, kind }: Writing, sent: Sent, heldBy: string | null): Promise<unknown> {
  if (act === "take") return takeTip(id, { ...sent, held_by: heldBy });
  if (done) return actOn(id, { ...sent, case: done.case, ...(kind ? { kind } : {}) });
  return addEntry(id, { ...sent, act });
}

async function sealAndSend(id: string, writing: Writing, heldBy: string | null = null): Promise<void> {
  const { act, text, done } = writing;
  const at = Math.floor(Date.now() / 60_000) * 60;
  const { seq, sealed } = await ask("sealEntry", { tip: id, act, text, at, ...(done ? { done } : {}) });
  const deed = deedOf(id, writing, { seq, sealed });
  try {
    await signed<unknown>(deed, (record) => send(id, writing, { seq, sealed, record }, heldBy));
  } catch (error) {
    const lost = error instanceof Refused && error.status === 409;
    if (!lost || !(await load()) || !isThere(seq, writing)) throw error;
  }
}

async function act(work: (id: string) => Promise<unknown>): Promise<boolean> {
  const id = tipId.value;
  if (id === null || busy.value) return false;
  busy.value = true;
  failed.value = null;
  try {
    await work(id);
    await load();
    return true;
  } catch (error) {
    if (me.value) failed.value = explain(error, "desk-unsent");
    return false;
  } finally {
    busy.value = false;
    if (me.value) loadInbox();
  }
}

/** Seals, signs and sends one entry; answers whether it is on the server. */
export const write = (writing: Writing) => act((id) => sealAndSend(id, writing));

/**
 * Takes the tip: this officer is answerable for it from now on, which his entry says. From a colleague with a reason
 * in words, sealed, and its kind, which the audit chain tells.
 */
export const take = (words: string, reason?: Reason) =>
  act((id) =>
    sealAndSend(
      id,
      { act: "take", text: words, ...(reason ? { reason } : {}) },
      tip.value?.answerable ?? null,
    ),
  );

/** An officer asked and nothing has come since. */
export function waitsForReporter(entries: readonly EntryView[]): boolean {
  const lastAsked = entries.findLastIndex((entry) => entry.kind === "question");
  const lastHeard = entries.findLastIndex((entry) => entry.by === null);
  return lastAsked > lastHeard;
}
