/** Typed receipts: found in the page, stretched in the page. The code itself is never sent. */
import { toBase64url } from "../shared/bytes.ts";

/** What `recognise` says of a typed text: a good code, a mistyped one by its digits, or null for anything else. */
export type Typed = { code: string } | { count: number } | null;

/** A stretched code as the server takes it. */
export interface Key {
  lookup: string;
  seed: string;
}

/** Receipts as the chat needs them; the arithmetic is loaded when first used. */
export interface Receipts {
  recognise(text: string): Typed | Promise<Typed>;
  stretch(code: string, salt: Uint8Array): Promise<Key>;
}

/** Anything shorter than this holds no code, so that the arithmetic need not be loaded to know. */
const FEWEST_DIGITS = 20;

/** Digits of a code. */
export const CODE_DIGITS = 24;

/** True where a text holds digits enough to be worth a look. */
export function mayHoldCode(text: string): boolean {
  return (text.normalize("NFKC").match(/\d/g)?.length ?? 0) >= FEWEST_DIGITS;
}

/** So many digits, where a code was asked for, are one that went wrong: they stay in the page. */
const FEWEST_TYPO = 8;

/** Most digits a count tells of; the server takes no more. */
const MOST_TOLD = 99;

/** How many digits a text has that is mostly digits, eight or more; null for words. */
export function digitsOf(text: string): number | null {
  const plain = text.normalize("NFKC");
  const digits = plain.match(/\d/g)?.length ?? 0;
  const letters = plain.match(/\p{L}/gu)?.length ?? 0;
  return digits >= FEWEST_TYPO && digits > letters ? Math.min(digits, MOST_TOLD) : null;
}

/** A mistyped code to mend: its digits by four, or the text as it stands where it has words too. */
export function toMend(text: string): string {
  const plain = text.normalize("NFKC");
  return /\p{L}/u.test(plain) ? text : (plain.replace(/\D/g, "").match(/\d{1,4}/g) ?? []).join(" ");
}

/** The product's receipts, from the module shared with the console. */
export const receipts: Receipts = {
  async recognise(text) {
    const found = (await import("../crypto/receipts.ts")).recognise(text);
    if (!found) return null;
    return "code" in found ? { code: found.code } : { count: found.count };
  },
  async stretch(code, salt) {
    const stretched = await (await import("../crypto/receipts.ts")).stretch(code, salt);
    const key = { lookup: toBase64url(stretched.lookup), seed: toBase64url(stretched.seed) };
    stretched.seed.fill(0);
    return key;
  },
};
