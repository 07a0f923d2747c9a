/** Every derived key has its own label. Owns the one HKDF call; never called with two uses under one label. */
import { type Bytes, copied, utf8 } from "./bytes.ts";

/** `v` of everything sealed or signed by this version (crypto/FORMAT.md). */
export const VERSION = 1;

/** `length` bytes of HKDF-SHA256 over `secret`, no salt, labelled `hopthu/v1/<site>/<use>`. */
export async function derive(secret: Uint8Array, site: string, use: string, length = 32): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", copied(secret), "HKDF", false, ["deriveBits"]);
  const info = utf8(`hopthu/v1/${site}/${use}`);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, length * 8));
}
