/** Which doors of the console a role finds. */
import { expect, it, vi } from "vitest";

vi.mock("../../src/desk/words.ts", () => ({ t: (key: string) => key, learn: vi.fn() }));
const { doorsOf, homeOf } = await import("../../src/desk/frame/doors.tsx");

it("an operator finds the organisation and the log, and no tips", () => {
  expect(doorsOf("operator")).not.toContain("tips");
  expect(doorsOf("operator")).toEqual(["roster", "units", "boxes", "hotlines", "officers", "access", "log"]);
  expect(homeOf("operator")).toBe("units");
});

it("an officer on duty finds what he reads, and nobody's account", () => {
  expect(doorsOf("duty")).toEqual(["tips", "roster", "boxes", "hotlines", "hands", "access", "log", "phone"]);
});

it("a chief finds all of it, the tips first", () => {
  expect(doorsOf("chief")).toEqual([
    "tips",
    "roster",
    "units",
    "boxes",
    "hotlines",
    "officers",
    "hands",
    "access",
    "log",
    "phone",
  ]);
  expect([homeOf("chief"), homeOf("duty")]).toEqual(["tips", "tips"]);
});

it("nobody finds nothing", () => {
  expect(doorsOf(undefined)).toEqual([]);
});
