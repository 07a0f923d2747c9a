/** Which unit sheets an officer's browser accepts. */
import { describe, expect, it } from "vitest";
import { accept } from "../../src/desk/keys/sheetbook.ts";
import { fromBase64url } from "../../src/shared/bytes.ts";
import { type SheetVectors, shared } from "./vectors.ts";

const vectors = shared<SheetVectors>("crypto/vectors/sheets.json");
const [duty, other] = vectors.sheet.officers;
if (!duty || !other) throw new Error("vectors");
const me = {
  serial: duty.serial,
  officer: duty.officer,
  role: "duty" as const,
  unit: vectors.unit,
  site: vectors.site,
  demo: true,
  authority: vectors.authority,
};
const keys = { recipient: duty.recipient, signingKey: fromBase64url(duty.signing_key) };
const now = vectors.sheet.issued + 60;
const good = vectors.cases.filter((one) => one.outcome === "good").map((one) => one.body);

describe("accepting sheets", () => {
  it.each(vectors.cases)("$why: $outcome", async ({ body, outcome }) => {
    const { verdict } = await accept([body], me, keys, { atLeast: 0, now });
    expect(verdict.sheet !== null).toBe(outcome === "good");
  });

  it.each(vectors.newest)("newest of several, $why", async ({ bodies, at_least, n }) => {
    const { verdict, sheets } = await accept(bodies, me, keys, { atLeast: at_least, now });
    expect(verdict.sheet?.n ?? null).toBe(n);
    expect(sheets.length > 0).toBe(n !== null);
  });

  it("says why: none yet, older than seen, forged", async () => {
    const state = async (bodies: string[], atLeast: number) =>
      (await accept(bodies, me, keys, { atLeast, now })).verdict.state;
    expect(await state([], 0)).toBe("none");
    expect(await state([], 2)).toBe("older");
    expect(await state(good, 99)).toBe("older");
    expect(await state([...good, good[0]?.replace(/^../, "AA") ?? ""], 0)).toBe("forged");
  });

  it("takes the sheets of units that its newest one goes on for, and of no other", async () => {
    const merged = vectors.cases.find(({ why }) => why === "going on for others")?.body ?? "";
    const state = async (bodies: string[]) => {
      const { verdict, sheets } = await accept(bodies, me, keys, { atLeast: 0, now });
      return [verdict.state, verdict.sheet?.unit, sheets.map(({ unit }) => unit)];
    };
    const { of_old, of_another } = vectors.merged;
    expect(await state([of_old, merged])).toEqual(["good", vectors.unit, [vectors.unit, "xa-cu"]]);
    for (const bodies of [[of_another, merged], [of_old, good[0] ?? ""], [of_old]])
      expect(await state(bodies)).toEqual(["forged", undefined, []]);
  });

  it("refuses the sheet of another site, unit, authority or kind", async () => {
    for (const change of [{ site: "x" }, { unit: "x" }, { demo: false }, { authority: duty.signing_key }]) {
      const { verdict, sheets } = await accept(good, { ...me, ...change }, keys, { atLeast: 0, now });
      expect(verdict.state).toBe("forged");
      expect(sheets).toEqual([]);
    }
  });

  it("knows an officer who is not on it, and one whose keys were swapped", async () => {
    const state = async (who: typeof me, held: typeof keys) =>
      (await accept(good, who, held, { atLeast: 0, now })).verdict.state;
    expect(await state({ ...me, serial: "s-77" }, keys)).toBe("absent-me");
    expect(await state(me, { ...keys, recipient: other.recipient })).toBe("other-key");
    expect(await state(me, { ...keys, signingKey: fromBase64url(other.signing_key) })).toBe("other-key");
  });

  it("shows an expired sheet as expired", async () => {
    const { verdict } = await accept(good, me, keys, { atLeast: 0, now: vectors.sheet.expires });
    expect(verdict.sheet?.expired).toBe(true);
  });

  it.each([
    [14 * 86_400, null],
    [14 * 86_400 - 1, 14],
    [86_401, 2],
    [1, 1],
    [0, null],
  ])("%i seconds before its end: %s days are left to warn of", async (left, days) => {
    const { verdict } = await accept(good, me, keys, { atLeast: 0, now: vectors.sheet.expires - left });
    expect(verdict.sheet?.ending).toBe(days);
  });
});
