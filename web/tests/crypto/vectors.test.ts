/** The shared vectors, read by the pages' code. `tests/unit/crypto/test_vectors.py` reads the same files. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { open, recipientOf } from "../../src/crypto/age.ts";
import { copied, sha256 } from "../../src/crypto/bytes.ts";
import { openEntry, verified } from "../../src/crypto/entries.ts";
import { SealError, Tampered, Unusable } from "../../src/crypto/errors.ts";
import { fingerprint } from "../../src/crypto/fingerprint.ts";
import { fold, normalPassphrase } from "../../src/crypto/folding.ts";
import { openGrant } from "../../src/crypto/grants.ts";
import { LOCKED, lockSeed, unlockSeed } from "../../src/crypto/keylock.ts";
import {
  authOf,
  deviceFromWords,
  lockKey,
  newDevice,
  passkeyLock,
  unlockKeys,
} from "../../src/crypto/login.ts";
import { recoveryWords, secretFromWords, WORDS } from "../../src/crypto/passphrases.ts";
import { grouped, recognise, stretch } from "../../src/crypto/receipts.ts";
import { reporterIdentity, reporterSigningSeed } from "../../src/crypto/reporter.ts";
import { newestSheet, readDraft, signSheet, verifySheet } from "../../src/crypto/sheets.ts";
import { sign, signer, verify, verifyKeyOf } from "../../src/crypto/signing.ts";
import { stretchPassphrase } from "../../src/crypto/stretching.ts";
import { openMedia, openThread, readThread } from "../../src/crypto/tips.ts";
import { decodeRaw as raw } from "../../src/crypto/wire.ts";
import { toBase64url } from "../../src/shared/bytes.ts";

type Outcome = "good" | "none" | "unusable" | "tampered";

/** Whose what was sealed for the vectors' unit is, to a reader of `unit`. */
interface Explained {
  why: string;
  unit: string;
  goes_on_for: string[];
  good: boolean;
}

function read<T>(name: string): T {
  return JSON.parse(
    readFileSync(resolve(import.meta.dirname, `../../../crypto/vectors/${name}.json`), "utf8"),
  ) as T;
}

async function outcome(work: Promise<unknown>): Promise<Outcome> {
  try {
    return (await work) === null ? "none" : "good";
  } catch (error) {
    if (error instanceof Unusable) return "unusable";
    if (error instanceof Tampered) return "tampered";
    throw error;
  }
}

describe("receipts", () => {
  interface Reporter {
    seed: string;
    site: string;
    identity: string;
    recipient: string;
    verify: string;
  }
  const vectors = read<{
    grouped: { code: string; shown: string }[];
    recognise: { text: string; found: { code: string } | { count: number } | null }[];
    stretch: { code: string; salt: string; lookup: string; seed: string }[];
    reporter: Reporter[];
  }>("receipts");

  it.each(vectors.recognise)("recognises $text", ({ text, found }) => {
    expect(recognise(text)).toEqual(found);
  });

  it.each(vectors.stretch)("stretches $code", async ({ code, salt, lookup, seed }) => {
    const stretched = await stretch(code, raw(salt));
    expect([toBase64url(stretched.lookup), toBase64url(stretched.seed)]).toEqual([lookup, seed]);
  });

  it("shows groups of four", () => {
    for (const { code, shown } of vectors.grouped) expect(grouped(code)).toBe(shown);
  });

  it.each(vectors.reporter)("derives the reporter's keys at $site", async (reporter) => {
    const seed = raw(reporter.seed);
    const identity = await reporterIdentity(seed, reporter.site);
    expect(identity).toBe(reporter.identity);
    expect(await recipientOf(identity)).toBe(reporter.recipient);
    expect(toBase64url(await verifyKeyOf(await reporterSigningSeed(seed, reporter.site)))).toBe(
      reporter.verify,
    );
  });
});

describe("fingerprints", () => {
  interface Case {
    recipient: string;
    signing_key: string;
    officer: string;
    unit: string;
    role: string;
    site: string;
    fingerprint: string;
  }
  it.each(read<{ cases: Case[] }>("fingerprints").cases)("of $officer", async (one) => {
    expect(await fingerprint({ ...one, signingKey: raw(one.signing_key) })).toBe(one.fingerprint);
  });
});

describe("recovery words", () => {
  interface Written {
    secret: string;
    words: string[];
  }
  const vectors = read<{
    list_sha256: string;
    good: Written[];
    unmarked: Written;
    bad: { why: string; words: string[] }[];
    normal: { typed: string; normal: string }[];
  }>("recovery");

  it("has the same list", async () => {
    const digest = await sha256(new TextEncoder().encode(WORDS.join("\n")));
    expect(Buffer.from(digest).toString("hex")).toBe(vectors.list_sha256);
    expect(new Set(WORDS.map(fold)).size).toBe(2048);
  });

  it("writes and reads secrets", async () => {
    for (const { secret, words } of vectors.good) expect(await recoveryWords(raw(secret))).toEqual(words);
    for (const { secret, words } of [...vectors.good, vectors.unmarked])
      expect(toBase64url(await secretFromWords(words))).toBe(secret);
  });

  it.each(vectors.bad)("refuses $why", async ({ words }) => {
    await expect(secretFromWords(words)).rejects.toBeInstanceOf(Unusable);
  });

  it("folds passphrases", () => {
    for (const { typed, normal } of vectors.normal) expect(normalPassphrase(typed)).toBe(normal);
  });
});

describe("files", () => {
  const vectors = read<{
    identity: string;
    recipient: string;
    cases: { why: string; sealed: string; outcome: Outcome; sha256: string }[];
  }>("files");

  it.each(vectors.cases)("$why", async (one) => {
    const opened = open(raw(one.sealed), vectors.identity);
    expect(await outcome(opened)).toBe(one.outcome);
    if (one.outcome === "good")
      expect(toBase64url(await sha256((await opened) as Uint8Array))).toBe(one.sha256);
  });

  it("derives the public key", async () => {
    expect(await recipientOf(vectors.identity)).toBe(vectors.recipient);
  });
});

describe("grants", () => {
  const vectors = read<{
    identity: string;
    key: string;
    expected: { site: string; tip: string; unit: string; officer: string; serial: string };
    cases: { why: string; sealed: string; outcome: Outcome }[];
    explained: Explained[];
  }>("grants");

  it.each(vectors.cases)("$why", async (one) => {
    const expected = { ...vectors.expected, tip: raw(vectors.expected.tip) };
    const opened = openGrant(raw(one.sealed), vectors.identity, expected);
    expect(await outcome(opened)).toBe(one.outcome);
    if (one.outcome === "good") expect(await opened).toEqual({ identity: vectors.key, older: [] });
  });

  it.each(vectors.explained)("of units that merged: $why", async ({ unit, goes_on_for, good }) => {
    const expected = { ...vectors.expected, unit, tip: raw(vectors.expected.tip) };
    const opened = openGrant(raw(vectors.cases[0]?.sealed ?? ""), vectors.identity, expected, goes_on_for);
    expect(await outcome(opened)).toBe(good ? "good" : "unusable");
  });
});

describe("sheets", () => {
  const vectors = read<{
    authority: string;
    seed: string;
    site: string;
    unit: string;
    sheet: { name: string; n: number; officers: { serial: string; signing_key: string }[] };
    cases: { why: string; body: string; outcome: Outcome }[];
    newest: { why: string; bodies: string[]; at_least: number; n: number | null }[];
  }>("sheets");
  const authority = raw(vectors.authority);

  it.each(vectors.cases)("$why", async (one) => {
    expect(await outcome(verifySheet(raw(one.body), authority))).toBe(one.outcome);
  });

  it("reads what was signed", async () => {
    const sheet = await verifySheet(raw(vectors.cases[0]?.body ?? ""), authority);
    expect([sheet.name, sheet.n]).toEqual([vectors.sheet.name, vectors.sheet.n]);
    expect(sheet.officers.map((one) => ({ serial: one.serial, key: toBase64url(one.signingKey) }))).toEqual(
      vectors.sheet.officers.map((one) => ({ serial: one.serial, key: one.signing_key })),
    );
  });

  it("signs what Python signed, byte for byte", async () => {
    const key = await signer(raw(vectors.seed));
    for (const { body } of vectors.cases.filter((one) => one.outcome === "good")) {
      const written = raw(body);
      expect(await signSheet(readDraft(written.subarray(0, written.indexOf(10))), key)).toEqual(written);
    }
  });

  it("signs nothing that no sheet may say", async () => {
    const key = await signer(raw(vectors.seed));
    const sheet = await verifySheet(raw(vectors.cases[0]?.body ?? ""), authority);
    for (const change of [
      { expires: sheet.issued },
      { n: -1 },
      { name: "a\u00a0b" },
      { recovery: "age1pq1" },
    ])
      await expect(signSheet({ ...sheet, ...change }, key)).rejects.toBeInstanceOf(Unusable);
  });

  it.each(vectors.newest)("newest of $why", async (one) => {
    const wanted = { site: vectors.site, unit: vectors.unit, atLeast: one.at_least };
    const newest = newestSheet(one.bodies.map(raw), authority, wanted);
    if (one.n === null) await expect(newest).rejects.toBeInstanceOf(Tampered);
    else expect((await newest).n).toBe(one.n);
  });
});

describe("entries", () => {
  const vectors = read<{
    identity: string;
    verify: string;
    fields: { text: string };
    cases: { why: string; sealed: string; outcome: Outcome }[];
    contents: { why: string; sealed: string; kind: string; outcome: Outcome; content: unknown }[];
    abouts: { why: string; sealed: string; outcome: Outcome; about: string | null }[];
    takes: {
      verify: string;
      cases: { why: string; sealed: string; outcome: Outcome; text: string | null }[];
    };
  }>("entries");

  it.each(vectors.cases)("$why", async (one) => {
    const work = openEntry(raw(one.sealed), vectors.identity).then(
      (opened) => opened && verified(opened, raw(vectors.verify)),
    );
    expect(await outcome(work)).toBe(one.outcome);
    if (one.outcome === "good") expect((await work)?.text).toBe(vectors.fields.text);
  });

  it.each(vectors.contents)("$kind $why", async (one) => {
    const work = openEntry(raw(one.sealed), vectors.identity).then(
      (opened) => opened && verified(opened, raw(vectors.verify)),
    );
    expect(await outcome(work)).toBe(one.outcome);
    if (one.outcome !== "good") return;
    const entry = await work;
    const { media, coordinates } = entry ?? {};
    expect(entry?.kind).toBe(one.kind);
    expect(media ? { ...media, sha256: toBase64url(media.sha256) } : coordinates).toEqual(one.content);
  });

  it.each(vectors.abouts)("answer a question: $why", async (one) => {
    const work = openEntry(raw(one.sealed), vectors.identity).then(
      (opened) => opened && verified(opened, raw(vectors.verify)),
    );
    expect(await outcome(work)).toBe(one.outcome);
    if (one.outcome === "good") expect((await work)?.about).toBe(one.about);
  });

  it.each(vectors.takes.cases)("take: $why", async (one) => {
    const work = openEntry(raw(one.sealed), vectors.identity).then(
      (opened) => opened && verified(opened, raw(vectors.takes.verify)),
    );
    expect(await outcome(work)).toBe(one.outcome);
    if (one.outcome !== "good") return;
    expect(await work).toMatchObject({ kind: "take", by: "s-1", text: one.text });
  });
});

describe("threads", () => {
  const vectors = read<{
    identity: string;
    site: string;
    tip: string;
    unit: string;
    sealed: string[];
    verify: Record<string, string>;
    texts: (string | null)[];
    explained: Explained[];
    cases: { why: string; entries: number[]; whole: boolean; sound: number }[];
    seen: { why: string; entries: number; count: number; head: string; whole: boolean }[];
    media: {
      plain_sha256: string;
      cases: { why: string; blob: string; bytes: number; outcome: Outcome }[];
    };
  }>("threads");
  const sealed = vectors.sealed.map(raw);
  const checks = {
    keys: { identity: vectors.identity, older: [] },
    site: vectors.site,
    tip: raw(vectors.tip),
    unit: vectors.unit,
    verifyKeys: (serial: string) => (serial in vectors.verify ? raw(vectors.verify[serial] ?? "") : null),
  };

  it.each(vectors.cases)("$why", async (one) => {
    const thread = one.entries.map((at) => sealed[at] ?? new Uint8Array());
    const reading = await readThread(thread, checks);
    expect(reading.whole).toBe(one.whole);
    expect(reading.found.filter(({ sound }) => sound)).toHaveLength(one.sound);
    expect(reading.found.findLastIndex(({ sound }) => sound)).toBe(one.sound - 1);
    if (one.whole) {
      const { entries } = await openThread(thread, checks);
      expect(entries.map(({ text }) => text)).toEqual(vectors.texts.slice(0, entries.length));
    } else await expect(openThread(thread, checks)).rejects.toBeInstanceOf(SealError);
  });

  it.each(vectors.seen)("seen before: $why", async ({ entries, count, head, whole }) => {
    const seen = { count, head: raw(head) };
    expect((await readThread(sealed.slice(0, entries), { ...checks, seen })).whole).toBe(whole);
  });

  it.each(vectors.explained)("of units that merged: $why", async ({ unit, goes_on_for, good }) => {
    const reading = await readThread(sealed.slice(0, 5), { ...checks, unit, goesOnFor: goes_on_for });
    expect(reading.whole).toBe(good);
  });

  it.each([{ site: "khac" }, { tip: new Uint8Array(16) }, { unit: "khac" }])(
    "another place: %o",
    async (other) => {
      await expect(openThread(sealed.slice(0, 5), { ...checks, ...other })).rejects.toBeInstanceOf(Tampered);
    },
  );

  it.each(vectors.media.cases)("photo $why", async (one) => {
    const blob = raw(one.blob);
    const media = { bytes: one.bytes, sha256: await sha256(blob) };
    const opened = openMedia(blob, media, checks.keys);
    expect(await outcome(opened)).toBe(one.outcome);
    if (one.outcome === "good")
      expect(toBase64url(await sha256(await opened))).toBe(vectors.media.plain_sha256);
  });

  it("a photo of another digest is refused", async () => {
    const blob = raw(vectors.media.cases[0]?.blob ?? "");
    const media = { bytes: 1, sha256: new Uint8Array(32) };
    await expect(openMedia(blob, media, checks.keys)).rejects.toBeInstanceOf(Tampered);
  });
});

describe("logins", () => {
  const vectors = read<{
    passphrase: string;
    typed: string;
    salt: string;
    stretched: string;
    auth: string;
    device_words: string[];
    locked: string;
    identity: string;
    recipient: string;
    signing_key: string;
    passkey: string;
    locked_for_passkey: string;
  }>("logins");

  it("unlocks what was locked for a passkey, and only with what it derives", async () => {
    const locked = raw(vectors.locked_for_passkey);
    const keys = await unlockKeys(locked, await passkeyLock(raw(vectors.passkey)));
    expect(keys?.identity).toBe(vectors.identity);
    expect(await unlockKeys(locked, await passkeyLock(new Uint8Array(32)))).toBeNull();
  });

  it("unlocks what was locked, and only with both secrets", async () => {
    const stretched = await stretchPassphrase(vectors.typed, raw(vectors.salt));
    expect(toBase64url(stretched)).toBe(vectors.stretched);
    expect(toBase64url(await authOf(stretched))).toBe(vectors.auth);
    const lock = await lockKey(stretched, await deviceFromWords(vectors.device_words));
    const keys = await unlockKeys(raw(vectors.locked), lock);
    expect(keys && [keys.identity, keys.recipient, toBase64url(keys.signingKey)]).toEqual([
      vectors.identity,
      vectors.recipient,
      vectors.signing_key,
    ]);
    const signature = await sign(keys?.signer as CryptoKey, new Uint8Array([1]));
    expect(await verify(raw(vectors.signing_key), signature, new Uint8Array([1]))).toBe(true);
    const elsewhere = await lockKey(stretched, (await newDevice()).secret);
    expect(await unlockKeys(raw(vectors.locked), elsewhere)).toBeNull();
    await expect(unlockKeys(new Uint8Array(40), lock)).rejects.toBeInstanceOf(Unusable);
  });
});

describe("the authority's key", () => {
  const vectors = read<{
    passphrase: string;
    typed: string;
    locked: string;
    seed: string;
    bad: { why: string; locked: string; outcome: string }[];
  }>("authority_keys");

  it("opens with its passphrase and no other, with or without marks", async () => {
    for (const phrase of [vectors.passphrase, vectors.typed])
      expect(toBase64url((await unlockSeed(raw(vectors.locked), phrase)) ?? new Uint8Array())).toBe(
        vectors.seed,
      );
    expect(await unlockSeed(raw(vectors.locked), "den am ap cong ruong la")).toBeNull();
  });

  it.each(vectors.bad)("is not opened: $why", async ({ locked, outcome }) => {
    const opened = unlockSeed(raw(locked), vectors.passphrase);
    if (outcome === "none") expect(await opened).toBeNull();
    else await expect(opened).rejects.toBeInstanceOf(Unusable);
  });

  it("comes back out of its own lock", async () => {
    const seed = copied(raw(vectors.seed));
    const locked = await lockSeed(seed, vectors.passphrase);
    expect([locked.length, await unlockSeed(locked, vectors.typed)]).toEqual([LOCKED, seed]);
  });
});
