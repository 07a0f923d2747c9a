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

/** True where a text holds digits enough to be worth a look. */
export function mayHoldCode(text: string): boolean {
  return (text.normalize("NFKC").match(/\d/g)?.length ?? 0) >= FEWEST_DIGITS;
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
