/** A passphrase stretched: an officer's, or that of the authority's key. Argon2id alone; what it opens is others' business. */
import { argon2id } from "hash-wasm";
import { type Bytes, copied } from "./bytes.ts";
import { normalPassphrase } from "./folding.ts";
import { KEY } from "./signing.ts";

/** Bytes of the random salt of each passphrase. */
export const SALT = 16;

/** Memory (KiB) and passes of the stretching: 64 MiB, three passes, one lane. */
const ARGON2 = { memorySize: 64 * 1024, iterations: 3, parallelism: 1 } as const;

/** `a`: the stretched passphrase, typed with or without marks. Takes about a fifth of a second and 64 MiB. */
export async function stretchPassphrase(passphrase: string, salt: Uint8Array): Promise<Bytes> {
  const password = normalPassphrase(passphrase);
  return copied(await argon2id({ password, salt, ...ARGON2, hashLength: KEY, outputType: "binary" }));
}
