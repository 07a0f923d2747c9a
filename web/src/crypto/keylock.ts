/**
 * The lock on the authority's key: its seed sealed under a passphrase alone (crypto/FORMAT.md "Authority's key"). Owns
 * what such a file says, as crypto/keylock.py does.
 */
import { type Bytes, copied, joined, utf8 } from "./bytes.ts";
import { Unusable } from "./errors.ts";
import { derive } from "./labels.ts";
import { KEY } from "./signing.ts";
import { SALT, stretchPassphrase } from "./stretching.ts";

const FORMAT = 1;
const NONCE = 12;
const TAG = 16;
const BOUND = utf8("hopthu/v1/authority-key");

/** Bytes of a locked key's file; an open one has `KEY`. */
export const LOCKED = 1 + SALT + NONCE + KEY + TAG;

/** The file of a locked key. */
export async function lockSeed(seed: Bytes, passphrase: string): Promise<Bytes> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT));
  const iv = crypto.getRandomValues(new Uint8Array(NONCE));
  const lock = await lockOf(passphrase, salt);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: BOUND }, lock, seed);
  return joined(new Uint8Array([FORMAT]), salt, iv, new Uint8Array(sealed));
}

/** The seed; null where the passphrase is another, or a byte was changed. Throws Unusable for another format. */
export async function unlockSeed(locked: Uint8Array, passphrase: string): Promise<Bytes | null> {
  if (locked.length !== LOCKED || locked[0] !== FORMAT) throw new Unusable("authority's key: unknown format");
  const lock = await lockOf(passphrase, locked.subarray(1, 1 + SALT));
  const iv = copied(locked.subarray(1 + SALT, 1 + SALT + NONCE));
  const sealed = copied(locked.subarray(1 + SALT + NONCE));
  try {
    const how = { name: "AES-GCM", iv, additionalData: BOUND };
    return new Uint8Array(await crypto.subtle.decrypt(how, lock, sealed));
  } catch {
    return null;
  }
}

async function lockOf(passphrase: string, salt: Uint8Array): Promise<CryptoKey> {
  const stretched = await stretchPassphrase(passphrase, salt);
  const raw = await derive(stretched, "-", "authority-lock");
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  stretched.fill(0);
  raw.fill(0);
  return key;
}
