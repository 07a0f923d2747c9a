/**
 * Vite plugin: leaves the NIST curves out of what is built. `age-encryption` writes to keys on P-256 (hardware tags)
 * as well; ours are ML-KEM-768 with X25519 alone, and every other recipient is refused before the library sees it
 * (`checkRecipient` in src/crypto/age.ts). What the libraries read while they load has its right sizes; whoever
 * calculates with such a key gets an error.
 */
import type { Plugin } from "vite";

const ABSENT = "\0hopthu-no-nist-curves";

/** Sizes in bytes, SEC 1 for P-256 and P-384; `seed` as in RFC 9180's and the libraries' own derivation. */
const STAND_IN = `
const absent = () => { throw new Error("keys on NIST curves are left out of this build"); };
const curve = (secretKey, seed) => ({
  lengths: { secretKey, seed, publicKey: secretKey + 1, publicKeyUncompressed: 2 * secretKey + 1, publicKeyHasPrefix: true },
  Point: { Fn: {}, fromBytes: absent },
  utils: { randomSecretKey: absent },
  keygen: absent, getPublicKey: absent, getSharedSecret: absent,
});
export const p256 = curve(32, 48);
export const p384 = curve(48, 72);
`;

/** Resolves the NIST curves to their stand-in, whoever imports them. */
export function hybridOnly(): Plugin {
  return {
    name: "hopthu-hybrid-only",
    enforce: "pre",
    resolveId: (id) => (id === "@noble/curves/nist.js" ? ABSENT : null),
    load: (id) => (id === ABSENT ? STAND_IN : null),
  };
}
