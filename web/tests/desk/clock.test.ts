/** Days and ages in Vietnam's time, and when a reporter sees a change. */
import { describe, expect, it } from "vitest";
import { age, dayMonth, hour, isoDay, minute, shownFrom } from "../../src/desk/clock.ts";

const at = (iso: string) => Date.parse(`${iso}+07:00`) / 1000;

describe("days and hours", () => {
  it("are Vietnam's, also where UTC still has yesterday", () => {
    const early = at("2026-11-22T05:04:00");
    expect([dayMonth(early), hour(early), minute(early)]).toEqual(["22/11", 5, "05:04"]);
  });

  it("reads an ISO day as it stands", () => {
    expect(isoDay("2026-11-02")).toBe("02/11");
    expect(isoDay("what")).toBe("what");
  });
});

describe("ages", () => {
  it.each([
    [59, { unit: "minute", count: 0 }],
    [3599, { unit: "minute", count: 59 }],
    [3600, { unit: "hour", count: 1 }],
    [47 * 3600, { unit: "hour", count: 47 }],
    [48 * 3600, { unit: "day", count: 2 }],
    [-5, { unit: "minute", count: 0 }],
  ])("%i seconds", (passed, expected) => expect(age(1_000_000, 1_000_000 + passed)).toEqual(expected));

  it("gives no minutes where only the hour is kept", () => {
    expect(age(3_600_000, 3_600_000 + 2_580, true)).toEqual({ unit: "hour", count: 0 });
    expect(age(3_600_000, 3_600_000 + 3_700, true)).toEqual({ unit: "hour", count: 1 });
    expect(age(3_600_000, 3_600_000 + 7_300, true)).toEqual({ unit: "hour", count: 2 });
  });
});

describe("a change becomes visible at 18:00, at least a day later", () => {
  it.each([
    ["2026-11-22T09:00:00", "2026-11-23T18:00:00"],
    ["2026-11-22T17:59:00", "2026-11-23T18:00:00"],
    ["2026-11-22T18:00:00", "2026-11-23T18:00:00"],
    ["2026-11-22T18:01:00", "2026-11-24T18:00:00"],
    ["2026-11-22T00:30:00", "2026-11-23T18:00:00"],
  ])("changed %s, seen %s", (changed, seen) => expect(shownFrom(at(changed))).toBe(at(seen)));
});
