/**
 * Reads again, in the background, the tips this officer has opened before, so that the search looks through them all.
 *
 * One thread at a time and only while nothing else is asked of the keys. Nothing counts as opened or read by it, and
 * locking forgets it. Where the server is away it stops, and goes on from there when told.
 */
import { signal } from "@preact/signals";
import { readAgain } from "../api/routes.ts";
import type { Reread } from "../api/shapes.ts";
import { Refused, Unreached } from "../api/wire.ts";
import { hasRoom, keepForSearch, type Searchable } from "../inbox/tips.ts";
import { ask, atRest, KeyFailure } from "../keys/client.ts";
import { me, onLock, whileIn } from "../session.ts";

/** How many tips were read, of how many; null before, and once all were. */
export const progress = signal<{ read: number; of: number } | null>(null);

interface Reading {
  last: string | undefined;
  read: number;
  running: boolean;
  done: boolean;
}

const anew = (): Reading => ({ last: undefined, read: 0, running: false, done: false });

/** How far it has come; another one for every log-in, so that an earlier one's ends. */
let reading = anew();

onLock(() => {
  reading = anew();
  progress.value = null;
});

/** Reads what is left to be read, unless that goes on already. */
export async function readOn(): Promise<void> {
  const mine = reading;
  if (mine.running || mine.done || !me.value) return;
  mine.running = true;
  try {
    while (!mine.done && mine === reading) await readSome(mine);
  } catch (error) {
    if (!(error instanceof Unreached || error instanceof Refused || error instanceof KeyFailure)) throw error;
  } finally {
    mine.running = false;
  }
}

async function readSome(mine: Reading): Promise<void> {
  await atRest();
  const { total, threads } = await whileIn(() => readAgain(mine.last));
  if (mine === reading) tell(mine, total);
  const found: Searchable[] = [];
  for (const thread of threads) {
    await atRest();
    if (mine !== reading) return;
    found.push(...(await readOne(thread)));
  }
  if (mine !== reading) return;
  mine.last = threads.at(-1)?.tip.id;
  mine.read += threads.length;
  mine.done = threads.length === 0 || !hasRoom();
  keepForSearch(found, mine.done);
  if (threads.length === 0) progress.value = null;
  else tell(mine, total);
}

function tell({ read }: Reading, total: number): void {
  progress.value = { read, of: Math.max(read, total) };
}

/** The texts that verify; nothing where the tip was opened by hand meanwhile, for that is newer. */
async function readOne({ tip, rest }: Reread): Promise<Searchable[]> {
  const { id, grant, opening } = tip;
  if (grant === null) return [];
  const verdict = await ask("rereadThread", { tip: id, grant, entries: [opening, ...rest] });
  if (!verdict) return [];
  if (verdict.state === "badkey") return [{ row: tip, verdict: { tip: id, state: "badkey" }, texts: [] }];
  if (!verdict.opening) return [{ row: tip, verdict: { tip: id, state: "tampered" }, texts: [] }];
  const texts = verdict.entries.flatMap(({ sound, text }) => (sound && text ? [text] : []));
  return [{ row: tip, verdict: { tip: id, state: "open", opening: verdict.opening }, texts }];
}
