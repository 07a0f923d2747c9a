/**
 * The audit chain of one unit: records numbered without gaps, each naming the one before. Pure; reads no clock.
 *
 * Owns what it means that a chain fits, and the words for why one does not.
 */
import { type ChainAct, type ChainRecord, type Own, readRecord, recordDigest, signedBy } from "./acts.ts";
import { type Bytes, same, sha256, utf8 } from "./bytes.ts";
import { SealError, Tampered } from "./errors.ts";
import type { Officer } from "./sheets.ts";

/** Why a record does not fit, or why the chain is not the one seen before (`shorter`, `differs`). */
export type Why =
  | "shape"
  | "place"
  | "number"
  | "head"
  | "signer"
  | "signature"
  | "own"
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
}

/** What a chain is checked against. */
export interface ChainChecks {
  site: string;
  unit: string;
  /** The line of a serial on any sheet of the unit. */
  officers: (serial: string) => Officer | null;
  /** The keys the server ever signed with. */
  server: readonly Uint8Array[];
}

/** The point before record 1. */
export async function beginning(site: string, unit: string): Promise<Point> {
  return { n: 0, head: await sha256(utf8(`hopthu/v1/chain\n${site}\n${unit}`)), own: new Map() };
}

/** A head as people read it aloud or note it on paper: its first 64 bits in groups of four. */
export function shortHead(head: Uint8Array): string {
  const digits = [...head.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/(.{4})(?=.)/g, "$1 ");
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
  return sameOwn(act.own, point.own.get(line.serial) ?? null) ? null : "own";
}

/** What one more record says, and the point after it. Throws Misfit where it does not fit. */
export async function follow(
  point: Point,
  body: Uint8Array,
  checks: ChainChecks,
): Promise<{ point: Point; act: ChainAct }> {
  const n = point.n + 1;
  const found = record(body, n);
  const { act } = found;
  const why = placed(act, point, checks) ?? (await authored(found, point, checks));
  if (why) throw new Misfit(n, why);
  const head = await recordDigest(body);
  if (act.kind !== "officer" || act.serial === null) return { point: { n, head, own: point.own }, act };
  return { point: { n, head, own: new Map(point.own).set(act.serial, { n, record: head }) }, act };
}
