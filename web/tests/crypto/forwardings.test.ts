/** Tips passed on from unit to unit, by the shared vectors: `tests/unit/crypto/test_forwardings.py` reads the same. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { type Entry, openEntry, verified } from "../../src/crypto/entries.ts";
import { Tampered, Unusable } from "../../src/crypto/errors.ts";
import { grantsDigest } from "../../src/crypto/grants.ts";
import { openThread, readThread } from "../../src/crypto/tips.ts";
import { decodeRaw as raw } from "../../src/crypto/wire.ts";
import { toBase64url } from "../../src/shared/bytes.ts";

interface Case {
  why: string;
  sealed: string;
  outcome: "good" | "tampered" | "unusable";
}

interface Vectors {
  identity: string;
  site: string;
  tip: string;
  reporter: string;
  verify: Record<string, Record<string, string>>;
  sealed: string[];
  threads: { why: string; unit: string; entries: number[]; whole: boolean; sound: number }[];
  forwards: { verify: string; cases: (Case & { to?: string; text?: string })[] };
  openings: (Case & { passed: string | null })[];
  grants: Record<string, string>;
  digest: string;
}

const vectors = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../../../crypto/vectors/forwardings.json"), "utf8"),
) as Vectors;

function keyOf(serial: string, unit: string): Uint8Array | null {
  const key = vectors.verify[unit]?.[serial];
  return key ? raw(key) : null;
}

const checks = (unit: string) => ({
  keys: { identity: vectors.identity, older: [] },
  site: vectors.site,
  tip: raw(vectors.tip),
  unit,
  verifyKeys: keyOf,
});

describe("threads", () => {
  it.each(vectors.threads)("$why", async ({ unit, entries, whole, sound }) => {
    const sealed = entries.map((at) => raw(vectors.sealed[at] ?? ""));
    const reading = await readThread(sealed, checks(unit));
    expect(reading.whole).toBe(whole);
    expect(reading.found.filter((one) => one.sound)).toHaveLength(sound);
    if (!whole) await expect(openThread(sealed, checks(unit))).rejects.toBeInstanceOf(Tampered);
  });

  it("do not hold where the sheets of who had them are not known", async () => {
    const [first] = vectors.threads;
    const sealed = (first?.entries ?? []).map((at) => raw(vectors.sealed[at] ?? ""));
    const asked: string[] = [];
    const verifyKeys = (_: string, unit: string) => {
      asked.push(unit);
      return null;
    };
    expect((await readThread(sealed, { ...checks(first?.unit ?? ""), verifyKeys })).whole).toBe(false);
    expect(asked[0]).toBe(Object.keys(vectors.verify)[0]);
  });
});

async function opened({ sealed }: Case, verify: string): Promise<Entry> {
  const found = await openEntry(raw(sealed), vectors.identity);
  if (!found) throw new Error("vectors");
  return verified(found, raw(verify));
}

const refusal = (outcome: string) => (outcome === "tampered" ? Tampered : Unusable);

describe("entries", () => {
  it.each(vectors.forwards.cases)("of passing on, $why", async (one) => {
    const entry = opened(one, vectors.forwards.verify);
    if (one.outcome !== "good") await expect(entry).rejects.toBeInstanceOf(refusal(one.outcome));
    else expect(await entry).toMatchObject({ kind: "forward", by: "s-1", to: one.to, text: one.text });
  });

  it.each(vectors.openings)("of opening, $why", async (one) => {
    const entry = opened(one, vectors.reporter);
    if (one.outcome !== "good") await expect(entry).rejects.toBeInstanceOf(Unusable);
    else expect((await entry).opening?.passed).toBe(one.passed);
  });
});

it("an act names all grants by one digest", async () => {
  const grants = Object.fromEntries(Object.entries(vectors.grants).map(([to, one]) => [to, raw(one)]));
  expect(toBase64url(await grantsDigest(grants))).toBe(vectors.digest);
  const reversed = Object.fromEntries(Object.entries(grants).reverse());
  expect(toBase64url(await grantsDigest(reversed))).toBe(vectors.digest);
});
