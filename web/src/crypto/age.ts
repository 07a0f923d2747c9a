/** Files in the age v1 format, post-quantum hybrid keys only: a thin hold on `age-encryption`. */
import { Decrypter, Encrypter, generateHybridIdentity, identityToRecipient } from "age-encryption";
import { encode } from "./bech32.ts";
import { type Bytes, copied } from "./bytes.ts";
import { Unusable } from "./errors.ts";

const SECRET = /^AGE-SECRET-KEY-PQ-1[02-9AC-HJ-NP-Z]{58}$/;
const PUBLIC = /^age1pq1[02-9ac-hj-np-z]{1952}$/;
const NOT_ADDRESSED = "no identity matched any of the file's recipients";

/** Throws Unusable where this is no hybrid private key. */
export function checkIdentity(identity: string): void {
  try {
    new Decrypter().addIdentity(SECRET.test(identity) ? identity : "");
  } catch {
    throw new Unusable("identity: not a hybrid key");
  }
}

/** Throws Unusable where this is no hybrid public key. */
export function checkRecipient(recipient: string): void {
  try {
    new Encrypter().addRecipient(PUBLIC.test(recipient) ? recipient : "");
  } catch {
    throw new Unusable("recipient: not a hybrid key");
  }
}

/** A new hybrid private key, `AGE-SECRET-KEY-PQ-1…`. */
export function generateIdentity(): Promise<string> {
  return generateHybridIdentity();
}

/** The private key of a 32-byte secret. */
export function identityFromSeed(seed: Uint8Array): string {
  if (seed.length !== 32) throw new Unusable("identity: length");
  return encode("age-secret-key-pq-", seed).toUpperCase();
}

/** The public key, `age1pq1…`, of a private one. */
export async function recipientOf(identity: string): Promise<string> {
  checkIdentity(identity);
  return await identityToRecipient(identity);
}

/** `plain` sealed to every recipient. Throws Unusable where one is no hybrid key. */
export async function seal(plain: Uint8Array, recipients: readonly string[]): Promise<Bytes> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    checkRecipient(recipient);
    encrypter.addRecipient(recipient);
  }
  if (recipients.length === 0) throw new Unusable("header: limits");
  return copied(await encrypter.encrypt(plain));
}

/**
 * `plain` sealed under a passphrase, for the stock `age` tool; scrypt with the tool's own work factor (2^18). Only what
 * leaves the console in an officer's hands is sealed so: nothing of ours opens such a file.
 */
export async function sealUnderPassphrase(plain: Uint8Array, passphrase: string): Promise<Bytes> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  return copied(await encrypter.encrypt(plain));
}

/** What was sealed; null where it is not addressed to this key. Throws Unusable where it is broken. */
export async function open(sealed: Uint8Array, identity: string): Promise<Bytes | null> {
  checkIdentity(identity);
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    return copied(await decrypter.decrypt(sealed));
  } catch (error) {
    if (error instanceof Error && error.message === NOT_ADDRESSED) return null;
    throw new Unusable("sealed file: broken");
  }
}
