/** What the lists show: every column they ask for has a name, units stand as a tree, weeks begin on Monday. */
import { describe, expect, it } from "vitest";
import { LISTS as NAMED } from "../../../src/crypto/acts.ts";
import {
  differing,
  keepsPast,
  layoutOf,
  listsOf,
  sentColumns,
  titleOf,
  worded,
} from "../../../src/desk/organisation/lists.ts";
import type { Row, UnitNode, View } from "../../../src/desk/organisation/shapes.ts";
import { below, grown, indented } from "../../../src/desk/organisation/tree.ts";
import { gapsOf, monday, span } from "../../../src/desk/organisation/week.tsx";
import { source } from "../vectors.ts";

const LISTS: readonly View[] = [...NAMED, "routes", "sheets"];

function node(code: string, parent: string | null, past = false): UnitNode {
  return { code, parent, past, name_vi: code, name_en: code };
}

it.each(["vi", "en"])("every column is called something in %s", (language) => {
  const texts = source(`locales/${language}.ftl`);
  const named = LISTS.flatMap((list) => {
    const { table, form } = layoutOf(list);
    const names = [...table, ...form].map((column) => column.replaceAll("_", "-"));
    return names.map((name) => [`org-col-${list}-${name}`, `org-col-${name}`]);
  });
  expect(named.filter((keys) => !keys.some((key) => texts.includes(`\n${key} =`)))).toEqual([]);
});

it.each(["vi", "en"])("every list has its words in %s", (language) => {
  const texts = source(`locales/${language}.ftl`);
  const keys = LISTS.flatMap((list) => [
    ...["list", "empty", ...(list === "sheets" ? [] : ["new"])].map((what) => `org-${what}-${list}`),
    ...(keepsPast(list) ? [`org-past-${list}`] : []),
  ]);
  expect(keys.filter((key) => !texts.includes(`\n${key} =`))).toEqual([]);
});

describe("a row's name", () => {
  const row = { key: "tdp4", unit: "u", more: {}, cells: { label_vi: "Tổ 4", label_en: "" } } as Row;

  it("is in the language of the screen, else in the other", () => {
    expect([worded(row, "label", "vi"), worded(row, "label", "en")]).toEqual(["Tổ 4", "Tổ 4"]);
  });

  it("is never empty", () => {
    expect(titleOf("boxes", { ...row, cells: {} }, "vi")).toBe("tdp4");
  });
});

describe("what is sent of a row", () => {
  const cells = { code: "tdp4", unit: "u", label_vi: "Tổ 4", place: "Chợ", contact_role: "" };
  const row = { key: "tdp4", unit: "u", more: {}, cells } as Row;
  const form = ["unit", "label_vi", "place", "contact_role", "code"];

  it("is what names it and what was changed, so that a colleague's newer words stay", () => {
    const typed = { ...cells, place: "Đình" };
    expect(differing(row, typed, form)).toEqual(["place"]);
    expect(sentColumns("boxes", row, typed, form)).toEqual(["unit", "place", "code"]);
    expect(differing(row, cells, form)).toEqual([]);
  });

  it("is all there is where the row is new", () => {
    expect(sentColumns("boxes", null, cells, form)).toEqual(form);
  });

  it("has a number's own cells too, which are as they were seen", () => {
    const number = { ...row, cells: { unit: "u", number: "1", role_vi: "x", hours_vi: "" } } as Row;
    const asked = ["unit", "number", "role_vi", "role_en", "hours_vi"];
    expect(sentColumns("hotlines", number, { ...number.cells, hours_vi: "7" }, asked)).toEqual([
      "unit",
      "number",
      "role_vi",
      "hours_vi",
    ]);
  });
});

it("lists that belong together share a page", () => {
  expect([listsOf("boxes"), listsOf("units"), listsOf("officers"), listsOf("roster")]).toEqual([
    ["boxes", "hamlets"],
    ["units", "routes"],
    ["officers", "sheets"],
    ["roster", "swaps", "holidays"],
  ]);
});

describe("units", () => {
  const units = [node("42", null), node("18118", "42"), node("18121", "42"), node("x", "elsewhere")];

  it("stand under each other, those without a known parent at the top", () => {
    expect(indented(grown(units)).map(({ unit, depth }) => `${depth} ${unit.code}`)).toEqual([
      "0 42",
      "1 18118",
      "1 18121",
      "0 x",
    ]);
  });

  it("in a circle stand there once all the same", () => {
    const circle = [node("a", "b"), node("b", "a")];
    expect(indented(grown(circle)).map(({ unit }) => unit.code)).toEqual(["a", "b"]);
  });

  it("reach down to whatever stands under them", () => {
    const deep = [...units, node("h", "18118")];
    expect([...below(deep, "42")].sort()).toEqual(["18118", "18121", "42", "h"]);
  });
});

describe("a week", () => {
  const SUNDAY_EVENING = Date.parse("2026-11-22T16:30:00Z") / 1000;

  it("begins on its Monday in Vietnam's time", () => {
    expect([monday(SUNDAY_EVENING, 0), monday(SUNDAY_EVENING + 3600, 0)]).toEqual([
      "2026-11-16",
      "2026-11-23",
    ]);
    expect([monday(SUNDAY_EVENING, -1), monday(SUNDAY_EVENING, 1)]).toEqual(["2026-11-09", "2026-11-23"]);
  });

  it("says whole hours short", () => {
    expect(span({ from: "21:00", to: "24:00" })).toBe("21–24");
    expect(span({ from: "07:30", to: "11:00" })).toBe("07:30–11:00");
  });

  it("names every gap with its day", () => {
    const gap = { from: "21:00", to: "23:00", goes_to: "Đ/c A" };
    const ordinary = { shifts: [], feast: null, working: false };
    const days = [
      { ...ordinary, day: "2026-11-27", gaps: [] },
      { ...ordinary, day: "2026-11-28", gaps: [gap] },
    ];
    expect(gapsOf(days)).toEqual([{ day: "2026-11-28", gap }]);
  });
});
