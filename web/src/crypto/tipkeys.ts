/**
 * A tip's private key in force, with those it came after: whoever was cut off holds the older ones alone.
 *
 * Owns which of them opens an entry. That a key came after another is known once the thread says so, signed.
 */
import { recipientOf } from "./age.ts";
import { type OpenedEntry, openEntry } from "./entries.ts";
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

/** Opens a thread's entries in order: from an entry that names the next key on, that one is in force. */
export class Unlocking {
  private readonly every: readonly string[];
  private at = 0;

  constructor(keys: TipKeys) {
    this.every = everyKey(keys);
  }

  /** The key that the tip was filed under. */
  get first(): string {
    return this.every[0] ?? "";
  }

  /** True once the newest key is in force: no entry that names one was taken away. */
  get ended(): boolean {
    return this.at === this.every.length - 1;
  }

  /** The next entry as far as it can be read. `fits`: it is sealed to the key in force, or names the next one. */
  async open(sealed: Uint8Array): Promise<{ read: OpenedEntry | null; fits: boolean }> {
    const read = await opened(sealed, this.every[this.at] ?? "");
    const next = this.every[this.at + 1];
    if (read || next === undefined) return { read, fits: read?.entry.recipient === null };
    const named = await opened(sealed, next);
    if (!named) return { read: null, fits: false };
    this.at += 1;
    return { read: named, fits: named.entry.recipient === (await recipientOf(next)) };
  }
}
