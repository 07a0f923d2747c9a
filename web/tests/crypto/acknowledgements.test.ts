/** Signed acknowledgements, by the shared vectors: `tests/unit/crypto/test_acknowledgements.py` reads the same. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { readAcknowledgement } from "../../src/crypto/acknowledgements.ts";
import { Unusable } from "../../src/crypto/errors.ts";
import { decodeRaw } from "../../src/crypto/wire.ts";

interface Vectors {
  said: { site: string; unit: string; name: string; day: string; fingerprint: string };
  cases: { why: string; text: string; outcome: "good" | "server" | "signature" | "unusable" }[];
}

const { said, cases } = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../../../crypto/vectors/acknowledgements.json"), "utf8"),
) as Vectors;

it.each(cases)("$why", ({ text, outcome }) => {
  if (outcome === "unusable") expect(() => readAcknowledgement(text)).toThrow(Unusable);
  else expect(readAcknowledgement(text).site).toBe(said.site);
});

it("says what was signed", () => {
  const read = readAcknowledgement(cases.find(({ why }) => why === "as it is")?.text ?? "");
  expect(read).toEqual({ ...said, demo: false, fingerprint: decodeRaw(said.fingerprint) });
});
