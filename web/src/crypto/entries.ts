/**
 * One entry of a tip's thread: its written form, its signature, its place in the chain, its size class.
 *
 * Owns the bytes of one entry. Whose key signs and whether the chain is whole is the business of tips.ts.
 */
import { toBase64url } from "../shared/bytes.ts";
import { CASES } from "./acts.ts";
import { checkRecipient, open, seal } from "./age.ts";
import { type Bytes, joined, same, sha256, utf8 } from "./bytes.ts";
import {
  type Coordinates,
  DIGEST,
  isMediaKind,
  MEDIA_KINDS,
  type Media,
  mediaFields,
  readMedia,
  readPlace,
} from "./contents.ts";
import { Tampered, Unusable } from "./errors.ts";
import { VERSION } from "./labels.ts";
import { KEY, sign, verify } from "./signing.ts";
import { checkFilling, ENTRY_BUCKET, encodeLine, Fields, fill, signed, splitSigned } from "./wire.ts";

/** `by` of whatever the reporter wrote; every other `by` is the serial of a sheet entry. */
export const REPORTER = "reporter";

const KINDS = [
  "opening",
  "text",
  ...MEDIA_KINDS,
  "place",
  "question",
  "answer",
  "state",
  "take",
  "forward",
  "rekey",
  "case",
] as const;
export type Kind = (typeof KINDS)[number];

const ABOUTS = ["cat", "what", "where", "when", "who"] as const;
/** The question that a reporter's part answers. */
export type About = (typeof ABOUTS)[number];

/**
 * What entry 0 says: where the tip went, and the reporter's public keys. `sheet` is the number sealed by, `passed` the unit
 * that its reporter passed over, which nobody may pass it on to.
 */
export interface Opening {
  unit: string;
  box: string | null;
  category: string | null;
  recipient: string;
  verifyKey: Bytes;
  sheet: number;
  passed: string | null;
}

/** Where an entry stands: site, tip (16 bytes), its number, and the SHA-256 before it. */
export interface Place {
  site: string;
  tip: Bytes;
  seq: number;
  prev: Bytes;
}

/**
 * One entry. A reporter's carries the ISO `day`, an officer's `at`: a UTC second rounded down to the minute. `about` is
 * the question that the reporter's part answers, `to` the unit that has the tip from here on, beside why in `text`,
 * `recipient` the tip's public key from here on, `instead` of one that nobody could open the entries from that place on
 * with, `case` what was done with it (`CASES`), beside why or of what kind in
 * `text`, and `of` which other tip it is a duplicate.
 */
export interface Entry {
  place: Place;
  kind: Kind;
  by: string;
  day: string | null;
  at: number | null;
  text: string | null;
  media: Media | null;
  coordinates: Coordinates | null;
  opening: Opening | null;
  about: About | null;
  to: string | null;
  recipient: string | null;
  case: string | null;
  of: string | null;
  instead?: number;
}

/** An entry opened but not yet verified: whose key must have signed is for the caller to say. */
export interface OpenedEntry {
  entry: Entry;
  line: Bytes;
  signature: Bytes;
}

const LABEL = utf8("hopthu/v1/entry\n");
const MINUTE = 60;
const TIP = 16;
const REPORTER_KINDS: readonly Kind[] = ["opening", "text", "place", ...MEDIA_KINDS];
const STATES: readonly (string | null)[] = ["received", "verify", "need", "closed"];
const COMMON = ["v", "site", "tip", "seq", "prev", "kind", "by"];
const OPENING = ["unit", "box", "category", "reporter", "sheet"];

/** `prev` of entry 0: SHA-256 of the tip's id and its public key. */
export function firstPrev(tip: Uint8Array, recipient: string): Promise<Bytes> {
  return sha256(joined(tip, utf8(recipient)));
}

function contentFields(entry: Entry): Record<string, unknown> {
  const { opening, media, coordinates, text, to, recipient } = entry;
  if (opening) {
    const reporter = { recipient: opening.recipient, verify: toBase64url(opening.verifyKey) };
    return {
      unit: opening.unit,
      box: opening.box,
      category: opening.category,
      reporter,
      sheet: opening.sheet,
      ...(opening.passed === null ? {} : { passed: opening.passed }),
    };
  }
  if (media) return { media: mediaFields(media) };
  if (coordinates) return { place: { ...coordinates } };
  if (recipient !== null) return { recipient, ...(entry.instead ? { instead: entry.instead } : {}) };
  if (entry.case !== null) return { case: entry.case, text, ...(entry.of === null ? {} : { of: entry.of }) };
  return to === null ? { text } : { to, text };
}

function fieldsOf(entry: Entry): Record<string, unknown> {
  const { site, tip, seq, prev } = entry.place;
  const when = entry.by === REPORTER ? { day: entry.day } : { at: entry.at };
  const common = {
    v: VERSION,
    site,
    tip: toBase64url(tip),
    seq,
    prev: toBase64url(prev),
    kind: entry.kind,
    by: entry.by,
  };
  const about = entry.about === null ? {} : { about: entry.about };
  return { ...common, ...when, ...about, ...contentFields(entry) };
}

/**
 * The entry signed and sealed to the tip's public key, filled to its size class.
 *
 * `recipient` comes from the tip's private key, never from the server. An officer's `at` is rounded down to the
 * minute here. Throws Unusable for an entry that no reader would take.
 */
export async function sealEntry(entry: Entry, signer: CryptoKey, recipient: string): Promise<Bytes> {
  const at = entry.at === null ? null : entry.at - (entry.at % MINUTE);
  const line = encodeLine(fieldsOf({ ...entry, at }));
  readEntry(line);
  const signature = await sign(signer, joined(LABEL, line));
  return await seal(fill(signed(line, signature), ENTRY_BUCKET), [recipient]);
}

/** The entry; null where it is not addressed to this tip's key. Throws Unusable where it is broken. */
export async function openEntry(sealed: Uint8Array, identity: string): Promise<OpenedEntry | null> {
  const plain = await open(sealed, identity);
  if (!plain) return null;
  const { line, signature, filling } = splitSigned(plain);
  checkFilling(filling, plain.length, ENTRY_BUCKET);
  return { entry: readEntry(line), line, signature };
}

/** The entry. Throws Tampered unless `verifyKey` signed it. */
export async function verified(opened: OpenedEntry, verifyKey: Uint8Array | null): Promise<Entry> {
  if (!verifyKey || !(await verify(verifyKey, opened.signature, joined(LABEL, opened.line))))
    throw new Tampered("entry: signature");
  return opened.entry;
}

/** True where both places are one. */
export function samePlace(one: Place, other: Place): boolean {
  return (
    one.site === other.site && one.seq === other.seq && same(one.tip, other.tip) && same(one.prev, other.prev)
  );
}

function readOpening(fields: Fields): Opening {
  const reporter = fields.part("reporter");
  reporter.expect(["recipient", "verify"]);
  checkRecipient(reporter.text("recipient"));
  return {
    unit: fields.text("unit"),
    box: fields.maybeText("box"),
    category: fields.maybeText("category"),
    recipient: reporter.text("recipient"),
    verifyKey: reporter.raw("verify", KEY),
    sheet: fields.number("sheet"),
    passed: fields.maybeShown("passed"),
  };
}

function contentNames(kind: Kind): string[] {
  if (kind === "opening") return OPENING;
  if (isMediaKind(kind)) return ["media"];
  if (kind === "forward") return ["to", "text"];
  if (kind === "rekey") return ["recipient"];
  if (kind === "case") return ["case", "text"];
  return [kind === "place" ? "place" : "text"];
}

/** The field that may be there or not, of kinds other than the reporter's parts. */
const OPTIONAL: Partial<Record<Kind, string>> = { opening: "passed", case: "of", rekey: "instead" };

function readKind(fields: Fields): Kind {
  const kind = KINDS.find((known) => known === fields.text("kind"));
  if (!kind) throw new Unusable("entry: unknown kind");
  return kind;
}

/** The question; one that is not known here is passed over. */
function readAbout(fields: Fields): About | null {
  const about = fields.text("about");
  return ABOUTS.find((known) => known === about) ?? null;
}

function readEntry(line: Uint8Array): Entry {
  const fields = Fields.parse(line);
  const kind = readKind(fields);
  const by = fields.text("by");
  const own = by === REPORTER;
  if (!by || own !== REPORTER_KINDS.includes(kind)) throw new Unusable("entry: not this author's kind");
  const optional = OPTIONAL[kind] ?? (own ? "about" : null);
  const tag = optional !== null && fields.has(optional) ? [optional] : [];
  fields.expect([...COMMON, own ? "day" : "at", ...tag, ...contentNames(kind)]);
  const entry = {
    place: {
      site: fields.text("site"),
      tip: fields.raw("tip", TIP),
      seq: fields.number("seq"),
      prev: fields.raw("prev", DIGEST),
    },
    kind,
    by,
    day: own ? fields.day("day") : null,
    at: own ? null : fields.number("at"),
    text: contentNames(kind).includes("text") ? fields.text("text") : null,
    media: isMediaKind(kind) ? readMedia(fields.part("media"), kind) : null,
    coordinates: kind === "place" ? readPlace(fields.part("place")) : null,
    opening: kind === "opening" ? readOpening(fields) : null,
    about: tag.includes("about") ? readAbout(fields) : null,
    to: kind === "forward" ? fields.shown("to") : null,
    recipient: kind === "rekey" ? fields.text("recipient") : null,
    case: kind === "case" ? fields.text("case") : null,
    of: tag.includes("of") ? fields.shown("of") : null,
    ...(tag.includes("instead") ? { instead: fields.number("instead") } : {}),
  };
  check(entry);
  return entry;
}

function check(entry: Entry): void {
  if ((entry.kind === "opening") !== (entry.place.seq === 0))
    throw new Unusable("entry: opening out of place");
  if ((entry.at ?? 0) % MINUTE !== 0) throw new Unusable("entry: not a whole minute");
  if (entry.to === "" || entry.opening?.passed === "") throw new Unusable("entry: a unit without a code");
  if (entry.recipient !== null) checkRecipient(entry.recipient);
  const { instead } = entry;
  if (instead !== undefined && !(instead > 0 && instead < entry.place.seq))
    throw new Unusable("entry: in place of nothing");
  if (entry.kind === "state" && !STATES.includes(entry.text)) throw new Unusable("entry: unknown state");
  if (entry.case !== null && !CASES.some((known) => known === entry.case))
    throw new Unusable("entry: unknown act of a case");
  if (entry.of !== null && entry.case !== "duplicate") throw new Unusable("entry: unknown act of a case");
}
