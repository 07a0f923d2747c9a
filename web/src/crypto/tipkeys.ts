/**
 * A tip's private key in force, with those it came after: whoever was cut off holds the older ones alone.
 *
 * Owns which of them opens an entry. That a key came after another is known once the thread says so, signed.
 */
import { recipientOf } from "./age.ts";
import { type OpenedEntry, openEntry, REPORTER } from "./entries.ts";
import { SealError } from "./errors.ts";

/** `identity` is in force: whatever is sealed now is sealed to it. `older` are those before it, oldest first. */
export interface TipKeys {
  identity: string;
  older: readonly string[];
}

/** Every key of a tip, oldest first, the one in force last. */
export function everyKey({ identity, older }: TipKeys): readonly string[] {
  return [...older, identity];
}

async function opened(sealed: Uint8Array, identity: string): Promise<OpenedEntry | null> {
  try {
    return await openEntry(sealed, identity);
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}

/**
 * Opens a thread's entries in order: from an entry that names the next key on, that one is in force.
 *
 * What neither it nor the next one opens is shut, until an entry names the next key in place of whatever shut it. Of the
 * reporter alone an older key is taken: who was given no newer one goes on under what there was.
 */
export class Unlocking {
  private readonly every: readonly string[];
  private at = 0;
  /** From which place on entries are shut, where no entry has said yet what came in their place. */
  shut: number | null = null;

  constructor(keys: TipKeys) {
    this.every = everyKey(keys);
  }

  /** The key that the tip was filed under. */
  get first(): string {
    return this.every[0] ?? "";
  }

  /** True once the newest key is in force: no entry that names one was taken away. */
  get newest(): boolean {
    return this.at === this.every.length - 1;
  }

  /** True once the newest key came into force by an entry that names it: whatever does not fit was changed since. */
  get changed(): boolean {
    return this.newest && this.at > 0;
  }

  /** The entry at this place as far as it can be read. `fits`: it is sealed as it should be, or shut (`read` null). */
  async open(sealed: Uint8Array, seq: number): Promise<{ read: OpenedEntry | null; fits: boolean }> {
    const read = await opened(sealed, this.every[this.at] ?? "");
    if (read) return { read, fits: named(read) === null && (this.shut === null || byReporter(read)) };
    const next = this.every[this.at + 1];
    const first = next === undefined ? null : await opened(sealed, next);
    if (first && next !== undefined) return { read: first, fits: await this.next(first, next) };
    for (const older of this.every.slice(0, this.at).reverse()) {
      const found = await opened(sealed, older);
      if (found) return { read: found, fits: named(found) === null && byReporter(found) };
    }
    this.shut ??= seq;
    return { read: null, fits: seq > 0 };
  }

  private async next(read: OpenedEntry, key: string): Promise<boolean> {
    this.at += 1;
    const fits = named(read) === (await recipientOf(key)) && (read.entry.instead ?? null) === this.shut;
    this.shut = null;
    return fits;
  }
}

const named = ({ entry }: OpenedEntry) => entry.recipient;
const byReporter = ({ entry }: OpenedEntry) => entry.by === REPORTER;
