/** What the browser keeps is reached again after a connection that was lost without a word. */
import { beforeEach, expect, it, vi } from "vitest";
import type { Shelf } from "../../src/desk/keys/shelf.ts";

interface Asked {
  result?: unknown;
  onsuccess?: () => void;
  onerror?: () => void;
}

/** Answers as IndexedDB does: later, or not at all. */
function answering(result: unknown, fails = false): Asked {
  const asked: Asked = { result };
  queueMicrotask(() => (fails ? asked.onerror?.() : asked.onsuccess?.()));
  return asked;
}

/** IndexedDB as far as the shelf uses it. `lost` connections refuse, and those that `break` fail at every request. */
class Browser {
  readonly kept = new Map<string, unknown>();
  readonly connections: { lost: boolean; breaks: boolean; closed: boolean }[] = [];
  refuses = false;

  open(): Asked {
    const mine = { lost: false, breaks: false, closed: false };
    this.connections.push(mine);
    return answering(
      {
        close: () => {
          mine.closed = true;
        },
        transaction: () => {
          if (mine.lost) throw new DOMException("The database connection is closing.", "InvalidStateError");
          return { objectStore: () => this.store(mine) };
        },
      },
      this.refuses,
    );
  }

  private store(connection: { breaks: boolean }) {
    return {
      get: (key: string) => answering(this.kept.get(key), connection.breaks),
      put: (value: unknown, key: string) => {
        if (!connection.breaks) this.kept.set(key, value);
        return answering(key, connection.breaks);
      },
    };
  }
}

let browser: Browser;
let shelf: Shelf;

beforeEach(async () => {
  browser = new Browser();
  vi.stubGlobal("indexedDB", browser);
  vi.resetModules();
  shelf = (await import("../../src/desk/keys/shelf.ts")).browserShelf();
  await shelf.keep("sheets", "thử", 7);
});

const last = () => {
  const found = browser.connections.at(-1);
  if (!found) throw new Error("none was opened");
  return found;
};

it("one connection serves while it holds", async () => {
  expect(await shelf.taken("sheets", "thử")).toBe(7);
  expect(browser.connections).toHaveLength(1);
});

it.each(["lost", "breaks"] as const)(
  "is opened again where the connection %s, and the old one let go",
  async (how) => {
    last()[how] = true;
    await shelf.keep("sheets", "thử", 8);
    expect(await shelf.taken("sheets", "thử")).toBe(8);
    expect(browser.connections.map(({ closed }) => closed)).toEqual([true, false]);
  },
);

it("two who find it lost at once open it once", async () => {
  last().lost = true;
  expect(await Promise.all([shelf.taken("sheets", "thử"), shelf.taken("sheets", "thử")])).toEqual([7, 7]);
  expect(browser.connections).toHaveLength(2);
});

it("fails where it cannot be opened again, and works once it can", async () => {
  last().lost = true;
  browser.refuses = true;
  await expect(shelf.taken("sheets", "thử")).rejects.toThrow("shelf");
  expect(browser.connections).toHaveLength(2);
  browser.refuses = false;
  expect(await shelf.taken("sheets", "thử")).toBe(7);
});
