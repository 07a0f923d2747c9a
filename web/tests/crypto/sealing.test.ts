/** What the pages seal: opened again here, and, through `crypto/vectors/pages.json`, by Python. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import {
  checkIdentity,
  checkRecipient,
  generateIdentity,
  open,
  recipientOf,
  seal,
} from "../../src/crypto/age.ts";
import { type Bytes, sha256 } from "../../src/crypto/bytes.ts";
import { type Entry, firstPrev, type Kind, type Place, sealEntry } from "../../src/crypto/entries.ts";
import { Unusable } from "../../src/crypto/errors.ts";
import { openGrant, sealGrant } from "../../src/crypto/grants.ts";
import {
  authOf,
  deviceFromWords,
  lockKey,
  lockKeys,
  makeOfficerKeys,
  newDevice,
  publicKeys,
  unlockKeys,
} from "../../src/crypto/login.ts";
import { newPassphrase, WORDS } from "../../src/crypto/passphrases.ts";
import { signer, verifyKeyOf } from "../../src/crypto/signing.ts";
import { stretchPassphrase } from "../../src/crypto/stretching.ts";
import { nextPlace, openThread } from "../../src/crypto/tips.ts";
import { toBase64url } from "../../src/shared/bytes.ts";

const SITE = "thu-nghiem";
const UNIT = "xa-minh-hoa";
const TIP = new Uint8Array(16).fill(7);
const REPORTER = new Uint8Array(32).fill(1);
const DUTY = new Uint8Array(32).fill(2);
const BLOB = { bytes: 3, blob: "ab", sha256: new Uint8Array(32) };
const PAGES = resolve(import.meta.dirname, "../../../crypto/vectors/pages.json");

function entry(place: Place, kind: Kind, by: string, more: Partial<Entry>): Entry {
  const nothing = {
    day: null,
    at: null,
    text: null,
    media: null,
    coordinates: null,
    opening: null,
    about: null,
    recipient: null,
    to: null,
    case: null,
    of: null,
  };
  return { place, kind, by, ...nothing, ...more };
}

async function place(seq: number, before: Uint8Array): Promise<Place> {
  return { site: SITE, tip: TIP, seq, prev: await sha256(before) };
}

/** A thread of every kind of entry, sealed by the pages' code alone. */
async function sealedThread(identity: string): Promise<Bytes[]> {
  const recipient = await recipientOf(identity);
  const [own, officer] = [await signer(REPORTER), await signer(DUTY)];
  const day = "2026-11-22";
  const first = { site: SITE, tip: TIP, seq: 0, prev: await firstPrev(TIP, recipient) };
  const verifyKey = await verifyKeyOf(REPORTER);
  const opening = { unit: UNIT, box: "hop-3", category: null, recipient, verifyKey, sheet: 3, passed: null };
  const zero = await sealEntry(entry(first, "opening", "reporter", { day, opening }), own, recipient);
  const text = { day, text: "Đêm qua ở ngõ 5 🌙" };
  const one = await sealEntry(entry(await place(1, zero), "text", "reporter", text), own, recipient);
  const sealed = [zero, one];
  const of: Partial<Entry>[] = [
    { kind: "photo", media: { ...BLOB, mime: "image/jpeg", seconds: null, cleaned: true } },
    { kind: "voice", media: { ...BLOB, mime: "audio/ogg", seconds: 38, cleaned: true } },
    { kind: "video", media: { ...BLOB, mime: "video/mp4", seconds: 0, cleaned: true } },
    { kind: "file", media: { ...BLOB, mime: "image/vnd.dwg", seconds: null, cleaned: false } },
    { kind: "place", coordinates: { latitude: "18.52000", longitude: "-105.70000" } },
  ];
  for (const more of of) {
    const at = await place(sealed.length, sealed.at(-1) ?? zero);
    sealed.push(await sealEntry(entry(at, "text", "reporter", { day, ...more }), own, recipient));
  }
  const asked = { at: 1_795_300_030, text: "Lúc mấy giờ?" };
  const seven = await place(7, sealed.at(-1) ?? zero);
  sealed.push(await sealEntry(entry(seven, "question", "s-1", asked), officer, recipient));
  const state = { at: 1_795_300_090, text: "verify" };
  const eight = await place(8, sealed.at(-1) ?? zero);
  return [...sealed, await sealEntry(entry(eight, "state", "s-1", state), officer, recipient)];
}

async function checks(identity: string) {
  const key = await verifyKeyOf(DUTY);
  return {
    keys: { identity, older: [] },
    site: SITE,
    tip: TIP,
    unit: UNIT,
    verifyKeys: (serial: string) => (serial === "s-1" ? key : null),
  };
}

describe("sealing in the pages", () => {
  it("seals threads that open whole", async () => {
    const identity = await generateIdentity();
    const thread = await openThread(await sealedThread(identity), await checks(identity));
    const sent = ["text", "photo", "voice", "video", "file", "place"];
    expect(thread.entries.map(({ kind }) => kind)).toEqual(["opening", ...sent, "question", "state"]);
    expect(thread.entries.map(({ at }) => at)).toEqual([
      ...Array<null>(7).fill(null),
      1_795_300_020,
      1_795_300_080,
    ]);
    expect(nextPlace(thread)).toMatchObject({ seq: 9, prev: thread.head });
  });

  it.each<[string, Partial<Entry>]>([
    ["an officer's text", { kind: "text" }],
    ["an unknown state", { kind: "state", text: "lost" }],
    ["no text", { text: null }],
    ["half a character", { text: "\ud800" }],
    ["no minute", { at: null }],
  ])("refuses to seal %s", async (_, wrong) => {
    const identity = await generateIdentity();
    const good = entry(await place(1, TIP), "answer", "s-1", { at: 60, text: "x" });
    await expect(
      sealEntry({ ...good, ...wrong }, await signer(DUTY), await recipientOf(identity)),
    ).rejects.toThrow(Unusable);
  });

  it("gives a tip's key to one reader", async () => {
    const [reader, other] = [await generateIdentity(), await generateIdentity()];
    const tip = { identity: await generateIdentity(), older: [] };
    const granted = { site: SITE, tip: TIP, unit: UNIT, officer: "an", serial: "s-1" };
    const sealed = await sealGrant(tip, await recipientOf(reader), granted, "s-2");
    expect(await openGrant(sealed, reader, granted)).toEqual(tip);
    expect(await openGrant(sealed, other, granted)).toBeNull();
    await expect(openGrant(sealed, reader, { ...granted, unit: "khac" })).rejects.toThrow(Unusable);
  });

  it("seals to hybrid keys alone", async () => {
    const classic = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";
    expect(() => checkRecipient(classic)).toThrow(Unusable);
    expect(() =>
      checkIdentity("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"),
    ).toThrow(Unusable);
    await expect(seal(TIP, [classic])).rejects.toThrow(Unusable);
    await expect(seal(TIP, [])).rejects.toThrow(Unusable);
    await expect(open(TIP, classic)).rejects.toThrow(Unusable);
  });
});

describe("an officer's keys", () => {
  it("come back with passphrase and device words, on another machine too", async () => {
    const phrase = newPassphrase();
    expect(phrase.split(" ").every((word) => WORDS.includes(word))).toBe(true);
    const keys = await makeOfficerKeys();
    const device = await newDevice();
    const stretched = await stretchPassphrase(phrase, TIP);
    const locked = await lockKeys(keys, await lockKey(stretched, device.secret));
    const elsewhere = await deviceFromWords(device.words);
    const again = await lockKey(await stretchPassphrase(phrase.toUpperCase(), TIP), elsewhere);
    const { recipient, signingKey } = await publicKeys(keys);
    expect(await unlockKeys(locked, again)).toMatchObject({ identity: keys.identity, recipient, signingKey });
  });

  it("cannot be read out of the browser's key store", async () => {
    const { secret } = await newDevice();
    expect(secret.extractable).toBe(false);
    await expect(crypto.subtle.exportKey("raw", secret)).rejects.toThrow();
    expect((await signer(DUTY)).extractable).toBe(false);
  });

  it("need both secrets: neither auth nor another salt opens them", async () => {
    const device = await newDevice();
    const stretched = await stretchPassphrase("một hai ba", TIP);
    const locked = await lockKeys(await makeOfficerKeys(), await lockKey(stretched, device.secret));
    expect(await unlockKeys(locked, await lockKey(await authOf(stretched), device.secret))).toBeNull();
    const salted = await stretchPassphrase(
      "một hai ba",
      TIP.map((byte) => byte + 1),
    );
    expect(await unlockKeys(locked, await lockKey(salted, device.secret))).toBeNull();
  });
});

/** Written anew with `HOPTHU_WRITE_VECTORS=1 npx vitest run tests/crypto` when the format changes. */
describe("vectors for Python", () => {
  it.runIf(process.env.HOPTHU_WRITE_VECTORS)("are written", async () => {
    const identity = await generateIdentity();
    const reader = await generateIdentity();
    const granted = { site: SITE, tip: TIP, unit: UNIT, officer: "an", serial: "s-1" };
    const grant = await sealGrant({ identity, older: [] }, await recipientOf(reader), granted);
    const vectors = {
      ...{ site: SITE, unit: UNIT, tip: toBase64url(TIP), officer: "an", serial: "s-1" },
      reader,
      identity,
      grant: toBase64url(grant),
      verify: toBase64url(await verifyKeyOf(DUTY)),
      entries: (await sealedThread(identity)).map(toBase64url),
      texts: [null, "Đêm qua ở ngõ 5 🌙", null, null, null, null, null, "Lúc mấy giờ?", "verify"],
    };
    writeFileSync(PAGES, `${JSON.stringify(vectors, null, 1)}\n`);
  });

  it("still open here", async () => {
    expect(existsSync(PAGES)).toBe(true);
    const vectors = JSON.parse(readFileSync(PAGES, "utf8")) as {
      identity: string;
      entries: string[];
      texts: unknown[];
    };
    const sealed = vectors.entries.map((one) => new Uint8Array(Buffer.from(one, "base64url")));
    const { entries } = await openThread(sealed, await checks(vectors.identity));
    expect(entries.map(({ text }) => text)).toEqual(vectors.texts);
  });
});
