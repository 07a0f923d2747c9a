/** What the page of the audit chain makes of its lines. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DETAILS, WORDS } from "../../src/crypto/acts.ts";
import { ACTS, actKey, countWithheld, fitting, people, unitsIn, wordOf } from "../../src/desk/audit/lines.ts";
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

describe.each(["vi", "en"])("in %s", (language) => {
  const text = readFileSync(join(import.meta.dirname, `../../../locales/${language}.ftl`), "utf8");
  const keys = new Set([...text.matchAll(/^([a-z][\w-]*) =/gm)].map(([, key]) => key));
  const every = [...new Set(Object.values(DETAILS).flatMap((acts) => Object.keys(acts)))];

  it("every act there is has a name, and none has that is no act", () => {
    expect([...ACTS].sort()).toEqual(every.sort());
    for (const act of ACTS) expect(keys, act).toContain(actKey(act));
  });

  it("every word that a record may say is a text", () => {
    const told: [string, string][] = [];
    for (const acts of Object.values(DETAILS))
      for (const [act, fields] of Object.entries(acts))
        for (const field of fields) for (const word of WORDS[field] ?? []) told.push([act, word]);
    expect(told.length).toBeGreaterThan(30);
    for (const [act, word] of told) {
      if (act === "register") continue; // its year is shown
      const { key } = wordOf(line(1, act, { told: word }), String, String);
      expect(keys, `${act} ${word}`).toContain(key);
    }
  });

  it.each([
    ["merge", "18121", { unit: "18121" }],
    ["hand-over", "s-2", { name: "s-2" }],
    ["recovered", 7, { count: 7 }],
    ["login-failed", 3, { count: 3 }],
    ["sheet", 9, { n: 9 }],
    ["register", 2026, { year: 2026 }],
  ])("%s tells more than its name", (act, told, args) => {
    const found = wordOf(line(1, act, { told }), String, String);
    expect(keys).toContain(found.key);
    expect(found.args).toEqual(args);
  });
});
