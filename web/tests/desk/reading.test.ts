/** Opened tips are read again for the search: all of them, in nobody's way, and forgotten on lock. */
import { beforeEach, expect, it, vi } from "vitest";
import type { Reread } from "../../src/desk/api/shapes.ts";
import { Unreached } from "../../src/desk/api/wire.ts";

const world = vi.hoisted(() => ({
  stored: [] as unknown[],
  /** Called before each answer; what it throws is the answer. */
  before: (): void => undefined,
  byHand: new Set<string>(),
  cleaners: [] as (() => void)[],
  me: { value: { serial: "s-1" } as { serial: string } | null },
  /** What is waited for before a thread or a request: the keys, the line, the page looked at. */
  rest: null as Promise<void> | null,
  line: null as Promise<void> | null,
  looked: null as Promise<void> | null,
  asked: 0,
}));

vi.mock("../../src/desk/session.ts", () => ({
  me: world.me,
  sheet: { value: { sheet: { officers: [{ serial: "s-1" }] } } },
  checkSheet: vi.fn(),
  onLock: (clean: () => void) => world.cleaners.push(clean),
  onUnlocking: vi.fn(),
  onUnlocked: vi.fn(),
  whileIn: (work: () => unknown) => work(),
}));
vi.mock("../../src/desk/frame/looked.ts", () => ({ looked: () => world.looked ?? Promise.resolve() }));
vi.mock("../../src/desk/api/wire.ts", async (original) => ({
  ...(await original<object>()),
  lineAtRest: () => world.line ?? Promise.resolve(),
}));
vi.mock("../../src/desk/keys/client.ts", () => ({
  KeyFailure: class extends Error {},
  atRest: () => world.rest ?? Promise.resolve(),
  ask: async (call: string, { tip, entries }: { tip: string; entries: string[] }) => {
    if (call !== "rereadThread") throw new Error(call);
    if (world.byHand.has(tip)) return null;
    const texts = entries.slice(1).map((text, seq) => ({ seq, text, sound: text !== "forged" }));
    return {
      state: "open",
      opening: { unit: "u", box: null, category: null },
      entries: texts,
    };
  },
}));
vi.mock("../../src/desk/api/routes.ts", () => ({
  PAGE_SIZE: 50,
  listTips: vi.fn(),
  readAgain: async (after?: { id: string }, news = false) => {
    world.asked += 1;
    world.before();
    const all = (world.stored as Reread[]).filter(({ tip }) => tip.news || !news);
    const from = after === undefined ? 0 : all.findIndex(({ tip }) => tip.id === after.id) + 1;
    return { total: all.length, threads: all.slice(from, from + 2) };
  },
}));

const { found, search } = await import("../../src/desk/inbox/tips.ts");
const { progress, readForSearch, readNews, readOn } = await import("../../src/desk/search/reading.ts");

const thread = (id: string, ...rest: string[]) =>
  ({
    tip: { id, grant: "g", opening: "o", received: 0, register: 1, year: 1970, state: "received" },
    rest,
  }) as Reread;
const hits = (question: string) => {
  search.value = question;
  return found.value?.rows.map(({ id }) => id);
};

beforeEach(() => {
  for (const clean of world.cleaners) clean();
  world.stored = ["a", "b", "c", "d", "e"].map((id) => thread(id, `nhà ${id} cuối ngõ`));
  world.before = () => undefined;
  world.byHand.clear();
  world.me.value = { serial: "s-1" };
  world.rest = null;
  world.line = null;
  world.looked = null;
  world.asked = 0;
});

/** Until what is under way has come as far as it can. */
const settled = () => new Promise((come) => setTimeout(come));

it("all of them are found, with the piece around it, and no key stays in the list", async () => {
  await readForSearch();
  expect(hits("nha")).toEqual(["a", "b", "c", "d", "e"]);
  expect(hits("nha d")).toEqual(["d"]);
  expect([found.value?.excerpts.get("d"), found.value?.among]).toEqual(["nhà d cuối ngõ", 5]);
  expect(found.value?.rows[0]).toMatchObject({ grant: "-", opening: "" });
  expect(progress.value).toBeNull();
});

it("what does not verify is not found, and what was opened by hand is left as it is", async () => {
  world.stored = [thread("a", "thật", "forged"), thread("b", "cũ")];
  world.byHand.add("b");
  await readForSearch();
  expect([hits("that"), hits("forged"), hits("cu")]).toEqual([["a"], [], []]);
});

it("goes on from there once the server is back, and says meanwhile how far it came", async () => {
  let answers = 1;
  world.before = () => {
    if (answers === 0) throw new Unreached();
    answers -= 1;
  };
  await readForSearch();
  expect([progress.value, hits("ngõ")]).toEqual([{ read: 2, of: 5 }, ["a", "b"]]);
  world.before = () => undefined;
  await readOn();
  expect([progress.value, hits("ngõ")?.length]).toEqual([null, 5]);
});

it("nothing is asked for before somebody goes to the search", async () => {
  await readOn();
  await readNews();
  expect(world.asked).toBe(0);
  await readForSearch();
  expect(hits("nha")).toHaveLength(5);
});

it.each([
  ["something else is asked of the keys", "rest"],
  ["a request of the officer's own is under way", "line"],
  ["nobody looks at the page", "looked"],
] as const)("waits while %s, and goes on after it", async (_, what) => {
  let wake: () => void = () => undefined;
  world[what] = new Promise((rested) => {
    wake = rested;
  });
  const reading = readForSearch();
  await settled();
  expect([world.asked, hits("nha")]).toEqual([0, []]);
  world[what] = null;
  wake();
  await reading;
  expect(hits("nha")).toHaveLength(5);
});

it("what a reporter adds later is found once the bell has told", async () => {
  await readForSearch();
  const [first, ...others] = world.stored as Reread[];
  const added = thread("a", "nhà a cuối ngõ", "biển số mới");
  world.stored = [...others, { ...added, tip: { ...added.tip, news: true } }];
  expect(hits("bien so")).toEqual([]);
  await readNews();
  expect([hits("bien so"), hits("nha")?.length, first?.tip.id]).toEqual([["a"], 5, "a"]);
});

it("a bell that rings while the server is away is answered later", async () => {
  await readForSearch();
  const added = thread("b", "nhà b cuối ngõ", "biển số mới");
  world.stored = [{ ...added, tip: { ...added.tip, news: true } }];
  world.before = () => {
    throw new Unreached();
  };
  await readNews();
  world.before = () => undefined;
  await readOn();
  expect(hits("bien so")).toEqual(["b"]);
});

it("ends and is forgotten when the desk locks", async () => {
  let answers = 0;
  world.before = () => {
    answers += 1;
    if (answers < 2) return;
    world.me.value = null;
    for (const clean of world.cleaners) clean();
  };
  await readForSearch();
  expect([answers, progress.value, hits("nha")]).toEqual([2, null, []]);
});
