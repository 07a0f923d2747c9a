/** Keys change hands in the worker: for who reads by the sheet, never past the reporter's will, and under a new key. */
import { beforeEach, describe, expect, it } from "vitest";
import { generateIdentity, recipientOf } from "../../src/crypto/age.ts";
import { openEntry } from "../../src/crypto/entries.ts";
import { grantsDigest, openGrant, sealGrant } from "../../src/crypto/grants.ts";
import type { Officer as Line, Sheet } from "../../src/crypto/sheets.ts";
import { signer, verifyKeyOf } from "../../src/crypto/signing.ts";
import { everyKey, type TipKeys } from "../../src/crypto/tipkeys.ts";
import { Handing } from "../../src/desk/keys/handing.ts";
import type { Me, Renewed, Told } from "../../src/desk/keys/messages.ts";
import { memoryShelf } from "../../src/desk/keys/shelf.ts";
import { Tips } from "../../src/desk/keys/tips.ts";
import { fromBase64url, toBase64url } from "../../src/shared/bytes.ts";
import { shared } from "./vectors.ts";

interface Vectors {
  identity: string;
  site: string;
  tip: string;
  verify: Record<string, Record<string, string>>;
  sealed: string[];
  threads: { why: string; entries: number[] }[];
  openings: { why: string; sealed: string }[];
}

const vectors = shared<Vectors>("crypto/vectors/forwardings.json");
const [HERE = "", , ABOVE = ""] = Object.keys(vectors.verify);
const SEED = new Uint8Array(32).fill(9);
const NOW = Math.floor(Date.now() / 1000);
const [own, theirs, backup] = [await generateIdentity(), await generateIdentity(), await generateIdentity()];
const KEYS: TipKeys = { identity: vectors.identity, older: [] };
const tip = vectors.tip;
const entries = (vectors.threads.find(({ why }) => why === "not passed on")?.entries ?? []).map(
  (at) => vectors.sealed[at] ?? "",
);
const opening = entries[0] ?? "";
const past = vectors.openings.find(({ why }) => why === "past a ward")?.sealed ?? "";

async function line(serial: string, identity: string, role = "duty"): Promise<Line> {
  const signingKey = await verifyKeyOf(SEED);
  return {
    serial,
    officer: serial,
    role,
    recipient: await recipientOf(identity),
    signingKey,
    from: 0,
    to: null,
  };
}

async function sheet(unit: string, officers: Line[], changes: Partial<Sheet> = {}): Promise<Sheet> {
  const signers = Object.entries(vectors.verify[unit] ?? {}).map(([serial, key]) => ({
    ...{ serial, officer: serial, role: "investigator", recipient: "", from: 0, to: null },
    signingKey: fromBase64url(key),
  }));
  return {
    ...{ site: vectors.site, demo: true, unit, name: unit, parent: null, n: 2, issued: NOW - 60 },
    expires: NOW + 3600,
    officers: [...officers, ...signers],
    recovery: await recipientOf(backup),
    goesOnFor: [],
    ...changes,
  };
}

/** The log tells that both were given the key. */
const record = (n: number, act: string, told: string | null, of: string | null = tip): Told => ({
  ...{ n, act, tip: of, told, hour: NOW - (NOW % 3600) },
});
const GIVEN = [record(1, "give", "me"), record(2, "give", "you")];

let tips: Tips;
let handing: Handing;
let grant: string;

async function sit(unit: string, sheets: Sheet[], keys = KEYS): Promise<void> {
  const me: Me = {
    ...{ site: vectors.site, unit, officer: "me", serial: "me" },
    role: "duty",
    demo: true,
    authority: "",
  };
  const holder = { me, unlocked: { identity: own, signer: await signer(SEED) } };
  tips = new Tips(holder, memoryShelf());
  tips.sheets = sheets;
  handing = new Handing(holder, tips);
  const granted = { site: vectors.site, tip: fromBase64url(tip), unit, officer: "me", serial: "me" };
  grant = toBase64url(await sealGrant(keys, await recipientOf(own), granted));
}

beforeEach(async () => {
  await sit(HERE, [await sheet(HERE, [await line("me", own), await line("you", theirs)])]);
});

const expected = (serial: string, unit = HERE) => ({
  site: vectors.site,
  tip: fromBase64url(tip),
  unit,
  officer: serial,
  serial,
});

describe("giving", () => {
  const give = (reader = "you", row = { tip, grant, opening }) => handing.give({ reader, rows: [row] });

  it("seals the tip's key to the reader on the sheet", async () => {
    const { grants, failed } = await give();
    expect(failed).toEqual([]);
    expect(await openGrant(fromBase64url(grants[tip] ?? ""), theirs, expected("you"))).toEqual(KEYS);
  });

  it("names the keys by their digest", async () => {
    const { grants } = await give();
    const digest = await handing.digest({ grants });
    expect(digest).toBe(toBase64url(await grantsDigest({ [tip]: fromBase64url(grants[tip] ?? "") })));
  });

  it.each(["nobody", "s-1", "recovery"])("refuses %s, who does not read by the sheet", async (reader) => {
    await expect(give(reader)).rejects.toMatchObject({ reason: "off-sheet" });
    await expect(handing.digitsOf({ serial: reader })).rejects.toMatchObject({ reason: "off-sheet" });
  });

  it("refuses everybody once the sheet has run out", async () => {
    tips.sheets = [
      await sheet(HERE, [await line("me", own), await line("you", theirs)], { expires: NOW - 1 }),
    ];
    await expect(give()).rejects.toMatchObject({ reason: "off-sheet" });
  });

  it("tells which tips it could not open", async () => {
    const other = { tip, grant, opening: entries[1] ?? "" };
    expect(await give("you", other)).toEqual({ grants: {}, failed: [{ tip, why: "tampered" }] });
    const broken = { tip, grant: toBase64url(fromBase64url(grant).slice(0, -1)), opening };
    expect((await give("you", broken)).failed).toEqual([{ tip, why: "badkey" }]);
  });

  it("gives nobody a tip that its reporter sent past him, whatever merged since", async () => {
    const people = [await line("me", own), await line("you", theirs), await line("new", backup)];
    const mine = await sheet(ABOVE, people, { goesOnFor: [HERE] });
    const row = async () => ({ tip, grant, opening: past });
    await sit(ABOVE, [mine, await sheet(HERE, [await line("you", theirs)])]);
    expect((await give("you", await row())).failed).toEqual([{ tip, why: "passed-over" }]);
    const renamed = { ...(await line("you-before", theirs)), officer: "you" };
    await sit(ABOVE, [mine, await sheet(HERE, [renamed])]);
    expect((await give("you", await row())).failed).toEqual([{ tip, why: "passed-over" }]);
    expect((await give("new", await row())).failed).toEqual([]);
  });

  it("shows the digits of the keys on the sheet", async () => {
    expect(await handing.digitsOf({ serial: "you" })).toMatch(/^\d{5} \d{5} \d{5} \d{5}$/);
  });
});

describe("a new key", () => {
  const rekey = (readers = ["me", "you"], some = entries) =>
    handing.rekey({ tip, grant, entries: some, readers, told: GIVEN, at: NOW - (NOW % 60) });

  async function renewed(readers?: string[]): Promise<Renewed> {
    const made = await rekey(readers);
    if (made.state !== "open") throw new Error(made.state);
    return made;
  }

  it("is for who reads on, the recovery identity and the reporter, with the old one along", async () => {
    const made = await renewed();
    expect([made.seq, Object.keys(made.grants).sort()]).toEqual([entries.length, ["me", "recovery", "you"]]);
    const keys = await openGrant(fromBase64url(made.grants.you ?? ""), theirs, expected("you"));
    expect(keys?.older).toEqual([vectors.identity]);
    const kept = await openGrant(fromBase64url(made.grants.recovery ?? ""), backup, expected("recovery"));
    expect(kept && everyKey(kept)).toEqual([vectors.identity, keys?.identity]);
    const raw = { ...made.grants, reporter: made.reporter };
    const all = Object.fromEntries(Object.entries(raw).map(([to, one]) => [to, fromBase64url(one)]));
    expect(made.digest).toBe(toBase64url(await grantsDigest(all)));
  });

  it("opens the thread that goes on under it, and the old one does not", async () => {
    const made = await renewed();
    const on = [...entries, made.sealed];
    expect(await openEntry(fromBase64url(made.sealed), vectors.identity)).toBeNull();
    expect((await tips.openThread({ tip, grant, entries: on })).state).toBe("tampered");
    grant = made.grants.me ?? "";
    const read = await tips.openThread({ tip, grant, entries: on });
    expect(read.state === "open" && read.entries.at(-1)).toMatchObject({ kind: "rekey", sound: true });
    expect(await tips.openRow({ tip, grant, opening })).toMatchObject({ state: "open" });
    const { sealed } = await tips.seal({ tip, act: "question", text: "Mấy giờ?", at: NOW - (NOW % 60) });
    expect(await openEntry(fromBase64url(sealed), vectors.identity)).toBeNull();
    expect((await tips.openThread({ tip, grant, entries: [...on, sealed] })).state).toBe("open");
  });

  it("that opens nothing here leaves what was before it, and is set aside by another", async () => {
    const bent = await renewed();
    const junk = toBase64url(new Uint8Array(40));
    const after = { tip, grant: junk, former: [grant], entries: [...entries, bent.sealed] };
    const cut = await tips.openThread(after);
    expect(cut.state).toBe("cut");
    const views = cut.state === "cut" ? cut.entries : [];
    expect(views.map(({ sound }) => sound)).toEqual([...entries.slice(1).map(() => true), false]);
    expect(views.at(-1)).toMatchObject({ kind: "other", shut: true });
    expect(await tips.openRow({ tip, grant: junk, former: [grant], opening })).toMatchObject({
      state: "open",
    });
    await expect(tips.seal({ tip, act: "answer", text: "x", at: 0 })).rejects.toMatchObject({
      reason: "not-open",
    });
    const made = await handing.rekey({ ...after, readers: ["me", "you"], told: GIVEN, at: NOW - (NOW % 60) });
    if (made.state !== "open") throw new Error(made.state);
    const on = [...after.entries, made.sealed];
    const read = await tips.openThread({ tip, grant: made.grants.me ?? "", former: [grant], entries: on });
    expect(read.state).toBe("open");
    const { sealed } = await tips.seal({ tip, act: "question", text: "Mấy giờ?", at: NOW - (NOW % 60) });
    const whole = { tip, grant: made.grants.me ?? "", entries: [...on, sealed] };
    expect((await tips.openThread(whole)).state).toBe("open");
  });

  it("is not set aside by whoever has read under it", async () => {
    const first = await renewed();
    const under = { tip, grant: first.grants.me ?? "", entries: [...entries, first.sealed] };
    expect((await tips.openThread(under)).state).toBe("open");
    expect((await tips.openThread({ ...under, grant: "AAAA", former: [grant] })).state).toBe("cut");
    const made = await handing.rekey({
      ...{ tip, grant: "AAAA", former: [grant], entries: under.entries },
      ...{ readers: ["me", "you"], told: GIVEN, at: NOW - (NOW % 60) },
    });
    if (made.state !== "open") throw new Error(made.state);
    const set = { tip, grant: made.grants.me ?? "", entries: [...under.entries, made.sealed] };
    expect((await tips.openThread(set)).state).toBe("tampered");
  });

  it("does not excuse what was changed at the thread's end", async () => {
    const first = await renewed();
    const broken = [...entries, first.sealed, entries[1] ?? ""];
    const asked = { tip, grant: first.grants.me ?? "", former: [grant], entries: broken };
    expect((await tips.openThread(asked)).state).toBe("tampered");
  });

  it("does not excuse what was changed behind it: no key from before explains that", async () => {
    const first = await renewed();
    const under = { tip, grant: first.grants.me ?? "", former: [grant], entries: [...entries, first.sealed] };
    expect((await tips.openThread(under)).state).toBe("open");
    const { sealed } = await tips.seal({ tip, act: "question", text: "Mấy giờ?", at: NOW - (NOW % 60) });
    const doubled = { ...under, entries: [...under.entries, sealed, sealed] };
    expect((await tips.openThread(doubled)).state).toBe("tampered");
    const asked = { readers: ["me", "you"], told: GIVEN, at: NOW - (NOW % 60) };
    expect((await handing.rekey({ ...doubled, ...asked })).state).toBe("tampered");
  });

  it("is remembered by whoever made it: a thread without it is refused from then on", async () => {
    const made = await renewed();
    await handing.taken({ tip, seq: made.seq, sealed: made.sealed });
    expect((await tips.openThread({ tip, grant, entries })).state).toBe("tampered");
  });

  it.each([
    ["was taken back last", [...GIVEN, record(3, "take-back", "you")], "stranger"],
    ["was never made by what the log tells", GIVEN.slice(0, 1), "stranger"],
    ["was given again", [...GIVEN, record(3, "take-back", "you"), record(4, "give", "you")], "open"],
    [
      "was handed over after it was taken back",
      [...GIVEN, record(3, "take-back", "you"), record(4, "hand-over", "you", null)],
      "stranger",
    ],
    ["was handed over", [...GIVEN.slice(0, 1), record(2, "hand-over", "you", null)], "open"],
    ["was taken back of another tip", [...GIVEN, record(3, "take-back", "you", "AAAA")], "open"],
    ["came of the shares", [...GIVEN.slice(0, 1), record(2, "recovered", null, null)], "open"],
  ])("of a row whose key %s", async (_, told, state) => {
    const made = await handing.rekey({
      tip,
      grant,
      entries,
      readers: ["me", "you"],
      told,
      at: NOW - (NOW % 60),
    });
    expect(made.state).toBe(state);
  });

  it("is sealed past the reporter's will to nobody, and asks for the sheets of whom he passed over", async () => {
    const people = [await line("me", own), await line("you", theirs)];
    await sit(ABOVE, [await sheet(ABOVE, people)]);
    const row = { tip, grant, opening: past };
    const asked = await handing.give({ reader: "you", rows: [row] });
    expect(asked).toMatchObject({ failed: [{ tip, why: "passed-unknown" }], lacking: [HERE] });
    tips.others.set(HERE, []);
    const unknown = await handing.give({ reader: "you", rows: [row] });
    expect(unknown).toEqual({ grants: {}, failed: [{ tip, why: "passed-unknown" }] });
    tips.others.set(HERE, [await sheet(HERE, [await line("you", theirs)])]);
    expect((await handing.give({ reader: "you", rows: [row] })).failed).toEqual([
      { tip, why: "passed-over" },
    ]);
    tips.others.set(HERE, [await sheet(HERE, [await line("else", theirs)])]);
    expect((await handing.give({ reader: "you", rows: [row] })).failed).toEqual([]);
    const rekeyed = () =>
      handing.rekey({
        ...{ tip, grant, entries: [past], readers: ["me", "you"], told: GIVEN, at: NOW - (NOW % 60) },
      });
    expect((await rekeyed()).state).toBe("open");
    tips.others.set(HERE, [await sheet(HERE, [await line("you", theirs)])]);
    expect((await rekeyed()).state).toBe("passed-over");
    tips.others.clear();
    expect(await rekeyed()).toEqual({ state: "passed-unknown", lacking: [HERE] });
  });

  it("is refused for whoever does not read by the sheet, and without oneself", async () => {
    await expect(rekey(["me", "you", "gone"])).rejects.toMatchObject({ reason: "off-sheet" });
    await expect(rekey(["you"])).rejects.toMatchObject({ reason: "off-sheet" });
  });

  it("is not put on a thread that does not hold", async () => {
    expect((await rekey(["me", "you"], [...entries, entries[1] ?? ""])).state).toBe("tampered");
  });
});
