/** Rows on their way: as a CSV the server reads, a week with one duty changed, a history as what became of it. */
import { describe, expect, it, vi } from "vitest";
import type { Change, Row } from "../../../src/desk/organisation/shapes.ts";

vi.mock("../../../src/desk/organisation/acts.ts", () => ({ arrange: vi.fn(), faultsOf: () => [] }));

const { csv } = await import("../../../src/desk/organisation/csv.ts");
const { nobody, withDuty } = await import("../../../src/desk/organisation/roster.ts");
const { retold } = await import("../../../src/desk/organisation/history.tsx");

const text = (columns: string[], ...rows: Record<string, string>[]) =>
  new TextDecoder().decode(csv(columns, rows));

describe("a table that is sent", () => {
  it("has a header and only the columns it names", () => {
    expect(text(["code", "place"], { code: "tdp4", place: "Nhà văn hóa", contact_role: "x" })).toBe(
      "code,place\r\ntdp4,Nhà văn hóa\r\n",
    );
  });

  it("quotes what would break a line or a cell, and leaves empty what a row does not say", () => {
    expect(text(["a", "b", "c"], { a: "x, y", b: 'nói "có"' })).toBe('a,b,c\r\n"x, y","nói ""có""",\r\n');
    expect(text(["a"], { a: "một\nhai" })).toBe('a\r\n"một\nhai"\r\n');
  });

  it("guards what a spreadsheet would work out, as files that are taken along do", () => {
    const guarded = ["=1+1", "+84 239", "-x", "@x", "'=1"].map(
      (cell) => text(["a"], { a: cell }).split("\r\n")[1],
    );
    expect(guarded).toEqual(["'=1+1", "'+84 239", "'-x", "'@x", "''=1"]);
    expect(text(["a"], { a: "Tổ 4" })).toBe("a\r\nTổ 4\r\n");
  });
});

function duty(key: string, day: string, officer: string): Row {
  return { key, unit: "18118", more: {}, cells: { day, from: "7", to: "19", officer } };
}

describe("a week with one duty changed", () => {
  const week = [duty("k1", "mon", "a"), duty("k2", "tue", "b")];
  const next = { unit: "18118", day: "sat", from: "19", to: "7", officer: "c" };
  const days = (duties: { day: string; officer: string }[]) =>
    duties.map(({ day, officer }) => `${day} ${officer}`);

  it("keeps its place where it was, and the others as they were", () => {
    expect(days(withDuty(week, "k1", next))).toEqual(["sat c", "tue b"]);
  });

  it("has a new one at its end, and one that a colleague took out meanwhile too", () => {
    expect(days(withDuty(week, null, next))).toEqual(["mon a", "tue b", "sat c"]);
    expect(days(withDuty(week, "gone", next))).toEqual(["mon a", "tue b", "sat c"]);
  });

  it("is without the one that is taken out; an empty one says so itself", () => {
    expect(days(withDuty(week, "k2", null))).toEqual(["mon a"]);
    expect(withDuty(week.slice(1), "k2", null)).toEqual([]);
    expect(text(Object.keys(nobody("18118")), nobody("18118"))).toContain("\r\n18118,'-,'-,'-,'-\r\n");
  });
});

it("a history tells of each change what it left otherwise, the newest first", () => {
  const changes: Change[] = [
    { hour: 7200, by: "Đ/c A", cells: null },
    { hour: 3600, by: null, cells: { label_vi: "Tổ 5", place: "" } },
    { hour: 3600, by: "Đ/c A", cells: { label_vi: "Tổ 4", place: "" } },
  ];
  expect(retold(changes).map(({ change, columns }) => [change.hour, columns])).toEqual([
    [7200, []],
    [3600, ["label_vi"]],
    [3600, ["label_vi"]],
  ]);
});
