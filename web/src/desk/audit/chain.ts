/**
 * The unit's audit chain on the page: reading on before each act, having it signed in the worker, sending it along.
 *
 * Whoever loses the race for the next number signs again on top of the winner's record. A chain that does not hold
 * stops every act.
 */
import { signal } from "@preact/signals";
import { readAudit } from "../api/routes.ts";
import type { AuditStretch } from "../api/shapes.ts";
import { Refused } from "../api/wire.ts";
import { ask, KeyFailure } from "../keys/client.ts";
import type { ChainLine, ChainVerdict, Deed } from "../keys/messages.ts";
import { checkSheet, me, onLock, whileIn } from "../session.ts";

const TRIES = 5;
const NEWER = "desk-act-newer";

/** How far the chain holds, as last read; null before. */
export const chain = signal<Omit<ChainVerdict, "lines"> | null>(null);
/** Every record from the first on, once they were read; empty before. */
export const lines = signal<ChainLine[]>([]);

onLock(() => {
  chain.value = null;
  lines.value = [];
});

let last: Promise<unknown> = Promise.resolve();

/** One reading or signing at a time: what two of them saw would look like a chain that changed. */
export function alone<T>(work: () => Promise<T>): Promise<T> {
  const done = last.then(work, work);
  last = done.catch(() => undefined);
  return done;
}

/** Has the worker judge some records; a newer unit sheet may explain a signer it does not know, or what is withheld. */
async function judged(
  page: AuditStretch,
  first: number,
  { whole, unit = null }: { whole: boolean; unit?: string | null },
): Promise<ChainVerdict> {
  const asked = { first, n: page.n, records: page.records, keys: page.keys, whole, unit };
  const verdict = await ask("readChain", asked);
  const account = me.value;
  if (!(verdict.why === "signer" || verdict.why === "withheld") || !account) return verdict;
  await checkSheet(account);
  return ask("readChain", asked);
}

function show({ lines: _, ...verdict }: ChainVerdict): void {
  chain.value = verdict;
}

/** Goes on with the records read from the first; where some are missing between, none are kept. */
function append(more: readonly ChainLine[]): void {
  const next = more[0];
  if (!next || lines.value.length === 0) return;
  lines.value = next.n === lines.value.length + 1 ? [...lines.value, ...more] : [];
}

/** Reads on to the chain's end. Throws a KeyFailure where it does not hold. */
async function readOn(): Promise<void> {
  for (;;) {
    const first = await ask("nextInChain", null);
    const page = await whileIn(() => readAudit(first));
    const verdict = await judged(page, first, { whole: false });
    show(verdict);
    if (verdict.state === "tampered") throw new KeyFailure("tampered");
    append(verdict.lines);
    if (verdict.n >= page.n) return;
  }
}

/** Signs a deed and sends it; again, if somebody else's act came first. What was taken in is remembered. */
export function signed<T>(deed: Deed, send: (record: string) => Promise<T>): Promise<T> {
  return alone(() => signAndSend(deed, send));
}

async function signAndSend<T>(deed: Deed, send: (record: string) => Promise<T>): Promise<T> {
  for (let left = TRIES; ; left -= 1) {
    await readOn();
    const { record } = await ask("signAct", deed);
    try {
      const answer = await whileIn(() => send(record));
      append([await ask("actTaken", { record })]);
      return answer;
    } catch (error) {
      if (!(error instanceof Refused && error.key === NEWER) || left <= 1) throw error;
    }
  }
}

/** Reads what is new of the chain. Throws a KeyFailure where it does not hold. */
export function readNew(): Promise<void> {
  return alone(readOn);
}

/** Reads the whole chain from its first record; what does not hold ends it. */
export function readWhole(): Promise<void> {
  return alone(walk);
}

/** What is not read yet of the chain: what came since it was read from the first record, or all of it. */
export function readUp(): Promise<void> {
  return alone(async () => {
    if (lines.value.length > 0) await readOn();
    if (lines.value.length === 0 || lines.value.length < (chain.value?.n ?? 0)) await walk();
  });
}

function walk(): Promise<void> {
  return follow(readAudit, (found) => {
    show(found);
    lines.value = found.lines;
  });
}

/** A whole chain, page by page (`unit`: of one that is over); `tell` is told how far it holds, with its lines so far. */
export async function follow(
  read: (first: number) => Promise<AuditStretch>,
  tell: (found: ChainVerdict) => void,
  unit: string | null = null,
): Promise<void> {
  const found: ChainLine[] = [];
  for (let first = 1; ; ) {
    const page = await whileIn(() => read(first));
    const verdict = await judged(page, first, { whole: true, unit });
    found.push(...verdict.lines);
    tell({ ...verdict, lines: [...found] });
    first = verdict.n + 1;
    if (verdict.state === "tampered" || page.records.length === 0 || verdict.n >= page.n) return;
  }
}
