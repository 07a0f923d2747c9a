/**
 * What leaves the worker when a tip is taken out: its keys, locked under five words made here, and files sealed to it.
 *
 * The keys are the tip's alone; an officer's own never leave. Loaded once something is taken out.
 */
import { recipientOf, seal, sealUnderPassphrase } from "../../crypto/age.ts";
import { utf8 } from "../../crypto/bytes.ts";
import { fold } from "../../crypto/folding.ts";
import { newPassphrase } from "../../crypto/passphrases.ts";
import { everyKey, type TipKeys } from "../../crypto/tipkeys.ts";

/** Words without marks, as any keyboard types them, joined by hyphens: this and nothing else is the passphrase. */
export function asTyped(words: readonly string[]): string {
  return words.map(fold).join("-");
}

/** A file of identities as the `age` tool reads it, oldest first, under five random words (55 bits). */
export async function exportKeys(keys: TipKeys): Promise<{ words: string[]; sealed: ArrayBuffer }> {
  const words = newPassphrase().split(" ");
  const file = utf8(
    everyKey(keys)
      .map((key) => `${key}\n`)
      .join(""),
  );
  const sealed = await sealUnderPassphrase(file, asTyped(words));
  file.fill(0);
  return { words: words.map(fold), sealed: sealed.buffer };
}

/** A file sealed to the tip's newest key. */
export async function sealFile({ identity }: TipKeys, plain: ArrayBuffer): Promise<ArrayBuffer> {
  return (await seal(new Uint8Array(plain), [await recipientOf(identity)])).buffer;
}
