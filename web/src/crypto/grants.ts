/** Grants: a tip's private key sealed to one recipient. Owns their written form and the check of every field. */
import { toBase64url } from "../shared/bytes.ts";
import { checkIdentity, open, seal } from "./age.ts";
import { type Bytes, joined, same, sha256, utf8 } from "./bytes.ts";
import { REPORTER } from "./entries.ts";
import { Unusable } from "./errors.ts";
import { VERSION } from "./labels.ts";
import type { TipKeys } from "./tipkeys.ts";
import { cutFilled, encodeLine, Fields, fill, GRANT_BUCKET } from "./wire.ts";

/** For whom a grant is, and of which tip. */
export interface Granted {
  site: string;
  tip: Uint8Array;
  unit: string;
  officer: string;
  serial: string;
}

/** Bytes of one sealed grant that any program takes. */
export const LARGEST = 16 * 1024;
const FIELDS = ["v", "site", "tip", "unit", "officer", "serial", "key", "by"];
/** `v` of a grant of a tip whose key was changed; every other is written as it always was. */
const CHANGED = 2;

/**
 * True where what was sealed for a unit is for a reader of `unit`: his own's, or one's that his own goes on for.
 *
 * Who has a tip follows from its thread: the unit of entry 0, then whichever an officer of the one that had it signed it
 * over to. So nobody but these writes in it, and nobody else finds it whole.
 *
 * `goesOnFor` is to come from the newest signed sheet of his own unit, never from the server's word.
 */
export function explained(sealedFor: string, unit: string, goesOnFor: readonly string[] = []): boolean {
  return sealedFor === unit || goesOnFor.includes(sealedFor);
}

/** The tip's private keys for one recipient. `by` is who made it: the reporter, or an officer's serial. */
export async function sealGrant(
  { identity: key, older }: TipKeys,
  recipient: string,
  granted: Granted,
  by = REPORTER,
): Promise<Bytes> {
  const { site, tip, unit, officer, serial } = granted;
  const v = older.length > 0 ? CHANGED : VERSION;
  const fields = { v, site, tip: toBase64url(tip), unit, officer, serial, key, by };
  const line = encodeLine(older.length > 0 ? { ...fields, older } : fields);
  return await seal(fill(new Uint8Array([...line, ...utf8("\n")]), GRANT_BUCKET), [recipient]);
}

/**
 * The tip's private key, with those before it; null where the grant is not addressed to `identity`. See `explained` for `goesOnFor`.
 *
 * Throws Unusable where it is broken or says anything else than `expected`. That the key belongs to the tip is only
 * known once it opens the tip's entry 0.
 */
export async function openGrant(
  sealed: Uint8Array,
  identity: string,
  expected: Granted,
  goesOnFor: readonly string[] = [],
): Promise<TipKeys | null> {
  const plain = await open(sealed, identity);
  if (!plain) return null;
  const fields = Fields.parse(cutFilled(plain, GRANT_BUCKET), CHANGED);
  const changed = fields.number("v") === CHANGED;
  fields.expect(changed ? [...FIELDS, "older"] : FIELDS);
  const names = ["site", "officer", "serial"] as const;
  const fits =
    names.every((name) => fields.text(name) === expected[name]) &&
    explained(fields.text("unit"), expected.unit, goesOnFor) &&
    same(fields.raw("tip", 16), expected.tip);
  if (!fits || !fields.text("by")) throw new Unusable("grant: for something else");
  const keys = { identity: fields.text("key"), older: changed ? fields.everyShown("older") : [] };
  for (const one of [keys.identity, ...keys.older]) checkIdentity(one);
  if (changed && keys.older.length === 0) throw new Unusable("grant: a changed key without the one before");
  return keys;
}

/**
 * What an act names all grants of one hand-over by: SHA-256 over each in the order of their recipients. Of each the
 * recipient (an officer's serial or "recovery"), an end of line, and the SHA-256 of the sealed grant.
 */
export async function grantsDigest(grants: Readonly<Record<string, Uint8Array>>): Promise<Bytes> {
  const parts: Uint8Array[] = [];
  for (const to of Object.keys(grants).sort())
    parts.push(utf8(`${to}\n`), await sha256(grants[to] ?? new Uint8Array()));
  return sha256(joined(...parts));
}
