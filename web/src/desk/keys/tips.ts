/**
 * The tips an unlocked officer has opened: each one's private key out of his own grant, and the thread as last verified.
 *
 * Nothing is sealed on a thread that did not verify whole. Keys for officers' entries come from accepted sheets alone:
 * of the own unit, and of those that had a tip before it was passed on to here.
 */

import { recipientOf } from "../../crypto/age.ts";
import { sha256 } from "../../crypto/bytes.ts";
import type { Entry, Opening } from "../../crypto/entries.ts";
import { sealEntry } from "../../crypto/entries.ts";
import { SealError } from "../../crypto/errors.ts";
import { grantsDigest, openGrant, sealGrant } from "../../crypto/grants.ts";
import type { Unlocked } from "../../crypto/login.ts";
import { goesOnFor, officerOf, readersAt, type Sheet } from "../../crypto/sheets.ts";
import type { TipKeys } from "../../crypto/tipkeys.ts";
import { openMedia, type Reading, readThread, type Seen } from "../../crypto/tips.ts";
import { fromBase64url, toBase64url } from "../../shared/bytes.ts";
import type { Calls, Forwarded, Me, Opening as OpeningView, RowVerdict, ThreadVerdict } from "./messages.ts";
import { Refusal } from "./refusal.ts";
import type { Shelf } from "./shelf.ts";
import { entryViews, openingView } from "./view.ts";

const DRAWN = ["image/jpeg", "image/png", "image/webp"];
const LARGEST_PHOTO = 64 * 1024 * 1024;
/** More than a tip may hold in one part. */
const LARGEST = 256 * 1024 * 1024;

/** Whose keys open and sign. */
export interface Holder {
  readonly me: Me;
  readonly unlocked: Pick<Unlocked, "identity" | "signer">;
}

/** Whom the unit's recovery identity's keys are for, as officer and serial. */
export const RECOVERY = "recovery";

type Done = Pick<Entry, "case" | "of">;

interface Opened extends Seen {
  /** The unit that its reporter passed over. */
  passed?: string | null;
  whole: boolean;
}

interface First {
  /** Out of which own grant. */
  grant: string;
  keys: TipKeys;
  opening: Opening;
}

/** `cut`: by keys of before, from that place on it opens with none that were given. */
interface Read {
  grant: string;
  keys: TipKeys;
  reading: Reading;
  cut: number | null;
}

interface Whole extends Read {
  lacking: string[];
}

type Row = Calls["openGrants"]["ask"]["rows"][number];
type Thread = Calls["openThread"]["ask"];

export class Tips {
  /** The keys of each tip opened, and the grant they came out of. */
  private readonly keys = new Map<string, { grant: string; keys: TipKeys }>();
  private readonly threads = new Map<string, Opened>();
  /** Accepted sheets of other units, newest first; empty where none can be believed. */
  readonly others = new Map<string, readonly Sheet[]>();
  /** Units whose sheets the thread last read wants and nobody gave. */
  private readonly lacking = new Set<string>();
  /** Accepted sheets, newest first; behind the own unit's those of units that it goes on for. */
  sheets: readonly Sheet[] = [];

  constructor(
    private readonly officer: Holder,
    private readonly shelf: Shelf,
  ) {}

  /** The tip's keys out of the own grant; null where the grant is not for these keys or says something else. */
  private async keysOf(tip: string, grant: string): Promise<TipKeys | null> {
    const known = this.keys.get(tip);
    if (known?.grant === grant) return known.keys;
    const { site, unit, officer, serial } = this.officer.me;
    const expected = { site, unit, officer, serial, tip: fromBase64url(tip) };
    try {
      return await openGrant(
        fromBase64url(grant),
        this.officer.unlocked.identity,
        expected,
        goesOnFor(this.sheets, unit),
      );
    } catch (error) {
      if (error instanceof SealError) return null;
      throw error;
    }
  }

  private sheetsOf(unit: string): readonly Sheet[] {
    if (unit === this.officer.me.unit) return this.sheets;
    const known = this.others.get(unit);
    if (!known && unit) this.lacking.add(unit);
    const heirs = [...this.others.values()].filter(([newest]) => newest?.goesOnFor.includes(unit));
    return [...(known ?? []), ...heirs.flat()];
  }

  /** What a unit is called on its newest sheet; its code where that is not known here. */
  private nameOf(unit: string): string {
    return [...this.sheets, ...(this.others.get(unit) ?? [])].find((one) => one.unit === unit)?.name ?? unit;
  }

  private read(tip: string, keys: TipKeys, entries: readonly Uint8Array[], seen?: Seen): Promise<Reading> {
    this.lacking.clear();
    const { site, unit } = this.officer.me;
    return readThread(entries, {
      keys,
      site,
      unit,
      goesOnFor: goesOnFor(this.sheets, unit),
      tip: fromBase64url(tip),
      verifyKeys: (serial, holder) => officerOf(this.sheetsOf(holder), serial)?.signingKey ?? null,
      ...(seen ? { seen } : {}),
    });
  }

  /** A tip's keys and its first entry, which they open; or why not. */
  async first({ tip, grant, opening, former = [] }: Row): Promise<First | "badkey" | "tampered"> {
    let why: "badkey" | "tampered" = "badkey";
    for (const one of [grant, ...former]) {
      const keys = await this.keysOf(tip, one);
      if (!keys) continue;
      const reading = await this.read(tip, keys, [fromBase64url(opening)]);
      if (reading.found[0]?.sound && reading.opening) return { grant: one, keys, opening: reading.opening };
      why = "tampered";
    }
    return why;
  }

  /**
   * The thread by the grant in force; where that one's keys are not, by the newest of those before that opens it. Where
   * they are, no older ones explain what does not fit.
   */
  private async best(
    { tip, grant, former = [] }: Thread,
    entries: readonly Uint8Array[],
  ): Promise<Read | null> {
    let first: Read | null = null;
    for (const one of [grant, ...former]) {
      const keys = await this.keysOf(tip, one);
      if (!keys) continue;
      const reading = await this.read(tip, keys, entries, await this.seen(tip));
      const cut = one === grant ? null : reading.shut;
      if (reading.whole || reading.shut !== null || reading.changed)
        return { grant: one, keys, reading, cut };
      first ??= { grant: one, keys, reading, cut };
    }
    return first;
  }

  /** One row of the inbox: what its opening entry says. How a tip came here from another unit, its thread tells. */
  async openRow(row: Row): Promise<RowVerdict> {
    const { tip } = row;
    const found = await this.first(row);
    if (typeof found === "string") return { tip, state: found };
    this.keys.set(tip, { grant: found.grant, keys: found.keys });
    return { tip, state: "open", opening: this.opening(found.opening) };
  }

  /** A tip's keys and its whole thread as read, with the units whose sheets it wants; nothing of it is remembered. */
  async whole(ask: Thread): Promise<Whole | "badkey"> {
    const found = await this.best(ask, ask.entries.map(fromBase64url));
    return found ? { ...found, lacking: [...this.lacking] } : "badkey";
  }

  /** A whole thread, every check mark tried; remembered if whole, so that an entry can be sealed on top of it. */
  async openThread(ask: Thread): Promise<ThreadVerdict> {
    const { tip } = ask;
    const sealed = ask.entries.map(fromBase64url);
    const found = await this.best(ask, sealed);
    if (!found) return { state: "badkey" };
    const { grant, keys, reading } = found;
    this.keys.set(tip, { grant, keys });
    this.remember(tip, reading);
    if (reading.whole) await this.keepSigned(tip, reading, sealed);
    return this.verdict(found);
  }

  /** A thread for the search alone: nothing is remembered of it. Null where as much of it was opened by hand. */
  async rereadThread(ask: Thread): Promise<ThreadVerdict | null> {
    const byHand = this.threads.get(ask.tip);
    if (byHand && !(byHand.whole && byHand.count < ask.entries.length)) return null;
    const found = await this.best(ask, ask.entries.map(fromBase64url));
    return found ? this.verdict(found) : { state: "badkey" };
  }

  private opening(opening: Opening): OpeningView {
    const foreign = opening.unit !== this.officer.me.unit;
    return openingView(opening, foreign ? this.nameOf(opening.unit) : null);
  }

  private verdict({ reading, cut }: Read): ThreadVerdict {
    return {
      state: reading.whole ? "open" : cut === null ? "tampered" : "cut",
      opening: reading.opening && this.opening(reading.opening),
      entries: entryViews(reading, [this.sheets, ...this.others.values()].flat(), (unit) =>
        this.nameOf(unit),
      ),
      ...(reading.whole ? {} : { lacking: [...this.lacking] }),
    };
  }

  private remember(tip: string, { found, head, whole, opening }: Reading): void {
    const passed = opening?.passed ?? null;
    if (whole) this.threads.set(tip, { count: found.length, head, whole, passed });
    else this.threads.set(tip, { ...(this.threads.get(tip) ?? { count: 0, head }), whole });
  }

  /** How far this officer has seen the thread: in this session, or when last signing in it. */
  private async seen(tip: string): Promise<Seen | undefined> {
    const here = this.threads.get(tip);
    if (here && here.count > 0) return here;
    const signed = await this.shelf.taken("threads", this.shelfKey(tip));
    return signed && { count: signed.count, head: fromBase64url(signed.head) };
  }

  private shelfKey(tip: string): string {
    return `${this.officer.me.officer}/${tip}`;
  }

  private async keepSigned(tip: string, reading: Reading, sealed: readonly Uint8Array[]): Promise<void> {
    const { serial } = this.officer.me;
    const last = reading.found.findLastIndex(({ entry }) => entry?.by === serial);
    const mine = sealed[last];
    if (!mine) return;
    const key = this.shelfKey(tip);
    if ((await this.shelf.taken("threads", key))?.count === last + 1) return;
    await this.keepOwn(tip, last, mine);
  }

  /** Remembers, in later sessions too, that the entry `seq` of the thread is the officer's own. */
  async keepOwn(tip: string, seq: number, sealed: Uint8Array): Promise<void> {
    const head = toBase64url(await sha256(new Uint8Array(sealed)));
    await this.shelf.keep("threads", this.shelfKey(tip), { count: seq + 1, head });
  }

  /** An entry of this officer, signed and sealed as the next one of the thread last verified. */
  seal({ tip, act, text, at, done }: Calls["sealEntry"]["ask"]): Promise<{ seq: number; sealed: string }> {
    return this.sealNext(tip, { kind: act, at, text, to: null }, done);
  }

  private async sealNext(
    tip: string,
    said: Pick<Entry, "kind" | "at" | "text" | "to">,
    done: Done = { case: null, of: null },
  ): Promise<{ seq: number; sealed: string }> {
    const { keys, thread } = this.opened(tip);
    const { site, serial } = this.officer.me;
    const place = { site, tip: fromBase64url(tip), seq: thread.count, prev: new Uint8Array(thread.head) };
    const nothing = {
      day: null,
      media: null,
      coordinates: null,
      opening: null,
      about: null,
      recipient: null,
      ...done,
    };
    const entry: Entry = { place, by: serial, ...said, ...nothing };
    const sealed = await sealEntry(entry, this.officer.unlocked.signer, await recipientOf(keys.identity));
    return { seq: thread.count, sealed: toBase64url(sealed) };
  }

  /** A tip's keys and its thread, which verified whole. */
  private opened(tip: string): { keys: TipKeys; thread: Opened } {
    const known = this.keys.get(tip);
    const thread = this.threads.get(tip);
    if (!known || !thread?.whole) throw new Refusal("not-open");
    return { keys: known.keys, thread };
  }

  /** The keys of a tip whose thread was opened and verified whole. */
  keysOfOpen(tip: string): TipKeys {
    return this.opened(tip).keys;
  }

  /**
   * The tip's key for everybody who reads in another unit, by the newest of its sheets that were learnt, and the entry
   * that says so. Never for the unit that the reporter passed over, nor for one that goes on for it or stands under it;
   * nor for one that is known to be over, whatever the server says of it.
   */
  async forward({ tip, to, text, at }: Calls["forward"]["ask"]): Promise<Forwarded> {
    const { keys, thread } = this.opened(tip);
    const sheet = this.others.get(to)?.[0];
    if (this.upwards(to).has(thread.passed ?? "")) throw new Refusal("passed-over");
    const over = (await this.shelf.taken("sheets", this.overKey(to))) !== undefined;
    const readers = sheet && !over && at < sheet.expires ? readersAt(sheet, at) : [];
    if (!sheet || readers.length === 0) throw new Refusal("nobody");
    const backup = sheet.recovery && { serial: RECOVERY, officer: RECOVERY, recipient: sheet.recovery };
    const { site, serial: by } = this.officer.me;
    const sealed: Record<string, Uint8Array> = {};
    for (const { serial, officer, recipient } of [...readers, ...(backup ? [backup] : [])]) {
      const granted = { site, tip: fromBase64url(tip), unit: to, officer, serial };
      sealed[serial] = await sealGrant(keys, recipient, granted, by);
    }
    const grants = Object.fromEntries(
      Object.entries(sealed).map(([serial, one]) => [serial, toBase64url(one)]),
    );
    const digest = toBase64url(await grantsDigest(sealed));
    return {
      ...(await this.sealNext(tip, { kind: "forward", at, text, to })),
      sheet: sheet.n,
      grants,
      digest,
    };
  }

  /** A unit, those above it by the sheets that were learnt, and all that one of these goes on for. */
  private upwards(to: string): Set<string> {
    const found = new Set<string>();
    for (let code: string | null = to; code !== null && !found.has(code); ) {
      const sheet: Sheet | undefined = (this.others.get(code) ?? this.sheets).find(
        ({ unit }) => unit === code,
      );
      for (const one of [code, ...(sheet?.goesOnFor ?? [])]) found.add(one);
      code = sheet?.parent ?? null;
    }
    return found;
  }

  /** Remembers, in later sessions too, which units are over as the newest of these accepted sheets says. */
  async noteOver(sheets: readonly Sheet[]): Promise<void> {
    const [newest] = sheets;
    for (const old of newest?.goesOnFor ?? [])
      await this.shelf.keep("sheets", this.overKey(old), newest?.n ?? 0);
  }

  private overKey(unit: string): string {
    return `${this.officer.me.site}/${unit}/over`;
  }

  /** A part's clear bytes, out of its sealed blob, checked against the entry that names it. */
  async openMedia({ tip, media, sealed }: Calls["openMedia"]["ask"]): Promise<ArrayBuffer> {
    const known = this.keys.get(tip);
    if (!known) throw new Refusal("not-open");
    if (media.bytes > LARGEST) throw new Refusal("unreadable");
    const { bytes } = media;
    const plain = await openMedia(
      new Uint8Array(sealed),
      { bytes, sha256: fromBase64url(media.sha256) },
      known.keys,
    );
    return plain.buffer;
  }

  /** A photo, decoded here: the page gets pixels. */
  async openPhoto(ask: Calls["openPhoto"]["ask"]): Promise<ImageBitmap> {
    const { mime, bytes, cleaned } = ask.media;
    if (!DRAWN.includes(mime) || bytes > LARGEST_PHOTO || !cleaned) throw new Refusal("unreadable");
    const plain = new Uint8Array(await this.openMedia(ask));
    const picture = await createImageBitmap(new Blob([plain], { type: mime }));
    plain.fill(0);
    return picture;
  }
}
