/** What happened to a tip: signed acts as signed, observed ones marked so, reporters by the day. */
import { expect, it } from "vitest";
import type { ChainLine, EntryView } from "../../src/desk/keys/messages.ts";
import { history } from "../../src/desk/thread/history.ts";

const A = { serial: "s-1", officer: "a", role: "duty", from: 0 } as const;
const B = { ...A, serial: "s-2", officer: "b" };
let seq = 0;

function entry(
  kind: EntryView["kind"],
  by: EntryView["by"],
  text = "",
  more: Partial<EntryView> = {},
): EntryView {
  seq += 1;
  const when = by ? { day: null, at: 60 * seq } : { day: "2026-11-20", at: null };
  return { seq, kind, by, text, ...when, sound: true, ...more } as EntryView;
}

const HOUR = 3600;
const tipOf = (answerable: string | null) => ({ id: "t", received: HOUR, answerable, urgent: false });
const told = (entries: EntryView[], answerable: string | null = null) =>
  history(tipOf(answerable), entries, [], []).map(({ what, by, signed }) => [what, by, signed]);

/** A record of the chain about this tip, or another. */
function record(
  act: string,
  serial: string,
  hour: number,
  tip: string | null = "t",
  seq: number | null = null,
): ChainLine {
  const told = { told: null, change: null, hour, seq };
  return { n: 1, observed: tip === null, officer: serial, serial, act, tip, ...told };
}

/** The record that went with an entry. */
const recordOf = (one: EntryView | undefined, hour: number) =>
  record(one?.kind ?? "", one?.by?.serial ?? "", hour, "t", one?.seq ?? null);

it("tells every act in order, and a question about a person as one", () => {
  const entries = [
    entry("text", null, "x"),
    entry("text", null, "y"),
    entry("take", A),
    entry("question", A, "Đi xe gì?"),
    entry("question", A, "Bà con tên là gì?"),
    entry("text", null, "z"),
    entry("take", B, "hết ca"),
    entry("answer", B, "Cảm ơn"),
    entry("state", B, "closed"),
  ];
  expect(told(entries)).toEqual([
    ["received", null, false],
    ["reporter", null, true],
    ["take", "s-1", true],
    ["question", "s-1", true],
    ["identity", "s-1", true],
    ["reporter", null, true],
    ["take-over", "s-2", true],
    ["answer", "s-2", true],
    ["state", "s-2", true],
  ]);
});

it("calls signed only what verified", () => {
  expect(told([entry("answer", A, "x", { sound: false })])).toContainEqual(["answer", "s-1", false]);
  expect(told([entry("other", null)])).toEqual([["received", null, false]]);
});

it("tells whom the server assigned and who opened it, without a time", () => {
  const readers = [
    { recipient: "s-1", opened: true },
    { recipient: "s-2", opened: false },
    { recipient: "recovery", opened: true },
  ];
  const lines = history(tipOf("s-1"), [], readers, []);
  expect(lines.map(({ what, by, at }) => [what, by, at])).toEqual([
    ["received", null, 3600],
    ["assigned", "s-1", null],
    ["opened", "s-1", null],
  ]);
  expect(told([entry("take", A)], "s-1")).not.toContainEqual(["assigned", "s-1", false]);
});

it("tells who opened it when, from the acts they signed, between the others in their order", () => {
  const noon = Date.UTC(2026, 10, 20, 5) / 1000;
  const entries = [
    entry("text", null, "x"),
    entry("question", A, "Đi xe gì?"),
    entry("text", null, "y", { day: "2026-11-23" }),
    entry("answer", B, "Cảm ơn"),
  ];
  const records = [
    record("login", "s-1", noon, null),
    record("open", "s-1", noon),
    record("open", "s-2", noon, "another"),
    recordOf(entries[1], noon),
    record("open", "s-2", noon + HOUR),
    recordOf(entries[3], noon + HOUR),
  ];
  const readers = [
    { recipient: "s-1", opened: true },
    { recipient: "s-2", opened: true },
    { recipient: "s-3", opened: true },
  ];
  const lines = history(tipOf(null), entries, readers, records);
  expect(lines.map(({ what, by, at, signed }) => [what, by, what === "opened" ? at : "", signed])).toEqual([
    ["received", null, "", false],
    ["reporter", null, "", true],
    ["opened", "s-1", noon, true],
    ["question", "s-1", "", true],
    ["opened", "s-2", noon + HOUR, true],
    ["reporter", null, "", true],
    ["answer", "s-2", "", true],
    ["opened", "s-3", null, false],
  ]);
});

it("of a tip from another unit, what was before stands before what the own chain tells", () => {
  const entries = [
    entry("text", null, "x"),
    entry("question", A, "Mấy giờ?"),
    entry("forward", A, "Ở bên đó", { to: "Xã Bên" }),
    entry("text", null, "y", { day: "2026-11-21" }),
    entry("question", B, "Xe gì?"),
  ];
  const at = Date.parse("2026-11-21T09:00:00Z") / 1000;
  const before = [record("open", "s-2", HOUR), record("forward", "s-2", HOUR)];
  const records = [...before, record("open", "s-2", at), recordOf(entries[4], at)];
  const lines = history(tipOf(null), entries, [], records);
  expect(lines.map(({ what, by }) => [what, by])).toEqual([
    ["received", null],
    ["reporter", null],
    ["question", "s-1"],
    ["forward", "s-1"],
    ["reporter", null],
    ["opened", "s-2"],
    ["question", "s-2"],
  ]);
  expect(lines[3]).toMatchObject({ detail: "Ở bên đó", unit: "Xã Bên" });
});

it("of a tip that a merger carried over, what was done before it stands before what the own chain tells", () => {
  const entries = [
    entry("text", null, "x"),
    entry("question", A, "Mấy giờ?"),
    entry("take", A),
    entry("text", null, "y", { day: "2026-11-21" }),
    entry("answer", B, "Cảm ơn"),
    entry("state", B, "closed"),
  ];
  const at = Date.parse("2026-11-21T09:00:00Z") / 1000;
  const readers = [A, B].map(({ serial }) => ({ recipient: serial, opened: true }));
  const lines = (records: ChainLine[]) =>
    history(tipOf(null), entries, readers, records).map(({ what, by }) => [what, by]);
  const ours = [record("open", "s-2", at), recordOf(entries[4], at), recordOf(entries[5], at)];
  expect(lines(ours)).toEqual([
    ["received", null],
    ["reporter", null],
    ["question", "s-1"],
    ["take", "s-1"],
    ["opened", "s-1"],
    ["reporter", null],
    ["opened", "s-2"],
    ["answer", "s-2"],
    ["state", "s-2"],
  ]);
});
