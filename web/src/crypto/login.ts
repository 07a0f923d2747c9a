/**
 * An officer's keys and their lock: made here, locked under passphrase and device secret, unlocked here.
 *
 * `a = Argon2id(passphrase, salt)`; `auth = HKDF(a, "login")` goes to the server; `lock` needs the device secret too,
 * so that what the server keeps cannot be guessed at. Runs in a worker; what it returns never leaves that worker.
 */
import { fromBase64url, toBase64url } from "../shared/bytes.ts";
import { checkIdentity, generateIdentity, recipientOf } from "./age.ts";
import { type Bytes, copied, joined, utf8 } from "./bytes.ts";
import { Unusable } from "./errors.ts";
import { derive } from "./labels.ts";
import { KEY, signer, verifyKeyOf } from "./signing.ts";
import { encodeLine, Fields } from "./wire.ts";

const FORMAT = 1;
const NONCE = 12;
const LABEL = utf8("hopthu/v1/officer-keys");
/** Login happens before the site is known to a new browser; the salt is each officer's own. */
const SITE = "-";

/** An officer's private keys: for sealing into the locked blob, and for nothing else. */
export interface OfficerKeys {
  identity: string;
  signingSeed: Bytes;
}

/** What others may know of them: the two columns of a unit sheet. */
export interface PublicKeys {
  recipient: string;
  signingKey: Bytes;
}

/** What an unlocked worker holds. */
export interface Unlocked extends PublicKeys {
  identity: string;
  signer: CryptoKey;
}

/** A new device secret: a key that can sign and not be read back, and its 24 words, to be shown once. */
export interface Device {
  secret: CryptoKey;
  words: string[];
}

function deviceKey(raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

/** Makes a device secret. The raw bytes are overwritten before this returns. */
export async function newDevice(): Promise<Device> {
  const raw = crypto.getRandomValues(new Uint8Array(KEY));
  const { recoveryWords } = await import("./passphrases.ts");
  const device = { secret: await deviceKey(raw), words: await recoveryWords(raw) };
  raw.fill(0);
  return device;
}

/** The device secret back from its words. Throws Unusable for words that are none. */
export async function deviceFromWords(words: readonly string[]): Promise<CryptoKey> {
  const { secretFromWords } = await import("./passphrases.ts");
  const raw = await secretFromWords(words);
  const secret = await deviceKey(raw);
  raw.fill(0);
  return secret;
}

/** What proves the passphrase to the server: 32 bytes, stored hashed. */
export function authOf(stretched: Uint8Array): Promise<Bytes> {
  return derive(stretched, SITE, "login");
}

/** The key of the locked blob, from the stretched passphrase and the device secret. */
export async function lockKey(stretched: Uint8Array, device: CryptoKey): Promise<CryptoKey> {
  const bound = new Uint8Array(await crypto.subtle.sign("HMAC", device, copied(stretched)));
  const raw = await derive(bound, SITE, "lock");
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  bound.fill(0);
  raw.fill(0);
  return key;
}

/** The key of the blob that a passkey opens, from the 32 bytes that it derives. They are overwritten. */
export async function passkeyLock(secret: Uint8Array): Promise<CryptoKey> {
  const raw = await derive(secret, SITE, "passkey-lock");
  secret.fill(0);
  const lock = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  raw.fill(0);
  return lock;
}

/** New keys for an officer. */
export async function makeOfficerKeys(): Promise<OfficerKeys> {
  return { identity: await generateIdentity(), signingSeed: crypto.getRandomValues(new Uint8Array(KEY)) };
}

/** The public halves, for the enrolment. */
export async function publicKeys(keys: OfficerKeys): Promise<PublicKeys> {
  return { recipient: await recipientOf(keys.identity), signingKey: await verifyKeyOf(keys.signingSeed) };
}

/** The blob the server keeps: format byte, nonce, AES-256-GCM. */
export async function lockKeys(keys: OfficerKeys, lock: CryptoKey): Promise<Bytes> {
  const plain = encodeLine({ v: 1, identity: keys.identity, signing: toBase64url(keys.signingSeed) });
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
  const how = { name: "AES-GCM", iv: nonce, additionalData: LABEL };
  const sealed = new Uint8Array(await crypto.subtle.encrypt(how, lock, plain));
  plain.fill(0);
  return joined(new Uint8Array([FORMAT]), nonce, sealed);
}

async function opened(locked: Uint8Array, lock: CryptoKey): Promise<Bytes | null> {
  if (locked[0] !== FORMAT) throw new Unusable("officer's keys: unknown format");
  const how = { name: "AES-GCM", iv: copied(locked.subarray(1, 1 + NONCE)), additionalData: LABEL };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(how, lock, copied(locked.subarray(1 + NONCE))));
  } catch {
    return null;
  }
}

async function keysIn(locked: Uint8Array, lock: CryptoKey): Promise<OfficerKeys | null> {
  const plain = await opened(locked, lock);
  if (!plain) return null;
  const fields = Fields.parse(plain);
  fields.expect(["v", "identity", "signing"]);
  const keys = { identity: fields.text("identity"), signingSeed: fromBase64url(fields.text("signing")) };
  checkIdentity(keys.identity);
  plain.fill(0);
  return keys;
}

/** The same keys locked under another key; null where `lock` opens nothing. Throws Unusable as `unlockKeys`. */
export async function relocked(locked: Uint8Array, lock: CryptoKey, under: CryptoKey): Promise<Bytes | null> {
  const keys = await keysIn(locked, lock);
  if (!keys) return null;
  const again = await lockKeys(keys, under);
  keys.signingSeed.fill(0);
  return again;
}

/** The officer's keys; null where passphrase, device or passkey is another. Throws Unusable for an unknown format. */
export async function unlockKeys(locked: Uint8Array, lock: CryptoKey): Promise<Unlocked | null> {
  const keys = await keysIn(locked, lock);
  if (!keys) return null;
  const unlocked = {
    identity: keys.identity,
    signer: await signer(keys.signingSeed),
    ...(await publicKeys(keys)),
  };
  keys.signingSeed.fill(0);
  return unlocked;
}
