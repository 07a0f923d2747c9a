/** Tips whose key was changed, by the shared vectors: `tests/unit/crypto/test_tipkeys.py` reads the same. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { recipientOf } from "../../src/crypto/age.ts";
import { openEntry, verified } from "../../src/crypto/entries.ts";
import { Tampered, Unusable } from "../../src/crypto/errors.ts";
import { openGrant } from "../../src/crypto/grants.ts";
import { everyKey } from "../../src/crypto/tipkeys.ts";
import { openThread, readThread } from "../../src/crypto/tips.ts";
import { decodeRaw as raw } from "../../src/crypto/wire.ts";

interface Vectors {
  identity: string;
  site: string;
  tip: string;
  unit: string;
  verify: Record<string, string>;
  sealed: string[];
  threads: { why: string; keys: string[]; entries: number[]; whole: boolean; sound: number }[];
  entries: { why: string; sealed: string; outcome: "good" | "unusable" }[];
  grants: {
    identity: string;
    expected: { site: string; tip: string; unit: string; officer: string; serial: string };
    cases: { why: string; sealed: string; keys: string[] | null }[];
  };
}

const vectors = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../../../crypto/vectors/rekeys.json"), "utf8"),
) as Vectors;

const checks = (keys: string[]) => ({
  keys: { identity: keys.at(-1) ?? "", older: keys.slice(0, -1) },
  site: vectors.site,
  tip: raw(vectors.tip),
  unit: vectors.unit,
  verifyKeys: (serial: string) => raw(vectors.verify[serial] ?? ""),
});

describe("threads", () => {
  it.each(vectors.threads)("$why", async ({ keys, entries, whole, sound }) => {
    const sealed = entries.map((at) => raw(vectors.sealed[at] ?? ""));
    const reading = await readThread(sealed, checks(keys));
    expect(reading.whole).toBe(whole);
    expect(reading.found.filter((one) => one.sound)).toHaveLength(sound);
    if (!whole) await expect(openThread(sealed, checks(keys))).rejects.toBeInstanceOf(Tampered);
  });
});

it.each(vectors.entries)("an entry that names a new key, $why", async ({ sealed, outcome }) => {
  const opened = openEntry(raw(sealed), vectors.identity);
  if (outcome !== "good") return expect(opened).rejects.toBeInstanceOf(Unusable);
  const entry = await verified(
    (await opened) ?? expect.fail("not addressed"),
    raw(vectors.verify["s-2"] ?? ""),
  );
  const recipient = await recipientOf(vectors.identity);
  return expect(entry).toMatchObject({ kind: "rekey", by: "s-2", text: null, recipient });
});

it.each(vectors.grants.cases)("a grant, $why", async ({ sealed, keys }) => {
  const { identity, expected } = vectors.grants;
  const opened = openGrant(raw(sealed), identity, { ...expected, tip: raw(expected.tip) });
  if (keys === null) return expect(opened).rejects.toBeInstanceOf(Unusable);
  return expect(everyKey((await opened) ?? { identity: "", older: [] })).toEqual(keys);
});
