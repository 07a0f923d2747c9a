/** A tip's whole thread: opening it with every check, its next place, its media. Reads no clock. */
import { open, recipientOf } from "./age.ts";
import { type Bytes, same, sha256 } from "./bytes.ts";
import type { Media } from "./contents.ts";
import {
  type Entry,
  firstPrev,
  type OpenedEntry,
  type Opening,
  type Place,
  REPORTER,
  samePlace,
  verified,
} from "./entries.ts";
import { Tampered, Unusable } from "./errors.ts";
import { explained } from "./grants.ts";
import { everyKey, type TipKeys, Unlocking } from "./tipkeys.ts";
import { bucket, MEDIA_BUCKET } from "./wire.ts";

/** What a reader remembers of a thread: how many entries it had, and the digest of the last of them. */
export interface Seen {
  count: number;
  head: Uint8Array;
}

/** What a thread is checked against. `keys` come out of one's own grant. */
export interface Checks {
  keys: TipKeys;
  site: string;
  tip: Uint8Array;
  unit: string;
  /** Units that this one goes on for, as its newest sheet says. */
  goesOnFor?: readonly string[];
  /** An officer's signing key by serial, on the sheets of the unit that has the tip at that place; null for none. */
  verifyKeys: (serial: string, unit: string) => Uint8Array | null;
  seen?: Seen;
}

/**
 * One entry as found. `sound`: its check marks and those of all before it hold. `entry` null: not to be read at all, which
 * is as it should be where it is `shut`.
 */
export interface Found {
  entry: Entry | null;
  sound: boolean;
  shut?: true;
}

/**
 * A thread as found. `whole`: every entry is sound or set aside, and nothing this reader has seen is missing. `shut`: it
 * would be, but from that place on these keys do not open it. `changed`: the newest of these keys came into force in it.
 */
export interface Reading {
  opening: Opening | null;
  found: Found[];
  head: Bytes;
  whole: boolean;
  shut: number | null;
  changed: boolean;
}

/** A thread whose every check mark held. `head` is the digest of its last sealed entry. */
export interface Thread {
  opening: Opening;
  entries: Entry[];
  head: Bytes;
}

async function signedBy(one: OpenedEntry, verifyKey: Uint8Array | null): Promise<boolean> {
  try {
    await verified(one, verifyKey);
    return true;
  } catch (error) {
    if (error instanceof Tampered) return false;
    throw error;
  }
}

/** The thread as far as it can be read, each entry marked sound or not: for showing a person what holds. */
export async function readThread(sealed: readonly Uint8Array[], checks: Checks): Promise<Reading> {
  const { site, unit, goesOnFor, verifyKeys, seen } = checks;
  const tip = new Uint8Array(checks.tip);
  const unlocking = new Unlocking(checks.keys);
  let prev = await firstPrev(tip, await recipientOf(unlocking.first));
  let opening: Opening | null = null;
  let holder = "";
  let sound = true;
  const found: Found[] = [];
  for (const [seq, one] of sealed.entries()) {
    const { read, fits } = await unlocking.open(one, seq);
    const entry = read?.entry ?? null;
    const since = entry?.instead ?? Number.POSITIVE_INFINITY;
    if (sound && seq === 0) opening = entry?.opening ?? null;
    holder ||= opening?.unit ?? "";
    const by = entry?.by ?? "";
    const key: Uint8Array | null =
      by === REPORTER
        ? (opening?.verifyKey ?? null)
        : verifyKeys(by, explained(holder, unit, goesOnFor) ? unit : holder);
    sound &&= fits && !(since < (seen?.count ?? 0) && (seen?.count ?? 0) <= seq);
    if (read) sound &&= samePlace(read.entry.place, { site, tip, seq, prev }) && (await signedBy(read, key));
    if (sound) holder = entry?.to ?? holder;
    prev = await sha256(one);
    sound &&= seen?.count !== seq + 1 || same(seen.head, prev);
    found.push({ entry, sound: sound && entry !== null, ...(sound && entry === null ? { shut: true } : {}) });
  }
  const mine = opening !== null && explained(holder, unit, goesOnFor);
  const holds = sound && mine && unlocking.newest && found.length >= (seen?.count ?? 0);
  return {
    opening,
    found,
    head: prev,
    whole: holds && unlocking.shut === null,
    shut: holds ? unlocking.shut : null,
    changed: unlocking.changed,
  };
}

/** The whole thread, entry 0 first. Throws Tampered where anything does not hold. */
export async function openThread(sealed: readonly Uint8Array[], checks: Checks): Promise<Thread> {
  const { opening, found, head, whole } = await readThread(sealed, checks);
  const entries = found.flatMap(({ entry }) => (entry ? [entry] : []));
  if (!whole || !opening) throw new Tampered("thread");
  return { opening, entries, head };
}

/** The place of the next entry of an opened thread. */
export function nextPlace(thread: Thread): Place {
  const last = thread.entries.at(-1);
  if (!last) throw new Tampered("thread");
  return { site: last.place.site, tip: last.place.tip, seq: last.place.seq + 1, prev: thread.head };
}

/** Media out of their sealed blob, checked against what their entry says of them. Throws Tampered or Unusable. */
export async function openMedia(
  sealed: Uint8Array,
  media: Pick<Media, "bytes" | "sha256">,
  keys: TipKeys,
): Promise<Bytes> {
  if (!same(await sha256(sealed), media.sha256)) throw new Tampered("media: another blob");
  let plain: Bytes | null = null;
  for (const identity of everyKey(keys)) plain ??= await open(sealed, identity);
  if (!plain) throw new Unusable("not addressed to this key");
  const filling = plain.subarray(media.bytes);
  if (plain.length !== bucket(media.bytes, MEDIA_BUCKET) || !filling.every((byte) => byte === 0))
    throw new Unusable("media: filling");
  return plain.slice(0, media.bytes);
}
