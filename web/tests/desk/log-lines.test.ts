/** What the page of the audit chain makes of its lines. */
import { expect, it } from "vitest";
import { countWithheld, fitting, people, unitsIn, wordOf } from "../../src/desk/audit/lines.ts";
import type { ChainLine } from "../../src/desk/keys/messages.ts";

const line = (n: number, act: string, more: Partial<ChainLine> = {}): ChainLine => {
  return {
    n,
    act,
    observed: false,
    officer: "a",
    serial: "s-1",
    tip: "t",
    told: null,
    change: null,
    hour: 0,
    seq: null,
    ...more,
  };
};
const nobody = { officer: null, serial: null, tip: null, observed: true };
const lines = [
  line(1, "open"),
  line(2, "withheld", nobody),
  line(3, "forward", { told: "18121" }),
  line(4, "forwarded", { told: "18118", ...nobody, tip: "t" }),
  line(5, "forward", { told: "18121" }),
];

it("leaves out what is withheld, and counts it", () => {
  expect(fitting(lines, "", "").map(({ n }) => n)).toEqual([5, 4, 3, 1]);
  expect(fitting(lines, "withheld", "")).toEqual([]);
  expect(countWithheld(lines)).toBe(1);
  expect(people(lines)).toEqual([["s-1", "a"]]);
});

it("calls other units by their names, each asked for once", () => {
  expect(unitsIn(lines)).toEqual(["18121", "18118"]);
  const called = (unit: string) => (unit === "18121" ? "phường Bên" : unit);
  expect(lines.map((one) => wordOf(one, String, called).args.unit)).toEqual([
    undefined,
    undefined,
    "phường Bên",
    "18118",
    "phường Bên",
  ]);
});

it("tells what a tip was taken out for", () => {
  const taken = line(6, "export", { told: "file" });
  expect(wordOf(taken, String, String)).toEqual({ key: "desk-log-purpose-file", args: {} });
});
