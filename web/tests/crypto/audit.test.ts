/** The audit chain's vectors, read by the pages' code, and records that both sides write byte for byte alike. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { readRecord, signAct, signedBy } from "../../src/crypto/acts.ts";
import { beginning, type ChainChecks, Misfit, shortHead, Walk } from "../../src/crypto/audit.ts";
import { utf8 } from "../../src/crypto/bytes.ts";
import { Unusable } from "../../src/crypto/errors.ts";
import { officerOf, verifySheet } from "../../src/crypto/sheets.ts";
import { signer } from "../../src/crypto/signing.ts";
import { decodeRaw as raw } from "../../src/crypto/wire.ts";
import { toBase64url } from "../../src/shared/bytes.ts";

interface Vectors {
  site: string;
  unit: string;
  server: string;
  authority: string;
  sheet: string;
  beginning: string;
  short: string[];
  seeds: Record<string, string>;
  pool: string[];
  cases: { why: string; records: number[]; n: number; fault: string | null }[];
  withheld: { why: string; records: number[]; n: number; fault: string | null }[];
  bad: { why: string; body: string }[];
}

const vectors = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../../../crypto/vectors/audit.json"), "utf8"),
) as Vectors;
const bodyAt = (place: number) => raw(vectors.pool[place] ?? "");
const whole = vectors.cases.find(({ why }) => why === "whole")?.records.map(bodyAt) ?? [];

async function checks(withholds = false): Promise<ChainChecks> {
  const sheet = await verifySheet(raw(vectors.sheet), raw(vectors.authority));
  return {
    site: vectors.site,
    unit: vectors.unit,
    officers: (serial) => officerOf([sheet], serial),
    server: [raw(vectors.server)],
    withholds,
  };
}

async function followed(
  bodies: readonly Uint8Array[],
  withholds = false,
): Promise<{ n: number; fault: string | null }> {
  const walk = new Walk(await beginning(vectors.site, vectors.unit), await checks(withholds));
  try {
    for (const body of bodies) await walk.step(body);
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    expect(error.n).toBe(walk.n + 1);
    return { n: walk.n, fault: error.why };
  }
  return { n: walk.n, fault: null };
}

describe("an audit chain", () => {
  it.each(vectors.cases)("$why", async ({ records, n, fault }) => {
    expect(await followed(records.map(bodyAt))).toEqual({ n, fault });
  });

  it.each(vectors.withheld)("of a merged unit, some of it withheld: $why", async ({ records, n, fault }) => {
    expect(await followed(records.map(bodyAt), true)).toEqual({ n, fault });
  });

  it.each(vectors.bad)("refuses $why", ({ body }) => {
    expect(() => readRecord(raw(body))).toThrow(Unusable);
  });

  it("has heads that people can note", async () => {
    const walk = new Walk(await beginning(vectors.site, vectors.unit), await checks());
    expect(toBase64url(walk.head)).toBe(vectors.beginning);
    const shown = [shortHead(walk.head)];
    for (const body of whole) {
      await walk.step(body);
      shown.push(shortHead(walk.head));
    }
    expect(shown).toEqual(vectors.short);
  });

  it("costs its length, however much of it is withheld", async () => {
    const gap = (n: number) => utf8(`{"v":1,"n":${n},"withheld":"${"A".repeat(43)}"}\n\n`);
    const walk = new Walk(await beginning(vectors.site, vectors.unit), await checks(true));
    const kept = vi.spyOn(Map.prototype, "set");
    for (let n = 1; n <= 200; n += 1) await walk.step(gap(n));
    const times = kept.mock.calls.length;
    kept.mockRestore();
    expect([walk.n, walk.withheld.size, times]).toEqual([200, 200, 200]);
  });

  it("is signed by the pages as by Python, byte for byte", async () => {
    for (const body of whole) {
      const { act } = readRecord(body);
      if (act.kind === "observed") continue;
      const made = await signAct(act, await signer(raw(vectors.seeds[act.serial ?? ""] ?? "")));
      expect(toBase64url(made)).toBe(toBase64url(body));
    }
  });

  it("does not take a signature for one of the other kind", async () => {
    const found = whole.map(readRecord).find(({ act }) => act.kind === "officer");
    if (!found) throw new Error("vectors");
    const key = officerOf([await verifySheet(raw(vectors.sheet), raw(vectors.authority))], "s-1")?.signingKey;
    expect(await signedBy(found, key ?? new Uint8Array(32))).toBe(true);
    const seen = { ...found, act: { ...found.act, kind: "observed" as const } };
    expect(await signedBy(seen, key ?? new Uint8Array(32))).toBe(false);
  });

  it("holds no act that no record may say", async () => {
    const first = whole.map(readRecord).find(({ act }) => act.kind === "officer");
    const key = await signer(raw(vectors.seeds["s-1"] ?? ""));
    if (!first) throw new Error("vectors");
    for (const wrong of [{ hour: first.act.hour + 60 }, { tip: null }, { act: "read" }, { n: 0 }])
      await expect(signAct({ ...first.act, ...wrong }, key)).rejects.toThrow(Unusable);
  });
});
