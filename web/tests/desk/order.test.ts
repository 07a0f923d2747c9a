/** Which tip comes first in the inbox. */
import { describe, expect, it } from "vitest";
import type { TipRow } from "../../src/desk/api/shapes.ts";
import { fits, inOrder, shortNumber, tagOf, unread, whyShut } from "../../src/desk/inbox/order.ts";

const ID = "AAAAAAAAAAAAAAAAAAAAAA";

function row(id: string, more: Partial<TipRow> = {}): TipRow {
  const plain = {
    unit: "u",
    urgent: false,
    state: "received",
    received: 0,
    answerable: null,
    news: false,
  } as const;
  return { id, ...plain, entries: 2, register: null, grant: "g", opening: "o", opened: true, ...more };
}

const names = (rows: TipRow[]) => rows.map((one) => one.id);

describe("the order of the inbox", () => {
  it("puts unread urgent tips first, then urgent, then answered, then the oldest, closed ones last", () => {
    const rows = [
      row("closed", { state: "closed", received: 1 }),
      row("young", { received: 90 }),
      row("old", { received: 10 }),
      row("answered", { news: true, received: 50 }),
      row("urgent", { urgent: true, received: 5 }),
      row("urgent-unread", { urgent: true, opened: false, received: 80 }),
    ];
    expect(names(inOrder(rows))).toEqual(["urgent-unread", "urgent", "answered", "old", "young", "closed"]);
  });

  it("keeps the order of equal hours whatever order they come in", () => {
    const [a, b] = [row("a"), row("b")];
    expect(names(inOrder([b, a]))).toEqual(names(inOrder([a, b])));
  });

  it("counts an urgent tip with an answer as unread again", () => {
    const rows = [
      row("read", { urgent: true, received: 1 }),
      row("news", { urgent: true, news: true, received: 9 }),
    ];
    expect(names(inOrder(rows))).toEqual(["news", "read"]);
  });

  it("puts what I hold no key to last, urgent or not", () => {
    const rows = [
      row("shut", { grant: null, urgent: true, opened: false }),
      row("closed", { state: "closed" }),
      row("a"),
    ];
    expect(names(inOrder(rows))).toEqual(["a", "closed", "shut"]);
  });

  it("leaves the rows it was given alone", () => {
    const rows = [row("b"), row("a")];
    inOrder(rows);
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
    expect(tagOf(row("a", { urgent: true, news: true }))).toBe("urgent");
    expect(tagOf(row("a", { news: true }))).toBe("news");
    expect(tagOf(row("a", { opened: false }))).toBe("fresh");
    expect(tagOf(row("a", { urgent: true, state: "closed" }))).toBeNull();
    expect(tagOf(row("a"))).toBeNull();
  });

  it("is four digits of the random id until there is a register number", () => {
    expect(shortNumber(row(ID))).toBe("#0000");
    expect(shortNumber(row(`__${ID.slice(2)}`))).toMatch(/^#\d{4}$/);
    expect(shortNumber(row(ID, { register: 57, received: 1_790_000_000 }))).toBe("57/2026");
  });

  it("belongs to its filters", () => {
    expect(fits(row("a", { answerable: "me" }), "mine", "me")).toBe(true);
    expect(fits(row("a", { answerable: "other" }), "mine", "me")).toBe(false);
    expect(fits(row("a", { news: true }), "news", "me")).toBe(true);
    expect(fits(row("a"), "urgent", "me")).toBe(false);
    expect(fits(row("a"), "all", "me")).toBe(true);
  });
});
