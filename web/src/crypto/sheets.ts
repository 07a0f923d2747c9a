/**
 * Unit sheets: the authority's signed, numbered, expiring list of a unit's officers and keys.
 *
 * Owns their written form and its check; only the authority's own page signs. Keys that stand on no sheet are not to be
 * sealed to.
 */
import { toBase64url } from "../shared/bytes.ts";
import { checkRecipient } from "./age.ts";
import { type Bytes, joined, utf8 } from "./bytes.ts";
import { Tampered, Unusable } from "./errors.ts";
import { VERSION } from "./labels.ts";
import { KEY, sign, verify } from "./signing.ts";
import { encodeLine, Fields, type SignedParts, signed, splitSigned } from "./wire.ts";

/** One line of a sheet. Times are UTC seconds; `to` null: no end. */
export interface Officer {
  serial: string;
  officer: string;
  role: string;
  recipient: string;
  signingKey: Bytes;
  from: number;
  to: number | null;
}

/** What the authority signed. `n` grows by one a sheet; `recovery` is the unit's recovery recipient. */
export interface Sheet {
  site: string;
  demo: boolean;
  unit: string;
  name: string;
  parent: string | null;
  n: number;
  issued: number;
  expires: number;
  officers: Officer[];
  recovery: string | null;
  /** Codes of the units that this one came after, whose officers and tips are its own since. */
  goesOnFor: string[];
}

const LABEL = utf8("hopthu/v1/sheet\n");
/** Longest life of a sheet, in seconds. */
export const LIFETIME = 90 * 24 * 3600;
const FIELDS = [
  "v",
  "site",
  "demo",
  "unit",
  "name",
  "parent",
  "n",
  "issued",
  "expires",
  "officers",
  "recovery",
];
/** `v` of a sheet that goes on for other units; every other is written as it always was. */
const MERGED = 2;
const GOES_ON = "goes_on_for";
const OFFICER_FIELDS = ["serial", "officer", "role", "recipient", "signing_key", "from", "to"];
const RESERVED = /^(|reporter|recovery(-.*)?)$/su;
const READERS = ["duty", "chief"];

function readOfficer(fields: Fields): Officer {
  fields.expect(OFFICER_FIELDS);
  const officer = {
    serial: fields.shown("serial"),
    officer: fields.shown("officer"),
    role: fields.shown("role"),
    recipient: fields.text("recipient"),
    signingKey: fields.raw("signing_key", KEY),
    from: fields.number("from"),
    to: fields.maybeNumber("to"),
  };
  checkRecipient(officer.recipient);
  if (RESERVED.test(officer.serial)) throw new Unusable("sheet: serial");
  return officer;
}

/** It goes on for others, each named once, neither for itself nor under one that is no more. */
function checkMerged({ unit, parent, goesOnFor: olds }: Sheet): void {
  const strange = ["", unit, parent].some((one) => one !== null && olds.includes(one));
  if (olds.length === 0 || new Set(olds).size !== olds.length || strange)
    throw new Unusable("sheet: units it goes on for");
}

function readSheet(line: Uint8Array): Sheet {
  const fields = Fields.parse(line, MERGED);
  const merged = fields.number("v") === MERGED;
  fields.expect(merged ? [...FIELDS, GOES_ON] : FIELDS);
  const sheet = {
    site: fields.shown("site"),
    demo: fields.flag("demo"),
    unit: fields.shown("unit"),
    name: fields.shown("name"),
    parent: fields.maybeShown("parent"),
    n: fields.number("n"),
    issued: fields.number("issued"),
    expires: fields.number("expires"),
    officers: fields.parts("officers").map(readOfficer),
    recovery: fields.maybeText("recovery"),
    goesOnFor: merged ? fields.everyShown(GOES_ON) : [],
  };
  if (sheet.recovery !== null) checkRecipient(sheet.recovery);
  const life = sheet.expires - sheet.issued;
  if (
    new Set(sheet.officers.map((one) => one.serial)).size !== sheet.officers.length ||
    life <= 0 ||
    life > LIFETIME
  )
    throw new Unusable("sheet: dates or serials");
  if (merged) checkMerged(sheet);
  return sheet;
}

function sheetFields(sheet: Sheet): Record<string, unknown> {
  const officers = sheet.officers.map(({ serial, officer, role, recipient, signingKey, from, to }) => {
    return { serial, officer, role, recipient, signing_key: toBase64url(signingKey), from, to };
  });
  const { site, demo, unit, name, parent, n, issued, expires, recovery, goesOnFor: olds } = sheet;
  const v = olds.length > 0 ? MERGED : VERSION;
  const plain = { v, site, demo, unit, name, parent, n, issued, expires, officers, recovery };
  return olds.length > 0 ? { ...plain, [GOES_ON]: olds } : plain;
}

/** The sheet unsigned, as it travels to the authority. Throws Unusable for what no sheet may say. */
export function draftSheet(sheet: Sheet): Bytes {
  const line = encodeLine(sheetFields(sheet));
  readSheet(line);
  return line;
}

/** A sheet nobody has signed yet: to be shown and compared, never to be sealed by. Throws Unusable if malformed. */
export function readDraft(line: Uint8Array): Sheet {
  return readSheet(line);
}

/** The sheet as stored and handed out. Throws Unusable for what no sheet may say. */
export async function signSheet(sheet: Sheet, authority: CryptoKey): Promise<Bytes> {
  const line = draftSheet(sheet);
  return signed(line, await sign(authority, joined(LABEL, line)));
}

function parts(body: Uint8Array): SignedParts {
  try {
    return splitSigned(body);
  } catch {
    throw new Tampered("sheet: not signed");
  }
}

/**
 * The sheet, once its signature by the pinned authority is checked.
 *
 * Throws Tampered for another signature or a changed byte, Unusable for a signed sheet we cannot use.
 */
export async function verifySheet(body: Uint8Array, authority: Uint8Array): Promise<Sheet> {
  const { line, signature, filling } = parts(body);
  if (filling.length > 0 || !(await verify(authority, signature, joined(LABEL, line))))
    throw new Tampered("sheet: signature");
  return readSheet(line);
}

/** Whose sheet is wanted. `atLeast`: the highest `n` this browser has ever accepted. */
export interface Wanted {
  site: string;
  unit: string;
  atLeast?: number;
}

/** The sheet with the highest `n`, all checked. Throws Tampered for another unit's, or where the newest is too old. */
export async function newestSheet(
  bodies: readonly Uint8Array[],
  authority: Uint8Array,
  wanted: Wanted,
): Promise<Sheet> {
  const sheets = await Promise.all(bodies.map((body) => verifySheet(body, authority)));
  if (sheets.some((sheet) => sheet.site !== wanted.site || sheet.unit !== wanted.unit))
    throw new Tampered("sheet: another unit's");
  const newest = sheets.reduce<Sheet | null>((best, one) => (best && best.n >= one.n ? best : one), null);
  if (!newest || newest.n < (wanted.atLeast ?? 0)) throw new Tampered("sheet: older than one already used");
  return newest;
}

/** The officers who get a grant at this UTC second. */
export function readersAt(sheet: Sheet, at: number): Officer[] {
  return sheet.officers.filter(
    (one) => READERS.includes(one.role) && one.from <= at && (one.to === null || at < one.to),
  );
}

/** The officer of a serial on any of these sheets. */
export function officerOf(sheets: readonly Sheet[], serial: string): Officer | null {
  for (const sheet of sheets) {
    const found = sheet.officers.find((one) => one.serial === serial);
    if (found) return found;
  }
  return null;
}

/** The units that this one goes on for, by its newest sheet among accepted ones (newest first). */
export function goesOnFor(sheets: readonly Sheet[], unit: string): readonly string[] {
  return sheets.find((sheet) => sheet.unit === unit)?.goesOnFor ?? [];
}
