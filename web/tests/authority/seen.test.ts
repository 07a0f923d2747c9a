/** What a person said of a line holds for that line whole: another day to end on is another line. */
import { expect, it } from "vitest";
import { type Case, keyOf, seenOf } from "../../src/authority/requests.ts";
import { type Officer, readDraft } from "../../src/crypto/sheets.ts";
import { fromBase64url } from "../../src/shared/bytes.ts";
import { type SheetVectors, shared } from "../desk/vectors.ts";

const [first] = shared<SheetVectors>("crypto/vectors/sheets.json").cases;
const body = fromBase64url(first?.body ?? "");
const sheet = readDraft(body.subarray(0, body.indexOf(10)));
const [line] = sheet.officers;
if (!line) throw new Error("a sheet without officers");

function caseOf(change: Partial<Officer>, unit: Partial<typeof sheet> = {}): Case {
  const officers = [{ ...(line as Officer), ...change }, ...sheet.officers.slice(1)];
  return { file: "r.json", sheet: { ...sheet, ...unit, officers }, last: null, done: false };
}

function same(before: Case, now: Case, key: string): boolean {
  const [was, is] = [seenOf([before]).get(key), seenOf([now]).get(key)];
  expect(was).toBeTypeOf("string");
  return was === is;
}

const officer = keyOf(sheet.unit, line.serial);

it.each([
  ["the end of his time", { to: (line.to ?? sheet.expires) + 1 }],
  ["the beginning of his time", { from: line.from + 1 }],
  ["his role", { role: "chief-of-all" }],
  ["his account", { officer: "somebody-else" }],
  ["his signing key", { signingKey: new Uint8Array(32).fill(9) }],
])("%s is part of it", (_, change) => {
  expect(same(caseOf({}), caseOf({}), officer)).toBe(true);
  expect(same(caseOf({}), caseOf(change), officer)).toBe(false);
  expect(same(caseOf({}), caseOf(change), keyOf(sheet.unit))).toBe(true);
});

it.each([
  ["name", { name: "another" }],
  ["unit above", { parent: "99" }],
  ["installation", { site: "ff00" }],
])("a unit's %s is part of it", (_, change) => {
  expect(same(caseOf({}), caseOf({}, change), keyOf(sheet.unit))).toBe(false);
});
