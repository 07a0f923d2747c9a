/** Opening grants and threads in the worker, with the vectors Python made; sealing on top of what verified. */
import { beforeEach, describe, expect, it } from "vitest";
import { recipientOf, seal } from "../../src/crypto/age.ts";
import { sha256 } from "../../src/crypto/bytes.ts";
import { SealError } from "../../src/crypto/errors.ts";
import type { Sheet } from "../../src/crypto/sheets.ts";
import { signer, verifyKeyOf } from "../../src/crypto/signing.ts";
import { MEDIA_BUCKET } from "../../src/crypto/wire.ts";
import type { MediaView } from "../../src/desk/keys/messages.ts";
import { Refusal } from "../../src/desk/keys/refusal.ts";
import { memoryShelf, type Shelf } from "../../src/desk/keys/shelf.ts";
import { Tips } from "../../src/desk/keys/tips.ts";
import { fromBase64url, toBase64url } from "../../src/shared/bytes.ts";
import { type GrantVectors, type SheetVectors, shared, type ThreadVectors } from "./vectors.ts";

const grants = shared<GrantVectors>("crypto/vectors/grants.json");
const threads = shared<ThreadVectors>("crypto/vectors/threads.json");
const sheets = shared<SheetVectors>("crypto/vectors/sheets.json");

const SEED = new Uint8Array(32).fill(9);
const TIP = threads.tip;
const WHOLE = threads.cases.find((one) => one.whole)?.entries ?? [];
const GRANT = grants.cases.find((one) => one.outcome === "good")?.sealed ?? "";
const entriesOf = (places: number[]) => places.map((at) => threads.sealed[at] ?? "");

const book: Sheet = {
  ...sheets.sheet,
  site: sheets.site,
  unit: sheets.unit,
  name: "",
  demo: true,
  parent: null,
  recovery: null,
  goesOnFor: [],
  officers: sheets.sheet.officers.map((one) => ({
    ...one,
    signingKey: fromBase64url(one.signing_key),
    from: 0,
    to: null,
  })),
};

async function holder() {
  const { site, unit, officer, serial } = grants.expected;
  const me = { site, unit, officer, serial, role: "duty" as const, demo: true, authority: "" };
  return { me, unlocked: { identity: grants.identity, signer: await signer(SEED) } };
}

/** The book with my own signing key in place of the vectors' unknown one, as the newest sheet. */
async function bookWithMe(): Promise<Sheet> {
  const signingKey = await verifyKeyOf(SEED);
  const [first, ...rest] = book.officers;
  if (!first) throw new Error("vectors");
  return { ...book, officers: [{ ...first, serial: grants.expected.serial, signingKey }, ...rest] };
}

let shelf: Shelf;
let tips: Tips;

beforeEach(async () => {
  shelf = memoryShelf();
  tips = new Tips(await holder(), shelf);
  tips.sheets = [book];
});

const open = (entries: string[]) => tips.openThread({ tip: TIP, grant: GRANT, entries });

describe("grants", () => {
  it.each(grants.cases)("$why: $outcome", async ({ sealed, outcome }) => {
    const verdict = await tips.openRow({ tip: TIP, grant: sealed, opening: entriesOf(WHOLE)[0] ?? "" });
    expect(verdict.state === "open").toBe(outcome === "good");
  });

  it("do not open another tip's row", async () => {
    const opening = entriesOf(WHOLE)[1] ?? "";
    expect((await tips.openRow({ tip: TIP, grant: GRANT, opening })).state).toBe("tampered");
  });
});

describe("threads", () => {
  it("opened by hand are read again for the search only where they have grown", async () => {
    const entries = entriesOf(WHOLE);
    const again = (some: string[]) => tips.rereadThread({ tip: TIP, grant: GRANT, entries: some });
    await open(entries.slice(0, -1));
    expect(await again(entries.slice(0, -1))).toBeNull();
    const grown = await again(entries);
    expect(grown?.state === "open" && grown.entries.at(-1)?.seq).toBe(entries.length - 1);
    await open(entries);
    expect(await again(entries)).toBeNull();
  });

  it.each(threads.cases)("$why", async ({ entries, whole, sound }) => {
    const verdict = await open(entriesOf(entries));
    if (verdict.state === "badkey") throw new Error("key");
    expect(verdict.state).toBe(whole ? "open" : "tampered");
    const shown = verdict.entries.filter((entry) => entry.sound).length;
    expect(shown).toBe(Math.max(0, sound - 1)); // the opening is told apart
  });

  it("show the words, the author and whose words are the reporter's", async () => {
    const verdict = await open(entriesOf(WHOLE));
    if (verdict.state === "badkey") throw new Error("key");
    expect(verdict.entries.map((entry) => entry.text)).toEqual(
      threads.texts.slice(1).map((text) => text ?? ""),
    );
    for (const entry of verdict.entries) {
      if (entry.by) expect(sheets.sheet.officers.map((one) => one.serial)).toContain(entry.by.serial);
      expect(entry.at === null).toBe(entry.by === null);
    }
  });

  it("do not hold where the officer who signed is on no accepted sheet", async () => {
    tips.sheets = [];
    expect((await open(entriesOf(WHOLE))).state).toBe("tampered");
  });

  it("are refused once shorter than seen in this session", async () => {
    await open(entriesOf(WHOLE));
    expect((await open(entriesOf(WHOLE.slice(0, -1)))).state).toBe("tampered");
  });
});

describe("tips of a unit that mine goes on for", () => {
  const mine = { ...book, unit: "xa-moi", officers: [], goesOnFor: [sheets.unit] };

  beforeEach(async () => {
    const { me, unlocked } = await holder();
    tips = new Tips({ me: { ...me, unit: mine.unit }, unlocked }, shelf);
  });

  it("open, with what its officers wrote", async () => {
    tips.sheets = [mine, book];
    expect((await open(entriesOf(WHOLE))).state).toBe("open");
    const opening = entriesOf(WHOLE)[0] ?? "";
    expect((await tips.openRow({ tip: TIP, grant: GRANT, opening })).state).toBe("open");
  });

  it.each([
    ["my newest sheet does not say so", [{ ...mine, goesOnFor: ["xa-khac"] }, book], "badkey"],
    ["only an older one of mine said so", [{ ...mine, goesOnFor: [] }, mine, book], "badkey"],
    ["only its own sheet is there", [book], "badkey"],
    ["none of its sheets is there", [mine], "tampered"],
  ])("stay shut where %s", async (_, accepted, state) => {
    tips.sheets = accepted;
    expect((await open(entriesOf(WHOLE))).state).toBe(state);
  });
});

describe("a part's bytes", () => {
  const clear = new TextEncoder().encode("nghe thấy tiếng xe");

  async function sealed(filling = 0): Promise<{ media: MediaView; sealed: ArrayBuffer }> {
    const padded = new Uint8Array(MEDIA_BUCKET).fill(filling);
    padded.set(clear);
    const file = await seal(padded, [await recipientOf(threads.identity)]);
    const sha = toBase64url(await sha256(file));
    const media = {
      blob: "b",
      bytes: clear.length,
      mime: "audio/ogg",
      sha256: sha,
      seconds: 3,
      cleaned: true,
    };
    return { media, sealed: new Uint8Array(file).buffer };
  }

  it("come out of their blob once the tip is open", async () => {
    const part = await sealed();
    await expect(tips.openMedia({ tip: TIP, ...part })).rejects.toThrow(Refusal);
    await open(entriesOf(WHOLE));
    expect(new Uint8Array(await tips.openMedia({ tip: TIP, ...part }))).toEqual(clear);
  });

  it("stay shut where the blob is another, filled otherwise, or larger than any part", async () => {
    await open(entriesOf(WHOLE));
    const [one, other, dirty] = [await sealed(), await sealed(), await sealed(1)];
    await expect(tips.openMedia({ tip: TIP, media: one.media, sealed: other.sealed })).rejects.toThrow(
      SealError,
    );
    await expect(tips.openMedia({ tip: TIP, ...dirty })).rejects.toThrow(SealError);
    const huge = { ...one.media, bytes: 2 ** 30 };
    await expect(tips.openMedia({ tip: TIP, media: huge, sealed: one.sealed })).rejects.toThrow(Refusal);
  });

  it("are never drawn where they are not a cleaned picture", async () => {
    await open(entriesOf(WHOLE));
    const { media, sealed: bytes } = await sealed();
    for (const wrong of [{ mime: "image/svg+xml" }, { mime: "image/png", cleaned: false }])
      await expect(
        tips.openPhoto({ tip: TIP, media: { ...media, ...wrong }, sealed: bytes }),
      ).rejects.toThrow(Refusal);
  });
});

describe("sealing", () => {
  const words = { tip: TIP, act: "question" as const, text: "Đi xe gì?", at: 1_795_300_000 };

  it("needs a thread that verified", async () => {
    await expect(tips.seal(words)).rejects.toThrow(Refusal);
    await open([...entriesOf(WHOLE), entriesOf(WHOLE)[1] ?? ""]);
    await expect(tips.seal(words)).rejects.toThrow(Refusal);
  });

  it("adds an entry that verifies as mine, to the minute", async () => {
    const places = WHOLE.slice(0, 2);
    tips.sheets = [await bookWithMe()];
    await open(entriesOf(places));
    const { seq, sealed } = await tips.seal(words);
    const verdict = await open([...entriesOf(places), sealed]);
    expect(seq).toBe(2);
    expect(verdict).toMatchObject({ state: "open" });
    if (verdict.state === "badkey") throw new Error("key");
    const last = verdict.entries.at(-1);
    expect(last).toMatchObject({
      text: words.text,
      kind: "question",
      at: 1_795_300_000 - (1_795_300_000 % 60),
    });
  });

  it("says who took the tip, and why", async () => {
    const places = WHOLE.slice(0, 2);
    tips.sheets = [await bookWithMe()];
    await open(entriesOf(places));
    const { sealed } = await tips.seal({ ...words, act: "take", text: "hết ca" });
    const verdict = await open([...entriesOf(places), sealed]);
    expect(verdict).toMatchObject({ state: "open" });
    if (verdict.state === "badkey") throw new Error("key");
    expect(verdict.entries.at(-1)).toMatchObject({ kind: "take", text: "hết ca" });
  });

  it("is remembered by this browser: a later session refuses the thread without it", async () => {
    const places = WHOLE.slice(0, 2);
    tips.sheets = [await bookWithMe()];
    await open(entriesOf(places));
    const { sealed } = await tips.seal(words);
    await open([...entriesOf(places), sealed]);
    tips = new Tips(await holder(), shelf);
    tips.sheets = [await bookWithMe()];
    expect((await open(entriesOf(places))).state).toBe("tampered");
    expect((await open([...entriesOf(places), sealed])).state).toBe("open");
  });
});
