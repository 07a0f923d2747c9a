/** What was done with a tip, by the shared vectors: `tests/unit/crypto/test_cases.py` reads the same. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { openEntry, verified } from "../../src/crypto/entries.ts";
import { Tampered, Unusable } from "../../src/crypto/errors.ts";
import { decodeRaw as raw } from "../../src/crypto/wire.ts";

interface Vectors {
  identity: string;
  verify: string;
  cases: {
    why: string;
    sealed: string;
    outcome: "good" | "tampered" | "unusable";
    told: { case: string; text: string; of: string | null } | null;
  }[];
}

const vectors = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../../../crypto/vectors/cases.json"), "utf8"),
) as Vectors;

it.each(vectors.cases)("$why", async ({ sealed, outcome, told }) => {
  const work = openEntry(raw(sealed), vectors.identity).then(
    (opened) => opened && verified(opened, raw(vectors.verify)),
  );
  if (outcome !== "good") return expect(work).rejects.toThrow(outcome === "tampered" ? Tampered : Unusable);
  expect(await work).toMatchObject({ kind: "case", by: "s-1", ...told });
});
