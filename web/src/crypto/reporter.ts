/** The reporter's own keys, out of the receipt's seed. Nothing of this is ever stored. */
import { identityFromSeed } from "./age.ts";
import type { Bytes } from "./bytes.ts";
import { derive } from "./labels.ts";

/** The key that opens the reporter's own grant. */
export async function reporterIdentity(seed: Uint8Array, site: string): Promise<string> {
  return identityFromSeed(await derive(seed, site, "receipt-identity"));
}

/** The seed of the key that signs the reporter's entries. */
export function reporterSigningSeed(seed: Uint8Array, site: string): Promise<Bytes> {
  return derive(seed, site, "receipt-signing");
}
