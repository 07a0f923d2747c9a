/**
 * Passphrases and recovery words, from one list of 2,048 Vietnamese words that stay unique without their marks. Loaded
 * where one is made or typed: nobody who logs in on his own machine needs the list.
 */
import list from "../../../crypto/words.txt?raw";
import { type Bytes, joined, sha256, toBigInt } from "./bytes.ts";
import { Unusable } from "./errors.ts";
import { fold } from "./folding.ts";

/** The list, in order: position is value. A compound is joined with a hyphen. */
export const WORDS: readonly string[] = list.trim().split("\n");

const COUNT = 2048;
const BITS = 11n;
const PASSPHRASE = 5;
const RECOVERY = 24;
const SECRET = 32;

const positions = new Map(WORDS.map((word, position) => [fold(word), position]));

/** Five random words with spaces between them: 55 bits. */
export function newPassphrase(): string {
  const picks = crypto.getRandomValues(new Uint16Array(PASSPHRASE));
  return [...picks].map((pick) => WORDS[pick % COUNT]).join(" ");
}

/** The 24 words of a 32-byte secret; the last one carries 8 bits of its SHA-256. */
export async function recoveryWords(secret: Uint8Array): Promise<string[]> {
  if (secret.length !== SECRET) throw new Unusable("recovery words: length");
  const number = toBigInt(joined(secret, (await sha256(secret)).subarray(0, 1)));
  return Array.from({ length: RECOVERY }, (_, at) => {
    const position = (number >> (BITS * BigInt(RECOVERY - 1 - at))) & BigInt(COUNT - 1);
    return WORDS[Number(position)] ?? "";
  });
}

/** The secret back, with or without marks. Throws Unusable for a wrong count, an unknown word or a wrong check. */
export async function secretFromWords(typed: readonly string[]): Promise<Bytes> {
  let number = 0n;
  for (const word of typed) {
    const position = positions.get(fold(word));
    if (position === undefined || typed.length !== RECOVERY)
      throw new Unusable("recovery words: unknown or wrong count");
    number = (number << BITS) | BigInt(position);
  }
  const secret = new Uint8Array(SECRET);
  for (let at = SECRET - 1, rest = number >> 8n; at >= 0; at -= 1, rest >>= 8n)
    secret[at] = Number(rest & 0xffn);
  const [check] = await sha256(secret);
  if (typed.length === 0 || BigInt(check ?? 0) !== (number & 0xffn))
    throw new Unusable("recovery words: check");
  return secret;
}
