/**
 * Reads again, in the background, the tips this officer has opened before, so that the search looks through them all.
 *
 * Begins when the search is first gone to, newest first: whoever does not search transfers and opens nothing. Goes on
 * only while the page is looked at, nothing of the officer's own is under way on the line and nothing else is asked of
 * the keys. Nothing counts as opened or read by it, and locking forgets it. Where the server is away it stops, and goes
 * on from there when told. What reporters add later is read when the bell tells.
 */
import { signal } from "@preact/signals";
import { readAgain } from "../api/routes.ts";
import type { Reread } from "../api/shapes.ts";
import { lineAtRest, Refused, Unreached } from "../api/wire.ts";
import { looked } from "../frame/looked.ts";
import { hasRoom, keepForSearch, type Searchable } from "../inbox/tips.ts";
import { ask, atRest, KeyFailure } from "../keys/client.ts";
import { me, onLock, whileIn } from "../session.ts";

/** How many tips were read, of how many; null before, and once all were. */
export const progress = signal<{ read: number; of: number } | null>(null);

interface Reading {
  /** Somebody searches. */
  wanted: boolean;
  last: Reread | undefined;
  /** Entries of each tip when it was read. */
  lengths: Map<string, number>;
  running: boolean;
  done: boolean;
  /** The bell told of something that is not looked for yet. */
  rung: boolean;
}

const anew = (): Reading => ({
  wanted: false,
  last: undefined,
  lengths: new Map(),
  running: false,
  done: false,
  rung: false,
});

/** How far it has come; another one for every log-in, so that an earlier one's ends. */
let reading = anew();

onLock(() => {
  reading = anew();
  progress.value = null;
});

/** Somebody goes to the search: from now on everything is read for it. */
export function readForSearch(): Promise<void> {
  reading.wanted = true;
  return readOn();
}

/** The bell told of something: what reporters added is read too, once all is. */
export function readNews(): Promise<void> {
  reading.rung = reading.wanted;
  return readOn();
}

/** Reads what is left to be read, unless that goes on already. */
export async function readOn(): Promise<void> {
  const mine = reading;
  if (mine.running || !mine.wanted || !me.value) return;
  mine.running = true;
  try {
    while (mine === reading && !mine.done) await readSome(mine);
    while (mine === reading && mine.rung) await readAdded(mine);
  } catch (error) {
    if (!(error instanceof Unreached || error instanceof Refused || error instanceof KeyFailure)) throw error;
  } finally {
    mine.running = false;
  }
}

async function readSome(mine: Reading): Promise<void> {
  await looked();
  await lineAtRest();
  await atRest();
  if (mine !== reading) return;
  const { total, threads } = await whileIn(() => readAgain(mine.last?.tip));
  if (mine === reading) tell(mine, total);
  const found = await readThreads(mine, threads);
  if (mine !== reading) return;
  mine.last = threads.at(-1);
  mine.done = threads.length === 0 || !hasRoom();
  keepForSearch(found, mine.done);
  if (threads.length === 0) progress.value = null;
  else tell(mine, total);
}

/** What reporters added to tips opened before and nobody has read since; a hidden page too, for it is little. */
async function readAdded(mine: Reading): Promise<void> {
  mine.rung = false;
  let last: Reread | undefined;
  try {
    do {
      const { threads } = await whileIn(() => readAgain(last?.tip, true));
      const longer = threads.filter(({ tip, rest }) => mine.lengths.get(tip.id) !== rest.length + 1);
      const found = await readThreads(mine, longer);
      if (mine !== reading) return;
      keepForSearch(found, true);
      last = threads.at(-1);
    } while (last);
  } catch (error) {
    mine.rung = true;
    throw error;
  }
}

async function readThreads(mine: Reading, threads: readonly Reread[]): Promise<Searchable[]> {
  const found: Searchable[] = [];
  for (const thread of threads) {
    await atRest();
    if (mine !== reading) return [];
    found.push(...(await readOne(thread)));
    mine.lengths.set(thread.tip.id, thread.rest.length + 1);
  }
  return found;
}

function tell({ lengths }: Reading, total: number): void {
  progress.value = { read: lengths.size, of: Math.max(lengths.size, total) };
}

/** The texts that verify; nothing where the tip was opened by hand meanwhile and has not grown since. */
async function readOne({ tip, rest }: Reread): Promise<Searchable[]> {
  const { id, grant, opening, former = [] } = tip;
  if (grant === null) return [];
  const verdict = await ask("rereadThread", { tip: id, grant, former, entries: [opening, ...rest] });
  if (!verdict) return [];
  if (verdict.state === "badkey") return [{ row: tip, verdict: { tip: id, state: "badkey" }, texts: [] }];
  if (!verdict.opening) return [{ row: tip, verdict: { tip: id, state: "tampered" }, texts: [] }];
  const texts = verdict.entries.flatMap(({ sound, text }) => (sound && text ? [text] : []));
  return [{ row: tip, verdict: { tip: id, state: "open", opening: verdict.opening }, texts }];
}
