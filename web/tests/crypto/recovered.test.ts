/** What comes back from the offline machine, by the shared vectors: `tests/unit/crypto/test_recovery.py` reads the same. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { Unusable } from "../../src/crypto/errors.ts";
import { readGiven, recoveredDigest } from "../../src/crypto/recovery.ts";
import { toBase64url } from "../../src/shared/bytes.ts";

interface Vectors {
  tips: Record<string, Record<string, string>>;
  recovery: string;
  digest: string;
  cases: { why: string; body: string; outcome: "good" | "unusable" }[];
}

const vectors = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../../../crypto/vectors/recovered.json"), "utf8"),
) as Vectors;

describe("the file of the offline machine", () => {
  it.each(vectors.cases)("$why", ({ body, outcome }) => {
    if (outcome === "unusable") expect(() => readGiven(body)).toThrow(Unusable);
    else expect(toBase64url(readGiven(body).recovery)).toBe(vectors.recovery);
  });

  it("holds every tip's keys, and is named by one digest whatever their order", async () => {
    const { grants } = readGiven(vectors.cases[0]?.body ?? "");
    expect(Object.fromEntries(grants)).toEqual(vectors.tips);
    const turned = new Map([...grants].reverse());
    expect(toBase64url(await recoveredDigest(grants))).toBe(vectors.digest);
    expect(toBase64url(await recoveredDigest(turned))).toBe(vectors.digest);
  });
});
