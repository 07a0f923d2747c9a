/** What the worker opened, as the page may see it: plain values, no key and no digest of another's. */
import { CASES } from "../../crypto/acts.ts";
import type { Media } from "../../crypto/contents.ts";
import type { Entry, Opening } from "../../crypto/entries.ts";
import { REPORTER } from "../../crypto/entries.ts";
import type { Officer, Sheet } from "../../crypto/sheets.ts";
import { officerOf } from "../../crypto/sheets.ts";
import type { Found, Reading } from "../../crypto/tips.ts";
import { toBase64url } from "../../shared/bytes.ts";
import type { EntryView, MediaView, Opening as OpeningView, SheetOfficer, SheetView } from "./messages.ts";

function officerView(officer: Officer): SheetOfficer {
  const { role: said } = officer;
  const role = said === "chief" || said === "operator" ? said : "duty";
  return { serial: officer.serial, officer: officer.officer, role, from: officer.from };
}

const DAY = 86_400;
/** Days before a sheet's end from which its unit is warned: `SOON` of `bot/service/endings.py`. */
const WARNED = 14;

/** Days left of a sheet that ends soon; null where there is time, or none left. */
function daysLeft(expires: number, now: number): number | null {
  const left = expires - now;
  return left > 0 && left < WARNED * DAY ? Math.ceil(left / DAY) : null;
}

/** A sheet as shown; `now` in UTC seconds says whether it has expired, or will soon. */
export function sheetView(sheet: Sheet, now: number): SheetView {
  const { n, unit, name, expires, officers, recovery } = sheet;
  return {
    n,
    unit,
    name,
    expires,
    expired: now >= expires,
    ending: daysLeft(expires, now),
    officers: officers.map(officerView),
    recovery: recovery !== null,
  };
}

/** What an opening says; `from` is the name of the unit it went to, where that is another one. */
export function openingView({ unit, box, category, passed }: Opening, from: string | null): OpeningView {
  const told = { ...(from === null ? {} : { from }), ...(passed === null ? {} : { passed }) };
  return { unit, box, category, ...told };
}

function mediaView(media: Media | null): MediaView | null {
  return media && { ...media, sha256: toBase64url(media.sha256) };
}

/** What a unit is called. */
type Naming = (unit: string) => string;

interface Read {
  entry: Entry;
  sound: boolean;
}

/** Who signed, by the sheets; an unknown serial keeps no name. */
function authorView(by: string, sheets: readonly Sheet[]): SheetOfficer | null {
  if (by === REPORTER) return null;
  const officer = officerOf(sheets, by);
  return officer ? officerView(officer) : { serial: by, officer: "", role: "duty", from: 0 };
}

function entryView(seq: number, { entry, sound }: Read, sheets: readonly Sheet[], nameOf: Naming): EntryView {
  const { by, day, at, text, media, coordinates, about, kind, to } = entry;
  return {
    seq,
    kind: kind === "opening" ? "other" : kind,
    by: authorView(by, sheets),
    day,
    at,
    text: text ?? "",
    media: mediaView(media),
    coordinates,
    about,
    to: to === null ? null : nameOf(to),
    done: CASES.find((known) => known === entry.case) ?? null,
    of: entry.of,
    sound,
  };
}

function foundView(
  { entry, sound, shut }: Found,
  seq: number,
  sheets: readonly Sheet[],
  nameOf: Naming,
): EntryView {
  if (entry) return entryView(seq, { entry, sound }, sheets, nameOf);
  const nothing = { text: "", media: null, coordinates: null, about: null, to: null, done: null, of: null };
  return {
    seq,
    kind: "other",
    by: null,
    day: null,
    at: null,
    ...nothing,
    sound: false,
    ...(shut ? { shut } : {}),
  };
}

/** The parts of a thread a person wrote; the opening is told apart from them. */
export function entryViews(reading: Reading, sheets: readonly Sheet[], nameOf: Naming): EntryView[] {
  return reading.found
    .map((found, seq) => foundView(found, seq, sheets, nameOf))
    .filter((view, seq) => view.kind !== "other" || reading.found[seq]?.entry?.kind !== "opening");
}
