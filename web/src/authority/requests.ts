/**
 * Requests for unit sheets, held against what was signed for the unit before. The same rules, in the same order, as the
 * command's (bot/service/authority/requests.py); tests hold one to the other.
 *
 * A request comes from a server that may be somebody else's by now. Whatever it says is compared by people, known from a
 * sheet signed before, or refused: numbers, dates and the recovery identity are never taken on trust.
 */
import { same } from "../crypto/bytes.ts";
import { SealError } from "../crypto/errors.ts";
import { fingerprint } from "../crypto/fingerprint.ts";
import { LIFETIME, type Officer, readDraft, type Sheet } from "../crypto/sheets.ts";
import { toBase64url } from "../shared/bytes.ts";
import type { Named } from "../shared/zipping.ts";
import type { Office } from "./office.ts";
import { NotAccepted, type Why, whyOf } from "./refusal.ts";
import { isArchive, LARGEST, MOST, readArchive } from "./zip.ts";

/** How files of requests end. */
export const ENDING = ".json";
/** Seconds by which the server's clock may be before this machine's. */
const AHEAD = 24 * 3600;
/** By how much a number may be higher than the last one: with the highest there is no next sheet would count. */
const FARTHEST = 1_000;
const PLAIN = /^[0-9A-Za-z-]{1,64}$/;

/** A request: the sheet as it would be signed, the last one signed here, and whether it was signed already. */
export interface Case {
  file: string;
  sheet: Sheet;
  last: Sheet | null;
  done: boolean;
}

/** A file that is not worked on, and why. */
export interface Refusal {
  file: string;
  why: Why;
  unit: string;
  name: string;
}

/** How a unit, or an officer of one, is known while it is compared. */
export function keyOf(unit: string, serial = ""): string {
  return serial ? `u${unit}-${serial}` : `u${unit}`;
}

/** True where both lines say the same of the same keys. */
export function sameLine(one: Officer, other: Officer): boolean {
  const { serial, officer, role, recipient, signingKey, from, to } = one;
  return (
    serial === other.serial &&
    officer === other.officer &&
    role === other.role &&
    recipient === other.recipient &&
    same(signingKey, other.signingKey) &&
    from === other.from &&
    to === other.to
  );
}

/** Whose line does not stand, just so, on the last sheet: nobody has compared it. */
export function newOn({ sheet, last, done }: Case): Officer[] {
  if (done) return [];
  return sheet.officers.filter((line) => !last?.officers.some((known) => sameLine(known, line)));
}

/** Who is on the last sheet and, by account, not on this one. */
export function goneFrom({ sheet, last }: Case): Officer[] {
  return (last?.officers ?? []).filter((line) => !sheet.officers.some((one) => one.officer === line.officer));
}

/** Who is on this sheet though his time there is over. */
export function endedOn({ sheet }: Case, now: number): Officer[] {
  return sheet.officers.filter((line) => line.to !== null && line.to <= now);
}

/** What the unit itself is other than before; empty if nothing. */
export function changesOf({ sheet, last, done }: Case): Why[] {
  if (done) return [];
  if (!last) return [{ key: "auth-first" }];
  const name: Why = { key: "auth-name-was", args: { was: last.name } };
  const parent: Why = last.parent
    ? { key: "auth-parent-was", args: { was: last.parent } }
    : { key: "auth-parent-none" };
  return [...(last.name === sheet.name ? [] : [name]), ...(last.parent === sheet.parent ? [] : [parent])];
}

/**
 * What a person looks at and says of, by `keyOf`: the whole line of everybody nobody has compared, and what a unit is other
 * than before. What he said holds for these very words: not for the same keys with another day to end on.
 */
export function seenOf(cases: readonly Case[]): Map<string, string> {
  const seen = new Map<string, string>();
  for (const one of cases) {
    const { site, unit, name, parent, demo } = one.sheet;
    const about = { site, name, parent, demo };
    if (changesOf(one).length > 0) seen.set(keyOf(unit), JSON.stringify([about, changesOf(one)]));
    for (const line of newOn(one)) {
      const keys = { ...line, signingKey: toBase64url(line.signingKey) };
      seen.set(keyOf(unit, line.serial), JSON.stringify([about, keys]));
    }
  }
  return seen;
}

/** The twenty digits of an officer's keys, in groups of five. */
export function digitsOf(sheet: Sheet, line: Officer): Promise<string> {
  const { recipient, signingKey, officer, role } = line;
  return fingerprint({ recipient, signingKey, officer, role, unit: sheet.unit, site: sheet.site });
}

/** The files that were given, an archive as what it holds, by name. Throws NotAccepted where there is nothing of use. */
export async function unpack(given: readonly Named[], ending = ENDING): Promise<Named[]> {
  const found: Named[] = [];
  for (const file of given) {
    const inside = isArchive(file.body) ? await readArchive(file.name, file.body, ending) : [file];
    if (inside.length === 0) throw new NotAccepted("auth-no-file", { file: file.name, ending });
    found.push(...inside);
  }
  if (found.length > MOST) throw new NotAccepted("auth-no-many");
  const numbers = new Intl.Collator("en", { numeric: true });
  return found.sort((a, b) => numbers.compare(a.name, b.name));
}

/** Requests to work on, and those that are refused; of several for one unit all. */
export async function openCases(
  office: Office,
  files: readonly Named[],
): Promise<{ cases: Case[]; refused: Refusal[] }> {
  const { read, refused } = readAll(files);
  const cases: Case[] = [];
  for (const { file, sheet } of read) {
    try {
      if (read.filter((one) => one.sheet.unit === sheet.unit).length > 1)
        throw new NotAccepted("auth-no-several");
      cases.push(await openCase(office, file, sheet));
    } catch (error) {
      refused.push({ file, why: whyOf(error), unit: sheet.unit, name: sheet.name });
    }
  }
  return { cases, refused };
}

function readAll(files: readonly Named[]): { read: { file: string; sheet: Sheet }[]; refused: Refusal[] } {
  const read: { file: string; sheet: Sheet }[] = [];
  const refused: Refusal[] = [];
  for (const { name, body } of files) {
    try {
      if (body.length > LARGEST) throw new NotAccepted("auth-no-large", { file: name });
      read.push({ file: name, sheet: readRequest(body) });
    } catch (error) {
      refused.push({ file: name, why: whyOf(error), unit: "", name: "" });
    }
  }
  return { read, refused };
}

/** What a request asks for. Throws NotAccepted where the file is none. */
export function readRequest(body: Uint8Array): Sheet {
  try {
    const sheet = readDraft(body);
    if (PLAIN.test(sheet.site) && PLAIN.test(sheet.unit)) return sheet;
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
  }
  throw new NotAccepted("auth-no-request");
}

async function openCase(office: Office, file: string, sheet: Sheet): Promise<Case> {
  office.checkLiving(sheet.site, sheet.unit);
  const last = office.newest(sheet.site, sheet.unit)?.sheet ?? null;
  if (last && isAnswered(sheet, last)) return { file, sheet: last, last, done: true };
  checkDates(sheet, office.now);
  checkNumber(sheet, last?.n ?? 0, last !== null);
  if (last && last.demo !== sheet.demo) throw new NotAccepted("auth-no-demo");
  if (!sameUnits(sheet.goesOnFor, last?.goesOnFor ?? [])) throw new NotAccepted("auth-no-goes-on");
  return { file, sheet: { ...sheet, recovery: await recoveryFor(office, sheet, last) }, last, done: false };
}

function sameUnits(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((unit, place) => unit === others[place]);
}

/** True where the last sheet is the answer to this request, perhaps without some of its officers. */
function isAnswered(sheet: Sheet, last: Sheet): boolean {
  const held = last.officers.every((line) => sheet.officers.some((one) => sameLine(one, line)));
  return sheet.n === last.n && sheet.issued === last.issued && held;
}

function checkDates(sheet: Sheet, now: number): void {
  if (sheet.issued > now + AHEAD || sheet.expires > now + AHEAD + LIFETIME)
    throw new NotAccepted("auth-no-day");
  if (sheet.expires <= now) throw new NotAccepted("auth-no-old");
}

function checkNumber(sheet: Sheet, before: number, signed: boolean): void {
  const numbers = { n: String(sheet.n), before: String(before) };
  if (signed && sheet.n <= before) throw new NotAccepted("auth-no-number", numbers);
  if (sheet.n > before + FARTHEST) throw new NotAccepted("auth-no-far", numbers);
}

async function recoveryFor(office: Office, sheet: Sheet, last: Sheet | null): Promise<string | null> {
  const before = last?.recovery ?? null;
  const own = (await office.recoveryOf(sheet.unit)) ?? before;
  if (![null, own, before].includes(sheet.recovery)) throw new NotAccepted("auth-no-recovery");
  return own;
}
