/**
 * The audit chain of one unit: records numbered without gaps, each naming the one before. Pure; reads no clock.
 *
 * Owns what it means that a chain fits, and the words for why one does not. Of a record that a reader may not know there
 * is its digest alone: a link of the chain like any other.
 */
import { toBase64url } from "../shared/bytes.ts";
import { type ChainAct, type ChainRecord, type Own, readRecord, recordDigest, signedBy } from "./acts.ts";
import { type Bytes, joined, same, sha256, utf8 } from "./bytes.ts";
import { SealError, Tampered } from "./errors.ts";
import type { Officer } from "./sheets.ts";
import { encodeLine, Fields } from "./wire.ts";

/** Why a record does not fit, or why the chain is not the one seen before (`shorter`, `differs`). */
export type Why =
  | "shape"
  | "place"
  | "number"
  | "head"
  | "signer"
  | "signature"
  | "own"
  | "withheld"
  | "shorter"
  | "differs";

/** The chain does not hold at record `n`. */
export class Misfit extends Tampered {
  constructor(
    readonly n: number,
    readonly why: Why,
  ) {
    super(`audit chain: ${why}`);
  }
}

/** How far a chain was followed: the last record's number and digest, and each officer's last own act. */
export interface Point {
  n: number;
  head: Bytes;
  own: ReadonlyMap<string, Own>;
  /** Digests of the records that were not shown, by number. */
  withheld: ReadonlyMap<number, Bytes>;
}

/** What a chain is checked against. */
export interface ChainChecks {
  site: string;
  unit: string;
  /** The line of a serial on any sheet of the unit. */
  officers: (serial: string) => Officer | null;
  /** The keys the server ever signed with. */
  server: readonly Uint8Array[];
  /** The unit goes on for others, as its sheet says: not everybody in it may know of every tip. */
  withholds: boolean;
}

const DIGEST = 32;

/** The point before record 1. */
export async function beginning(site: string, unit: string): Promise<Point> {
  const head = await sha256(utf8(`hopthu/v1/chain\n${site}\n${unit}`));
  return { n: 0, head, own: new Map(), withheld: new Map() };
}

/** A head as people read it aloud or note it on paper: its first 64 bits in groups of four. */
export function shortHead(head: Uint8Array): string {
  const digits = [...head.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/(.{4})(?=.)/g, "$1 ");
}

/** Number and digest of a record that is withheld; null where this is a record or anything else. */
function unshown(body: Uint8Array): Own | null {
  try {
    const fields = Fields.parse(body.subarray(0, -2));
    fields.expect(["v", "n", "withheld"]);
    const found = { n: fields.number("n"), record: fields.raw("withheld", DIGEST) };
    const line = encodeLine({ v: 1, n: found.n, withheld: toBase64url(found.record) });
    return same(joined(line, utf8("\n\n")), body) ? found : null;
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}

/** The digest that the next record names as its head. */
export async function linkOf(body: Uint8Array): Promise<Bytes> {
  return unshown(body)?.record ?? (await recordDigest(body));
}

function record(body: Uint8Array, n: number): ChainRecord {
  try {
    return readRecord(body);
  } catch (error) {
    if (error instanceof SealError) throw new Misfit(n, "shape");
    throw error;
  }
}

function placed(act: ChainAct, point: Point, checks: ChainChecks): Why | null {
  if (act.site !== checks.site || act.unit !== checks.unit) return "place";
  if (act.n !== point.n + 1) return "number";
  return same(act.head, point.head) ? null : "head";
}

function sameOwn(one: Own | null, other: Own | null): boolean {
  if (!one || !other) return one === other;
  return one.n === other.n && same(one.record, other.record);
}

async function observed(found: ChainRecord, server: readonly Uint8Array[]): Promise<boolean> {
  for (const key of server) if (await signedBy(found, key)) return true;
  return false;
}

async function authored(found: ChainRecord, point: Point, checks: ChainChecks): Promise<Why | null> {
  const { act } = found;
  if (act.kind === "observed") return (await observed(found, checks.server)) ? null : "signature";
  const line = checks.officers(act.serial ?? "");
  if (!line || line.officer !== act.officer) return "signer";
  if (!(await signedBy(found, line.signingKey))) return "signature";
  return isLast(act.own, point, line.serial) ? null : "own";
}

/** Whether this is a signer's last act: the last that was shown of him, or a later one that was not. */
function isLast(own: Own | null, point: Point, serial: string): boolean {
  const shown = point.own.get(serial) ?? null;
  if (sameOwn(own, shown)) return true;
  const later = own && own.n > (shown?.n ?? 0) ? point.withheld.get(own.n) : undefined;
  return later !== undefined && own !== null && same(later, own.record);
}

/** Goes along a chain. What it has passed it keeps once: a long chain with much withheld costs its length. */
export class Walk implements Point {
  n: number;
  head: Bytes;
  readonly own: Map<string, Own>;
  readonly withheld: Map<number, Bytes>;

  constructor(
    start: Point,
    private readonly checks: ChainChecks,
  ) {
    this.n = start.n;
    this.head = start.head;
    this.own = new Map(start.own);
    this.withheld = new Map(start.withheld);
  }

  /** What one more record says; null of one that is withheld. Throws Misfit where it does not fit. */
  async step(body: Uint8Array): Promise<ChainAct | null> {
    const gap = unshown(body);
    const act = gap ? this.passBy(gap) : await this.take(body);
    this.n += 1;
    return act;
  }

  private passBy({ n, record }: Own): null {
    if (n !== this.n + 1) throw new Misfit(this.n + 1, "number");
    if (!this.checks.withholds) throw new Misfit(n, "withheld");
    this.head = record;
    this.withheld.set(n, record);
    return null;
  }

  private async take(body: Uint8Array): Promise<ChainAct> {
    const n = this.n + 1;
    const found = record(body, n);
    const { act } = found;
    const why = placed(act, this, this.checks) ?? (await authored(found, this, this.checks));
    if (why) throw new Misfit(n, why);
    this.head = await recordDigest(body);
    if (act.kind === "officer" && act.serial !== null) this.own.set(act.serial, { n, record: this.head });
    return act;
  }
}
