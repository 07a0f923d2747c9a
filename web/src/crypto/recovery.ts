/**
 * What comes back from the offline machine where a unit's recovery shares were used: each tip's key for its readers.
 *
 * Owns how the file is read and what the act names its grants by. Nothing is opened here.
 */
import { fromBase64url } from "../shared/bytes.ts";
import { type Bytes, joined, sha256, utf8 } from "./bytes.ts";
import { Unusable } from "./errors.ts";
import { grantsDigest, LARGEST } from "./grants.ts";
import { Fields } from "./wire.ts";

const MOST_TIPS = 200_000;
const TIP = 16;
const DIGEST = 32;
const HEAD = ["v", "kind", "site", "unit", "recovery", "tips"];

/** Tips' keys by tip and officer's serial, as the file has them; `recovery` names the recipient they came of. */
export interface Given {
  site: string;
  unit: string;
  recovery: Bytes;
  grants: Map<string, Record<string, string>>;
}

/** The file. Throws Unusable for anything else, cut short or too long. */
export function readGiven(text: string): Given {
  const lines = text.split("\n");
  if (lines.length < 2 || lines.pop() !== "") throw new Unusable("recovery: cut short");
  const [first = "", ...rest] = lines;
  const head = Fields.parse(utf8(first));
  head.expect(HEAD);
  if (head.text("kind") !== "hopthu-recovered" || rest.length > MOST_TIPS)
    throw new Unusable("recovery: another file");
  const grants = new Map<string, Record<string, string>>();
  for (const line of rest) {
    const fields = Fields.parse(utf8(line));
    fields.expect(["v", "tip", "grants"]);
    fields.raw("tip", TIP);
    grants.set(fields.text("tip"), grantsOf(fields.part("grants")));
  }
  if (grants.size !== head.number("tips") || rest.length !== grants.size)
    throw new Unusable("recovery: tips");
  return {
    site: head.shown("site"),
    unit: head.shown("unit"),
    recovery: head.raw("recovery", DIGEST),
    grants,
  };
}

function grantsOf(fields: Fields): Record<string, string> {
  const sealed = fields.names().map((serial) => [serial, fields.text(serial)] as const);
  for (const [, one] of sealed)
    if (!/^[\w-]*$/.test(one) || fromBase64url(one).length > LARGEST) throw new Unusable("recovery: grant");
  return Object.fromEntries(sealed);
}

/** What the act names grants of many tips by: SHA-256 over each tip's id and the digest of its grants, by id. */
export async function recoveredDigest(
  grants: ReadonlyMap<string, Readonly<Record<string, string>>>,
): Promise<Bytes> {
  const tips = [...grants].map(([tip, sealed]) => ({ tip: fromBase64url(tip), sealed }));
  tips.sort((one, other) => order(one.tip, other.tip));
  const parts: Uint8Array[] = [];
  for (const { tip, sealed } of tips) {
    const bytes = Object.fromEntries(
      Object.entries(sealed).map(([serial, one]) => [serial, fromBase64url(one)]),
    );
    parts.push(tip, await grantsDigest(bytes));
  }
  return sha256(joined(...parts));
}

function order(one: Uint8Array, other: Uint8Array): number {
  const at = one.findIndex((byte, place) => byte !== other[place]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}
