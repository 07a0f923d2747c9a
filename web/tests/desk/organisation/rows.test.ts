/** Rows on their way: as a CSV the server reads, a week with one duty changed, a history as what became of it. */
import { describe, expect, it, vi } from "vitest";
import type { ChainLine } from "../../../src/desk/keys/messages.ts";
import type { Change, Row } from "../../../src/desk/organisation/shapes.ts";

vi.mock("../../../src/desk/organisation/acts.ts", () => ({ arrange: vi.fn(), faultsOf: () => [] }));

const { csv } = await import("../../../src/desk/organisation/csv.ts");
const { nobody, withDuty } = await import("../../../src/desk/organisation/roster.ts");
const { recordOf, retold } = await import("../../../src/desk/organisation/history.tsx");
const { moved, reconciled } = await import("../../../src/desk/organisation/order.tsx");
const { linksTable } = await import("../../../src/desk/organisation/invitations.tsx");

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

const CHANGE: Change = {
  hour: 3600,
  by: "Đ/c A",
  serial: "s1",
  cells: {},
  unit: "18118",
  record: 4,
  change: "digest",
};

describe("a change and the log", () => {
  const line = (n: number, more: Partial<ChainLine> = {}): ChainLine => ({
    n,
    observed: false,
    officer: "a",
    serial: "s1",
    act: "arrange",
    tip: null,
    told: "roster",
    change: "digest",
    hour: 3600,
    seq: null,
    ...more,
  });

  it("agree where that record says the same, by the same officer, of the same list", () => {
    expect(recordOf("roster", CHANGE, [line(3), line(4), line(5)])).toBe(4);
    for (const other of [
      { change: "other" },
      { serial: "s2" },
      { told: "boxes" },
      { act: "sheet" },
      { n: 5 },
    ])
      expect(recordOf("roster", CHANGE, [line(4, other)])).toBeNull();
  });

  it("agree on what a command did under whatever number it came", () => {
    const command = { ...CHANGE, serial: null, record: null };
    expect(recordOf("roster", command, [line(9, { serial: null, observed: true })])).toBe(9);
    expect(recordOf("roster", command, [line(9)])).toBeNull();
  });

  it("agree on boxes that went with their hamlet", () => {
    expect(recordOf("boxes", CHANGE, [line(4, { told: "hamlets" })])).toBe(4);
    expect(recordOf("hamlets", CHANGE, [line(4, { told: "boxes" })])).toBeNull();
  });
});

describe("an order", () => {
  const keys = (rows: readonly Row[]) => rows.map(({ key }) => key).join("");
  const rows = [..."abc"].map((key) => duty(key, "mon", key));

  it("is changed a step at a time", () => {
    expect([moved([1, 2, 3], 2, -1), moved([1, 2, 3], 0, 1)]).toEqual([
      [1, 3, 2],
      [2, 1, 3],
    ]);
  });

  it("stays as it was put when others change the rows: what went is left out, what came stands last", () => {
    expect(keys(reconciled([...rows].reverse(), [...rows.slice(1), duty("d", "mon", "d")]))).toBe("cbd");
  });
});

it("links that are saved are whole addresses, beside who each is for", () => {
  const guest = {
    unit: "18118",
    name: "Đ/c B",
    role: "duty",
    link: "/desk#enrol=ab",
    expires: 1_795_402_800,
  };
  expect(new TextDecoder().decode(linksTable([guest], "https://hopthu.test/desk"))).toBe(
    "unit,name,role,link,expires\r\n18118,Đ/c B,duty,https://hopthu.test/desk#enrol=ab,23/11/2026 10:00\r\n",
  );
});

it("a history tells of each change what it left otherwise, the newest first", () => {
  const changes: Change[] = [
    { ...CHANGE, hour: 7200, cells: null },
    { ...CHANGE, by: null, serial: null, cells: { label_vi: "Tổ 5", place: "" } },
    { ...CHANGE, cells: { label_vi: "Tổ 4", place: "" } },
  ];
  expect(retold(changes).map(({ change, columns }) => [change.hour, columns])).toEqual([
    [7200, []],
    [3600, ["label_vi"]],
    [3600, ["label_vi"]],
  ]);
});
