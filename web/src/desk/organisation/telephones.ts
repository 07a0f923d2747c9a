/**
 * What a number is while it is typed: of which kind it will be, and how many digits that kind has.
 *
 * The server's rule (handlers/telephones.py) decides; both are held to the same examples.
 */

export type NumberKind = "short" | "mobile" | "landline" | "network" | "free" | "paid";

export interface Typed {
  kind: NumberKind | null;
  /** In groups, as people read it out; null while it is no number yet. */
  shown: string | null;
  /** Digits so far. */
  digits: number;
}

const AREAS = "0[3-9]|1[0-689]|2[0-25-9]|3[2-9]|5[124-9]|6[0-39]|7[0-7]|9[0-4679]";
const FORMS: readonly (readonly [NumberKind, RegExp, readonly number[]])[] = [
  ["short", /^(?:11\d|156|10\d\d)$/, []],
  ["mobile", /^0[35789]\d{8}$/, [4, 3, 3]],
  ["landline", /^02[48]\d{8}$/, [3, 4, 4]],
  ["landline", new RegExp(`^02(?:${AREAS})\\d{7}$`), [4, 3, 4]],
  ["network", /^069\d{7}$/, [3, 3, 4]],
  ["network", /^080\d{5}$/, [3, 5]],
  ["free", /^1800\d{6}$/, [4, 3, 3]],
  ["free", /^1800\d{4,5}$/, [4, 5]],
  ["paid", /^1900\d{6}$/, [4, 3, 3]],
  ["paid", /^1900\d{4,5}$/, [4, 5]],
];
const BEGINNINGS: readonly (readonly [NumberKind, RegExp])[] = [
  ["network", /^069/],
  ["landline", /^02/],
  ["mobile", /^0[35789]/],
  ["free", /^1800/],
  ["paid", /^1900/],
];
const BETWEEN = /[\s.()\-\u2010-\u2015]+/g;
const COUNTRY = /^(?:\+84|0084|84(?=\d{9,10}$))0?(\d+)$/;

function national(plain: string): string {
  const rest = COUNTRY.exec(plain)?.[1];
  if (rest === undefined) return plain;
  return rest.startsWith("1") ? rest : `0${rest}`;
}

function grouped(digits: string, groups: readonly number[]): string {
  const ends = groups.map((_, at) => groups.slice(0, at + 1).reduce((sum, one) => sum + one, 0));
  return ends.map((end, at) => digits.slice(ends[at - 1] ?? 0, end)).join(" ") || digits;
}

/** What has been typed so far. */
export function typed(text: string): Typed {
  const plain = national(text.normalize("NFKC").replace(BETWEEN, ""));
  if (!/^[0-9]+$/.test(plain)) return { kind: null, shown: null, digits: plain.length };
  const whole = FORMS.find(([, form]) => form.test(plain));
  if (whole) return { kind: whole[0], shown: grouped(plain, whole[2]), digits: plain.length };
  const kind = BEGINNINGS.find(([, begins]) => begins.test(plain))?.[0] ?? null;
  return { kind, shown: null, digits: plain.length };
}
