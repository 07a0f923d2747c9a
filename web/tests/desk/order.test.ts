/** Which tip comes first in the inbox. */
import { describe, expect, it } from "vitest";
import type { TipRow } from "../../src/desk/api/shapes.ts";
import {
  dueNext,
  dueOf,
  fits,
  inOrder,
  shortNumber,
  tagOf,
  unread,
  whyShut,
} from "../../src/desk/inbox/order.ts";

const NOW = 0;
const HOUR = 3600;
const ID = "AAAAAAAAAAAAAAAAAAAAAA";

function row(id: string, more: Partial<TipRow> = {}): TipRow {
  const plain = {
    unit: "u",
    urgent: false,
    state: "received",
    received: 0,
    answerable: null,
    news: false,
    visible_from: 0,
    status: "received",
    due: null,
    clock: null,
    year: null,
  } as const;
  return { id, ...plain, entries: 2, register: null, grant: "g", opening: "o", opened: true, ...more };
}

const names = (rows: TipRow[]) => rows.map((one) => one.id);

describe("the order of the inbox", () => {
  it("puts unread urgent tips first, then overdue, due soon, answered, the oldest, closed ones last", () => {
    const rows = [
      row("closed", { state: "closed", received: 1 }),
      row("young", { received: 90 }),
      row("old", { received: 10 }),
      row("answered", { news: true, received: 50 }),
      row("urgent", { urgent: true, received: 5 }),
      row("urgent-unread", { urgent: true, opened: false, received: 80 }),
      row("soon", { due: 2 * HOUR, clock: "open" }),
      row("late", { due: 0, clock: "open", opened: false }),
      row("notify", { state: "closed", due: 30 * HOUR, clock: "end" }),
    ];
    expect(names(inOrder(rows, NOW))).toEqual([
      "urgent-unread",
      "late",
      "soon",
      "answered",
      "notify",
      "urgent",
      "old",
      "young",
      "closed",
    ]);
  });

  it("keeps the order of equal hours whatever order they come in", () => {
    const [a, b] = [row("a"), row("b")];
    expect(names(inOrder([b, a], NOW))).toEqual(names(inOrder([a, b], NOW)));
  });

  it("counts an urgent tip with an answer as unread again", () => {
    const rows = [
      row("read", { urgent: true, received: 1 }),
      row("news", { urgent: true, news: true, received: 9 }),
    ];
    expect(names(inOrder(rows, NOW))).toEqual(["news", "read"]);
  });

  it("puts what I hold no key to last, urgent or not", () => {
    const rows = [
      row("shut", { grant: null, urgent: true, opened: false }),
      row("closed", { state: "closed" }),
      row("a"),
    ];
    expect(names(inOrder(rows, NOW))).toEqual(["a", "closed", "shut"]);
  });

  it("leaves the rows it was given alone", () => {
    const rows = [row("b"), row("a")];
    inOrder(rows, NOW);
    expect(names(rows)).toEqual(["b", "a"]);
  });
});

describe("a tip that does not open", () => {
  const [shut, recovery] = [row("a", { grant: null }), { recipient: "recovery", opened: false }];
  const officer = { recipient: "s-2", opened: false };

  it("is told apart: nobody but the recovery key can, or I cannot", () => {
    expect(whyShut(shut)).toBe("only-recovery");
    expect(whyShut(shut, [recovery])).toBe("only-recovery");
    expect(whyShut(shut, [recovery, officer])).toBe("badkey");
    expect(whyShut({ ...shut, answerable: "s-2" })).toBe("badkey");
    expect(whyShut(row("a"), [recovery])).toBe("badkey");
  });
});

describe("unread", () => {
  it("is what I have not opened; where the server does not say, what nobody has", () => {
    expect(unread(row("a", { opened: false, answerable: "s-1" }))).toBe(true);
    expect(unread(row("a", { opened: true }))).toBe(false);
    const { opened: _, ...unsaid } = row("a");
    expect(unread(unsaid)).toBe(true);
    expect(unread({ ...unsaid, answerable: "s-1" })).toBe(false);
  });

  it("never holds for a closed tip", () => {
    expect(unread(row("a", { opened: false, state: "closed" }))).toBe(false);
  });
});

describe("a row's tag and number", () => {
  it("says urgent before all, closed tips at most that an answer came", () => {
    expect(tagOf(row("a", { urgent: true, news: true }), NOW)).toBe("urgent");
    expect(tagOf(row("a", { news: true }), NOW)).toBe("news");
    expect(tagOf(row("a", { opened: false }), NOW)).toBe("fresh");
    expect(tagOf(row("a", { urgent: true, state: "closed" }), NOW)).toBeNull();
    expect(tagOf(row("a"), NOW)).toBeNull();
    expect(tagOf(row("a", { due: 0, clock: "report", news: true }), NOW)).toBe("late");
    expect(tagOf(row("a", { due: HOUR, clock: "open", opened: false }), NOW)).toBe("soon");
    expect(tagOf(row("a", { due: -1, clock: "end", state: "closed" }), NOW)).toBe("late");
  });

  it("is four digits of the random id until there is a register number", () => {
    expect(shortNumber(row(ID))).toBe("#0000");
    expect(shortNumber(row(`__${ID.slice(2)}`))).toMatch(/^#\d{4}$/);
    expect(shortNumber(row(ID, { register: 57, year: 2026 }))).toBe("57/2026");
  });

  it("says what is next: what is overdue or soon, else an answer, else what has time", () => {
    const report = { due: 3 * HOUR, clock: "report" } as const;
    expect(dueOf(row("a", report), NOW)).toEqual({ what: "report", left: 3 * HOUR });
    expect(dueOf(row("a", { ...report, news: true }), NOW)).toEqual({ what: "answer" });
    expect(dueOf(row("a", { due: -HOUR, clock: "notify", news: true }), NOW)).toEqual({
      what: "notify",
      left: -HOUR,
    });
    expect(dueOf(row("a", { news: true }), NOW)).toEqual({ what: "answer" });
    expect(dueOf(row("a"), NOW)).toBeNull();
  });

  it("is where g goes, while something waits on it", () => {
    expect(dueNext(row("a", { due: HOUR, clock: "classify" }), NOW)).toBe(true);
    expect(dueNext(row("a", { news: true }), NOW)).toBe(true);
    expect(dueNext(row("a", { due: 3 * HOUR, clock: "classify" }), NOW)).toBe(false);
    expect(dueNext(row("a", { grant: null, urgent: true, opened: false }), NOW)).toBe(false);
  });

  it("belongs to its filters", () => {
    expect(fits(row("a", { answerable: "me" }), "mine", "me", NOW)).toBe(true);
    expect(fits(row("a", { answerable: "other" }), "mine", "me", NOW)).toBe(false);
    expect(fits(row("a", { due: -HOUR, clock: "open" }), "late", "me", NOW)).toBe(true);
    expect(fits(row("a", { due: HOUR, clock: "open" }), "late", "me", NOW)).toBe(false);
    expect(fits(row("a", { due: HOUR, clock: "open" }), "soon", "me", NOW)).toBe(true);
    expect(fits(row("a"), "soon", "me", NOW)).toBe(false);
    expect(fits(row("a"), "urgent", "me", NOW)).toBe(false);
    expect(fits(row("a"), "all", "me", NOW)).toBe(true);
  });
});
