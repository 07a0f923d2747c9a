/** What happened to a tip: signed acts as signed, observed ones marked so, reporters by the day. */
import { expect, it } from "vitest";
import type { EntryView } from "../../src/desk/keys/messages.ts";
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

const told = (entries: EntryView[], answerable: string | null = null) =>
  history({ received: 3600, answerable }, entries, []).map(({ what, by, signed }) => [what, by, signed]);

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
  const lines = history({ received: 3600, answerable: "s-1" }, [], readers);
  expect(lines.map(({ what, by, at }) => [what, by, at])).toEqual([
    ["received", null, 3600],
    ["assigned", "s-1", null],
    ["opened", "s-1", null],
  ]);
  expect(told([entry("take", A)], "s-1")).not.toContainEqual(["assigned", "s-1", false]);
});
