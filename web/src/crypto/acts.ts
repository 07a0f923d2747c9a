/**
 * One record of the audit chain: its written form, and whose signature it must carry.
 *
 * Owns the bytes of one record and the closed list of what a record may tell: it holds no word of anybody's, no
 * minute, no reporter's act. Whether records follow each other is the business of audit.ts.
 */
import { toBase64url } from "../shared/bytes.ts";
import { type Bytes, joined, same, sha256, utf8 } from "./bytes.ts";
import { Unusable } from "./errors.ts";
import { VERSION } from "./labels.ts";
import { sign, verify } from "./signing.ts";
import { encodeLine, Fields, signed, splitSigned } from "./wire.ts";

/** Signed by the officer's sheet key, or by the server that saw it. */
export type ActKind = "officer" | "observed";

/** A record's time is a whole hour, in UTC seconds. */
export const HOUR = 3600;

/** An officer's act before: its number and the SHA-256 of its record. */
export interface Own {
  n: number;
  record: Bytes;
}

/** A field of a detail: a number, a word of a fixed list, a unit's code, a digest. */
export type DetailValue = number | string | Bytes;

/** What one record says; see FORMAT.md. */
export interface ChainAct {
  site: string;
  unit: string;
  n: number;
  head: Bytes;
  kind: ActKind;
  officer: string | null;
  serial: string | null;
  act: string;
  tip: Bytes | null;
  detail: Record<string, DetailValue>;
  own: Own | null;
  hour: number;
}

/** A record as found, its form checked, its signature not yet. */
export interface ChainRecord {
  act: ChainAct;
  body: Bytes;
  line: Bytes;
  signature: Bytes;
}

const LABELS = { officer: utf8("hopthu/v1/act\n"), observed: utf8("hopthu/v1/observed\n") };
const ENTRY = ["seq", "entry"] as const;
const ARRANGED = ["list", "change"] as const;
/** What is arranged of an organisation, list by list. */
export const LISTS = [
  "units",
  "hamlets",
  "boxes",
  "hotlines",
  "roster",
  "swaps",
  "holidays",
  "officers",
] as const;
/** What may be done with a tip: the status it leads to, or a step within one. */
export const CASES = [
  "received",
  "classified",
  "verifying",
  "investigation",
  "competent",
  "handled",
  "insufficient",
  "suspended",
  "duplicate",
  "false",
  "abusive",
  "closed",
  "report",
  "notify",
  "complex",
  "extend",
  "hold",
  "release",
  "settle",
] as const;
const KNOWN = {
  officer: {
    open: [],
    take: ENTRY,
    "take-over": [...ENTRY, "reason"],
    question: ENTRY,
    "ask-identity": ENTRY,
    answer: ENTRY,
    state: [...ENTRY, "state"],
    arrange: ARRANGED,
    forward: [...ENTRY, "to", "grants"],
    give: ["reader", "grants"],
    "hand-over": ["reader", "grants", "count"],
    "take-back": ["reader"],
    rekey: [...ENTRY, "grants"],
    recovered: ["count", "grants", "recovery"],
    case: [...ENTRY, "case"],
    export: ["purpose", "manifest"],
  },
  observed: {
    login: [],
    "login-failed": ["count"],
    logout: [],
    enrol: [],
    invite: [],
    remove: [],
    sheet: ["sheet"],
    merge: ["into"],
    keys: ["file"],
    arrange: ARRANGED,
    forwarded: [...ENTRY, "from"],
    passkey: [],
    "passkey-off": [],
    acknowledged: ["count"],
    "passed-duty": ["count"],
    register: ["year", "purpose"],
    link: [],
    unlink: [],
    erased: ["count"],
  },
} as const satisfies Record<ActKind, Record<string, readonly string[]>>;
/** Every act by its name: what shows records has a line for each. */
export type ActName = keyof typeof KNOWN.officer | keyof typeof KNOWN.observed;
/** Every act by who vouches for it, and the fields of its detail in order. */
export const DETAILS: Record<ActKind, Record<string, readonly string[]>> = KNOWN;
/** What a field of a detail that is a word may say. */
export const WORDS: Record<string, readonly string[]> = {
  reason: ["shift", "absent", "asked", "other"],
  state: ["received", "verify", "need", "closed"],
  file: ["master", "audit"],
  list: LISTS,
  case: CASES,
  purpose: ["inspection", "report", "file", "other"],
};
const NUMBERS = ["seq", "count", "sheet", "year"];
const DIGESTS = ["entry", "change", "grants", "recovery", "manifest"];
const UNITS = ["to", "from", "into"];
/** Serials of the unit's sheets. */
const PEOPLE = ["reader"];
/** Officers' acts about no single tip. */
const TIPLESS = ["arrange", "hand-over", "recovered"];
/** Observed acts about one tip. */
const OF_A_TIP = ["forwarded", "erased"];
const FIELDS = [
  "v",
  "site",
  "unit",
  "n",
  "head",
  "kind",
  "officer",
  "serial",
  "act",
  "tip",
  "detail",
  "own",
  "hour",
];
const TIP = 16;
const DIGEST = 32;

/** SHA-256 of a record's bytes: what the next one names as its head. */
export function recordDigest(body: Uint8Array): Promise<Bytes> {
  return sha256(body);
}

/** The record: a line of JSON and the signature over it. Throws Unusable for what no record may say. */
export async function signAct(act: ChainAct, signer: CryptoKey): Promise<Bytes> {
  const line = lineOf(act);
  readLine(line);
  return signed(line, await sign(signer, joined(LABELS[act.kind], line)));
}

/** A record whose signature is not checked yet. Throws Unusable for any other form, even of the same meaning. */
export function readRecord(body: Uint8Array): ChainRecord {
  const { line, signature, filling } = splitSigned(body);
  if (filling.length > 0) throw new Unusable("record: something after it");
  return { act: readLine(line), body: new Uint8Array(body), line, signature };
}

/** True where the holder of this key signed it, as this kind of record. */
export function signedBy(record: ChainRecord, verifyKey: Uint8Array): Promise<boolean> {
  return verify(verifyKey, record.signature, joined(LABELS[record.act.kind], record.line));
}

function written(value: DetailValue): number | string {
  return value instanceof Uint8Array ? toBase64url(value) : value;
}

function lineOf(act: ChainAct): Bytes {
  const names = DETAILS[act.kind][act.act] ?? [];
  return encodeLine({
    v: VERSION,
    site: act.site,
    unit: act.unit,
    n: act.n,
    head: toBase64url(act.head),
    kind: act.kind,
    officer: act.officer,
    serial: act.serial,
    act: act.act,
    tip: act.tip && toBase64url(act.tip),
    detail: Object.fromEntries(names.map((name) => [name, written(act.detail[name] ?? "")])),
    own: act.own && { n: act.own.n, record: toBase64url(act.own.record) },
    hour: act.hour,
  });
}

function readLine(line: Uint8Array): ChainAct {
  const fields = Fields.parse(line);
  fields.expect(FIELDS);
  const kind = fields.text("kind");
  if (kind !== "officer" && kind !== "observed") throw new Unusable("record: unknown kind");
  const act = fields.text("act");
  const names = Object.hasOwn(DETAILS[kind], act) ? DETAILS[kind][act] : undefined;
  if (!names) throw new Unusable("record: unknown act");
  const found: ChainAct = {
    site: fields.shown("site"),
    unit: fields.shown("unit"),
    n: fields.number("n"),
    head: fields.raw("head", DIGEST),
    kind,
    officer: fields.maybeShown("officer"),
    serial: fields.maybeShown("serial"),
    act,
    tip: fields.has("tip") ? fields.raw("tip", TIP) : null,
    detail: readDetail(fields.part("detail"), names),
    own: fields.has("own") ? readOwn(fields.part("own")) : null,
    hour: fields.number("hour"),
  };
  check(found);
  if (!same(lineOf(found), line)) throw new Unusable("record: written otherwise");
  return found;
}

function readDetail(fields: Fields, names: readonly string[]): Record<string, DetailValue> {
  fields.expect(names);
  return Object.fromEntries(names.map((name) => [name, readValue(fields, name)]));
}

function readValue(fields: Fields, name: string): DetailValue {
  if (NUMBERS.includes(name)) return fields.number(name);
  if (DIGESTS.includes(name)) return fields.raw(name, DIGEST);
  const word = fields.shown(name);
  if ([...UNITS, ...PEOPLE].includes(name) && word) return word;
  if (!WORDS[name]?.includes(word)) throw new Unusable("record: unknown word");
  return word;
}

function readOwn(fields: Fields): Own {
  fields.expect(["n", "record"]);
  return { n: fields.number("n"), record: fields.raw("record", DIGEST) };
}

function check(act: ChainAct): void {
  if (act.n < 1 || act.hour % HOUR !== 0 || (act.officer === null) !== (act.serial === null))
    throw new Unusable("record: number, hour or person");
  if (act.kind === "officer" && ((act.tip === null) !== TIPLESS.includes(act.act) || !act.serial))
    throw new Unusable("record: an officer's act: tip or serial");
  if (act.kind === "observed" && ((act.tip === null) === OF_A_TIP.includes(act.act) || act.own !== null))
    throw new Unusable("record: an observed act: tip or own act");
}
