/** The number two people read to each other before the authority signs an officer onto a unit sheet. */
import { argon2id } from "hash-wasm";
import { bigEndian, joined, toBigInt, utf8 } from "./bytes.ts";
import { ARGON2 } from "./receipts.ts";

const DIGITS = 20;

/** What a sheet says of an officer, as far as two people must agree on it. */
export interface Sworn {
  recipient: string;
  signingKey: Uint8Array;
  officer: string;
  unit: string;
  role: string;
  site: string;
}

/** Twenty decimal digits in four groups of five; each field is preceded by its length. */
export async function fingerprint(sworn: Sworn): Promise<string> {
  const fields = [sworn.officer, sworn.unit, sworn.role, sworn.site].map(utf8);
  const named = [utf8(sworn.recipient), sworn.signingKey, ...fields].map((one) =>
    joined(bigEndian(one.length, 4), one),
  );
  const salt = utf8("hopthu/v1/fingerprint");
  const password = joined(...named);
  const stretched = await argon2id({ password, salt, ...ARGON2, hashLength: 32, outputType: "binary" });
  const digits = ((toBigInt(stretched) * 10n ** BigInt(DIGITS)) >> 256n).toString().padStart(DIGITS, "0");
  return digits.match(/.{5}/g)?.join(" ") ?? "";
}
