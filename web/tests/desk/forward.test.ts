/** Passing a tip on in the worker: keys for the other unit's readers alone, never past what its reporter wanted. */
import { beforeEach, describe, expect, it } from "vitest";
import { generateIdentity, recipientOf } from "../../src/crypto/age.ts";
import { grantsDigest, openGrant, sealGrant } from "../../src/crypto/grants.ts";
import { draftSheet, type Sheet } from "../../src/crypto/sheets.ts";
import { signer, verifyKeyOf } from "../../src/crypto/signing.ts";
import type { Me, ThreadVerdict } from "../../src/desk/keys/messages.ts";
import { Refusal } from "../../src/desk/keys/refusal.ts";
import { memoryShelf } from "../../src/desk/keys/shelf.ts";
import { Tips } from "../../src/desk/keys/tips.ts";
import { isPassed } from "../../src/desk/thread/forward/units.ts";
import { fromBase64url, toBase64url } from "../../src/shared/bytes.ts";
import { shared } from "./vectors.ts";

interface Vectors {
  identity: string;
  site: string;
  tip: string;
  verify: Record<string, Record<string, string>>;
  sealed: string[];
  threads: { why: string; unit: string; entries: number[] }[];
  openings: { why: string; sealed: string }[];
}

const vectors = shared<Vectors>("crypto/vectors/forwardings.json");
const [HERE = "", THERE = "", ABOVE = ""] = Object.keys(vectors.verify);
const SEED = new Uint8Array(32).fill(9);
const AT = 1_795_300_000;
const KEYS = { identity: vectors.identity, older: [] };
const own = await generateIdentity();
const theirs = await generateIdentity();

function thread(why: string): string[] {
  const found = vectors.threads.find((one) => one.why === why);
  return (found?.entries ?? []).map((at) => vectors.sealed[at] ?? "");
}

const plain = thread("not passed on");

/** A unit's sheet with the vectors' signing keys, and one reader whose keys are known here. */
async function sheet(unit: string, name: string, reader: string, identity: string): Promise<Sheet> {
  const line = { role: "duty", recipient: await recipientOf(identity), from: 0, to: null };
  const mine = { ...line, serial: reader, officer: reader, signingKey: await verifyKeyOf(SEED) };
  const others = Object.entries(vectors.verify[unit] ?? {}).map(([serial, key]) => ({
    ...line,
    serial,
    officer: serial,
    role: "investigator",
    signingKey: fromBase64url(key),
  }));
  const officers = [mine, ...others];
  return {
    site: vectors.site,
    demo: true,
    unit,
    name,
    parent: null,
    n: 1,
    issued: AT - 60,
    expires: AT + 60,
    officers,
    recovery: await recipientOf(theirs),
    goesOnFor: [],
  };
}

/** An officer's tips at the desk of a unit, and his grant. */
async function at(
  unit: string,
  serial: string,
  identity: string,
  shelf = memoryShelf(),
): Promise<{ tips: Tips; grant: string }> {
  const me: Me = {
    site: vectors.site,
    unit,
    officer: serial,
    serial,
    role: "duty",
    demo: true,
    authority: "",
  };
  const tips = new Tips({ me, unlocked: { identity, signer: await signer(SEED) } }, shelf);
  tips.sheets = [await sheet(unit, unit.toUpperCase(), serial, identity)];
  const granted = { site: vectors.site, tip: fromBase64url(vectors.tip), unit, officer: serial, serial };
  const grant = await sealGrant(KEYS, await recipientOf(identity), granted);
  return { tips, grant: toBase64url(grant) };
}

let tips: Tips;
let grant: string;
let beside: Sheet;

beforeEach(async () => {
  ({ tips, grant } = await at(HERE, "me", own));
  beside = await sheet(THERE, "Xã Bên", "you", theirs);
});

const opened = (entries: string[]): Promise<ThreadVerdict> =>
  tips.openThread({ tip: vectors.tip, grant, entries });
const passOn = (to = THERE, now = AT) => tips.forward({ tip: vectors.tip, to, text: "Ở bên đó", at: now });

describe("passing on", () => {
  it("makes a key for each reader of the other unit, and names them by one digest", async () => {
    await opened(plain);
    tips.others.set(THERE, [beside]);
    const { seq, sheet: n, grants, digest } = await passOn();
    expect([seq, n, Object.keys(grants).sort()]).toEqual([plain.length, beside.n, ["recovery", "you"]]);
    const sealed = Object.fromEntries(Object.entries(grants).map(([to, one]) => [to, fromBase64url(one)]));
    expect(toBase64url(await grantsDigest(sealed))).toBe(digest);
    const expected = { site: vectors.site, tip: fromBase64url(vectors.tip), unit: THERE };
    for (const who of ["recovery", "you"]) {
      const one = sealed[who] ?? new Uint8Array();
      expect(await openGrant(one, theirs, { ...expected, officer: who, serial: who })).toEqual(KEYS);
    }
  });

  it("is read there once the sheets of who had it are learnt, with names from the sheets", async () => {
    await opened(plain);
    tips.others.set(THERE, [beside]);
    const { sealed, grants } = await passOn();
    const here = tips.sheets;
    ({ tips } = await at(THERE, "you", theirs));
    grant = grants.you ?? "";
    expect(await opened([...plain, sealed])).toMatchObject({ state: "tampered", lacking: [HERE] });
    tips.others.set(HERE, here);
    const read = await opened([...plain, sealed]);
    expect(read).toMatchObject({ state: "open", opening: { unit: HERE, from: HERE.toUpperCase() } });
    if (read.state === "badkey") throw new Error("key");
    expect(read.entries.at(-1)).toMatchObject({
      kind: "forward",
      text: "Ở bên đó",
      to: THERE.toUpperCase(),
      by: { officer: "me" },
    });
  });

  it("needs a thread that verified, and somebody who reads there by a sheet in force", async () => {
    tips.others.set(THERE, [beside]);
    await expect(passOn()).rejects.toThrow(Refusal);
    await opened(plain);
    await expect(passOn(THERE, beside.expires)).rejects.toThrow("nobody");
    await expect(passOn(ABOVE)).rejects.toThrow("nobody");
    tips.others.set(THERE, []);
    await expect(passOn()).rejects.toThrow("nobody");
    const [officer] = beside.officers;
    if (!officer) throw new Error("sheet");
    tips.others.set(THERE, [{ ...beside, officers: [{ ...officer, to: AT }] }]);
    await expect(passOn()).rejects.toThrow("nobody");
  });

  it("is read there too where an officer passed it on whose unit goes on for the one that it was sent to", async () => {
    const here = tips.sheets;
    const heir = { ...(await sheet(ABOVE, "Xã Mới", "me", own)), goesOnFor: [HERE] };
    ({ tips, grant } = await at(ABOVE, "me", own));
    tips.sheets = [heir, ...here.map((one) => ({ ...one, officers: one.officers.slice(1) }))];
    expect(await opened(plain)).toMatchObject({ state: "open" });
    tips.others.set(THERE, [beside]);
    const { sealed, grants } = await passOn();
    const [, before] = tips.sheets;
    if (!before) throw new Error("sheet");
    ({ tips } = await at(THERE, "you", theirs));
    grant = grants.you ?? "";
    tips.others.set(HERE, [before]);
    expect(await opened([...plain, sealed])).toMatchObject({ state: "tampered" });
    tips.others.set(ABOVE, [{ ...heir, goesOnFor: [] }]);
    expect(await opened([...plain, sealed])).toMatchObject({ state: "tampered" });
    tips.others.set(ABOVE, [heir]);
    expect(await opened([...plain, sealed])).toMatchObject({ state: "open" });
  });

  it.each(["recovery", "recovery-3", "reporter", ""])("has no reader called %j", (serial) => {
    const officers = beside.officers.map((one) => ({ ...one, serial })).slice(0, 1);
    expect(() => draftSheet({ ...beside, officers })).toThrow();
    expect(() =>
      draftSheet({ ...beside, officers: officers.map((one) => ({ ...one, serial: "was" })) }),
    ).not.toThrow();
  });

  it("never goes to a unit that a sheet seen here says is over, in a later session neither", async () => {
    const shelf = memoryShelf();
    for (const known of [true, false]) {
      ({ tips, grant } = await at(HERE, "me", own, shelf));
      await opened(plain);
      tips.others.set(THERE, [beside]);
      if (known) {
        await expect(passOn()).resolves.toBeDefined();
        await tips.noteOver([{ ...(await sheet(ABOVE, "Xã Mới", "them", theirs)), goesOnFor: [THERE] }]);
      }
      await expect(passOn()).rejects.toThrow("nobody");
    }
  });

  it("never goes to a unit under the one that the reporter passed over, nor under one that goes on for that", async () => {
    ({ tips, grant } = await at(ABOVE, "me", own));
    await opened([vectors.openings.find(({ why }) => why === "past a ward")?.sealed ?? ""]);
    const between = await sheet("giua", "Đồn", "them", theirs);
    const under = { ...beside, parent: between.unit };
    for (const above of [HERE, ABOVE]) {
      tips.others.set(THERE, [{ ...beside, parent: above }]);
      await (above === HERE
        ? expect(passOn()).rejects.toThrow("passed-over")
        : expect(passOn()).resolves.toBeDefined());
      tips.others.set(THERE, [under]);
      tips.others.set(between.unit, [{ ...between, parent: above }]);
      await (above === HERE
        ? expect(passOn()).rejects.toThrow("passed-over")
        : expect(passOn()).resolves.toBeDefined());
    }
    tips.others.set(between.unit, [{ ...between, goesOnFor: [HERE] }]);
    await expect(passOn()).rejects.toThrow("passed-over");
  });

  it("never goes to whom the reporter passed over", async () => {
    ({ tips, grant } = await at(ABOVE, "me", own));
    const opening = vectors.openings.find(({ why }) => why === "past a ward")?.sealed ?? "";
    expect(await opened([opening])).toMatchObject({ state: "open", opening: { passed: HERE } });
    tips.others.set(HERE, [await sheet(HERE, "Xã", "you", theirs)]);
    tips.others.set(THERE, [beside]);
    await expect(passOn(HERE)).rejects.toThrow("passed-over");
    tips.others.set(THERE, [{ ...beside, goesOnFor: [HERE] }]);
    await expect(passOn(THERE)).rejects.toThrow("passed-over");
    tips.others.set(THERE, [beside]);
    expect((await passOn(THERE)).seq).toBe(1);
  });
});

describe("a thread that was passed on", () => {
  it("asks for the sheets of one unit after the other", async () => {
    ({ tips, grant } = await at(ABOVE, "me", own));
    const entries = thread("passed on twice");
    expect(await opened(entries)).toMatchObject({ state: "tampered", lacking: [HERE] });
    tips.others.set(HERE, [await sheet(HERE, "Xã", "x", theirs)]);
    expect(await opened(entries)).toMatchObject({ state: "tampered", lacking: [THERE] });
    tips.others.set(THERE, [beside]);
    expect(await opened(entries)).toMatchObject({ state: "open" });
  });

  it("asks for nothing where learning would not help", async () => {
    expect(await opened(thread("passed on from here"))).toMatchObject({ state: "tampered", lacking: [] });
    expect(await opened([...plain, plain[1] ?? ""])).toMatchObject({ state: "tampered", lacking: [] });
  });

  it("stands in the list with what its opening says", async () => {
    ({ tips, grant } = await at(THERE, "you", theirs));
    const [opening = ""] = plain;
    const row = await tips.openRow({ tip: vectors.tip, grant, opening });
    expect(row).toMatchObject({ state: "open", opening: { unit: HERE, from: HERE } });
  });
});

it("the unit that was passed over, and what came after it, is not offered", () => {
  const passed =
    (code: string, ...was: string[]) =>
    (over: string | undefined) =>
      isPassed({ code, name_vi: "", name_en: "", was }, over);
  expect([passed("a")("a"), passed("b", "a")("a"), passed("b", "x", "a")("a")]).toEqual([true, true, true]);
  expect([passed("a")(undefined), passed("a")("b"), passed("b", "c")("a")]).toEqual([false, false, false]);
});
