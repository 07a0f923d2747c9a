/** Ed25519 by WebCrypto. Who may sign what is the business of sheets.ts and entries.ts. */
import { fromBase64url } from "../shared/bytes.ts";
import { type Bytes, copied, joined } from "./bytes.ts";
import { Unusable } from "./errors.ts";

/** Bytes of a seed and of a verify key. */
export const KEY = 32;

/** PKCS #8 around a 32-byte Ed25519 seed (RFC 8410). */
const PKCS8 = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

function imported(seed: Uint8Array, extractable: boolean): Promise<CryptoKey> {
  if (seed.length !== KEY) throw new Unusable("signing key: length");
  return crypto.subtle.importKey("pkcs8", joined(new Uint8Array(PKCS8), seed), "Ed25519", extractable, [
    "sign",
  ]);
}

/** A signing key that can sign and not be read back. Throws Unusable for a seed of another length than 32. */
export async function signer(seed: Uint8Array): Promise<CryptoKey> {
  return await imported(seed, false);
}

/** The 32-byte public key of a seed. */
export async function verifyKeyOf(seed: Uint8Array): Promise<Bytes> {
  const { x } = await crypto.subtle.exportKey("jwk", await imported(seed, true));
  return fromBase64url(x ?? "");
}

/** The 64-byte signature. `message` starts with a label of its own use. */
export async function sign(key: CryptoKey, message: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign("Ed25519", key, copied(message)));
}

/** True where `signature` over `message` was made with the private half of `verifyKey`. */
export async function verify(
  verifyKey: Uint8Array,
  signature: Uint8Array,
  message: Uint8Array,
): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey("raw", copied(verifyKey), "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", key, copied(signature), copied(message));
  } catch {
    return false;
  }
}
