/**
 * The 24-digit receipt in the page: recognised and stretched here, so that the code itself is never sent.
 *
 * Imports Argon2id alone: the residents' page stays small.
 */
import { argon2id } from "hash-wasm";
import { type Bytes, copied } from "./bytes.ts";

/** A well-formed receipt: 24 digits with a good check digit. */
export interface Good {
  code: string;
}

/** 20–28 digits and nothing else that are no receipt: how many. 24 means a wrong digit. */
export interface Mistyped {
  count: number;
}

/** What a receipt stands for: the id under which its grant is stored, and the seed that is never stored. */
export interface Stretched {
  lookup: Bytes;
  seed: Bytes;
}

const LENGTH = 24;
const GROUP = 4;
const FEWEST = 20;
const MOST = 28;

/** Memory (KiB) and passes of the stretching, one lane: OWASP's minimum for Argon2id. */
export const ARGON2 = { memorySize: 19 * 1024, iterations: 2, parallelism: 1 } as const;

/** Damm's quasigroup of order 10: catches every single wrong digit and every swap of neighbours. */
const DAMM = [
  "0317598642",
  "7092154863",
  "4206871359",
  "1750983426",
  "6123045978",
  "3674209581",
  "5869720134",
  "8945362017",
  "9438617205",
  "2581436790",
];

/** Spaces and what shows nothing, which copying brings along; then dots and dashes. */
const SEPARATOR =
  "[\\t\\n\\r \\u00a0\\u00ad\\u2000-\\u200f\\u2028-\\u202f\\u2060-\\u206f\\u3000\\ufeff.\\u00b7\\u3002\\uff0e\\u2010-\\u2015\\u2212\\uff0d-]";
const NUMBER = new RegExp(`[0-9](?:${SEPARATOR}*[0-9])*`, "g");
const SEPARATORS = new RegExp(SEPARATOR, "g");
const FULL_WIDTH = /[\uff10-\uff19]/g;

function damm(digits: string): string {
  let check = "0";
  for (const digit of digits) check = DAMM[Number(check)]?.[Number(digit)] ?? "";
  return check;
}

function isGood(digits: string): boolean {
  return digits.length === LENGTH && damm(digits) === "0";
}

/** The receipt as shown: six groups of four. */
export function grouped(code: string): string {
  return code.match(new RegExp(`.{1,${GROUP}}`, "g"))?.join(" ") ?? "";
}

/**
 * Is this message a receipt?
 *
 * Good: 24 digits with a good check digit, alone or as the only long number (20 digits or more) of the text; spaces,
 * dots, dashes and full-width digits are allowed. Mistyped: 20–28 digits, nothing else, and not good. Else null.
 */
export function recognise(text: string): Good | Mistyped | null {
  const plain = text.replace(FULL_WIDTH, (digit) => String(digit.charCodeAt(0) - 0xff10));
  const numbers = (plain.match(NUMBER) ?? []).map((found) => found.replace(SEPARATORS, ""));
  const long = numbers.filter((number) => number.length >= FEWEST);
  const [code] = long;
  if (code === undefined || long.length > 1) return null;
  if (isGood(code)) return { code };
  const alone = plain.replace(SEPARATORS, "") === code;
  return alone && code.length <= MOST ? { count: code.length } : null;
}

/** Lookup id and seed of a receipt under the site's public salt (8 bytes or more). A moment's work and 19 MiB. */
export async function stretch(code: string, salt: Uint8Array): Promise<Stretched> {
  const stretched = await argon2id({ password: code, salt, ...ARGON2, hashLength: 64, outputType: "binary" });
  return { lookup: copied(stretched.subarray(0, 32)), seed: copied(stretched.subarray(32)) };
}
