/** The list on screen: what is asked for, of two loads the later one, and nothing left once the desk is locked. */
import { beforeEach, expect, it, vi } from "vitest";
import { Refused } from "../../../src/desk/api/wire.ts";
import type { Asked, ListPage } from "../../../src/desk/organisation/shapes.ts";

const world = vi.hoisted(() => ({
  asked: [] as Asked[],
  answers: [] as (() => Promise<unknown>)[],
  cleaners: [] as (() => void)[],
  me: { value: { serial: "s", unit: { code: "18118" } } as unknown },
}));

vi.mock("../../../src/desk/session.ts", () => ({
  me: world.me,
  mayAct: { value: true },
  onLock: (clean: () => void) => world.cleaners.push(clean),
}));
vi.mock("../../../src/desk/organisation/routes.ts", () => ({
  readList: (asked: Asked) => {
    world.asked.push(asked);
    return world.answers.shift()?.() ?? Promise.resolve(empty(0));
  },
  readTree: async () => [{ code: "18118", name_vi: "phường", name_en: "ward", parent: null, past: false }],
}));

const { changed, choose, failed, loadUnits, open, page, told, unit, unitName, units } = await import(
  "../../../src/desk/organisation/listing.ts"
);

function empty(total: number): ListPage {
  return { total, may_change: true, columns: [], rows: [], summary: {}, seen: {} };
}

beforeEach(() => {
  for (const clean of world.cleaners) clean();
  world.asked = [];
  world.answers = [];
});

it("a list begins with the officer's own unit, and the unit stays from list to list", async () => {
  await open("boxes");
  await choose({ unit: "18121" });
  await open("roster");
  expect(world.asked.map(({ list, unit: of }) => `${list} ${of}`)).toEqual([
    "boxes 18118",
    "boxes 18121",
    "roster 18121",
  ]);
  expect(unit.value).toBe("18121");
});

it("another filter begins at the top, another page keeps the filter", async () => {
  await open("boxes");
  await choose({ q: "to 4" });
  await choose({ offset: 50 });
  await choose({ past: true });
  expect(world.asked.slice(1).map(({ q, offset, past }) => [q, offset, past])).toEqual([
    ["to 4", 0, false],
    ["to 4", 50, false],
    ["to 4", 0, true],
  ]);
});

it("of two loads under way the later one counts", async () => {
  let slow: (found: ListPage) => void = () => undefined;
  world.answers = [() => new Promise((give) => (slow = give as typeof slow)), async () => empty(2)];
  const first = open("boxes");
  await choose({ q: "x" });
  slow(empty(1));
  await first;
  expect(page.value?.total).toBe(2);
});

it("what failed is told in words, and forgotten once it works", async () => {
  world.answers = [() => Promise.reject(new Refused(403, "desk-refused"))];
  await open("officers");
  expect([failed.value, page.value]).toEqual(["desk-refused", null]);
  await choose({});
  expect(failed.value).toBeNull();
});

it("a change is told, and the list read again; a change of units reads the units too", async () => {
  await open("units");
  await changed("org-saved", { n: 1 });
  expect([told.value, world.asked.length, units.value.length]).toEqual([
    { key: "org-saved", args: { n: 1 } },
    2,
    1,
  ]);
});

it("nothing of it is left once the desk is locked", async () => {
  await open("boxes");
  await loadUnits();
  expect(unitName("18118", "vi")).toBe("phường");
  for (const clean of world.cleaners) clean();
  expect([page.value, units.value, told.value, unitName("18118", "vi")]).toEqual([null, [], null, "18118"]);
});
