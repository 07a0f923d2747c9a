/** The list is asked for while keys are being unlocked, opened from the top a few rows at a time, and asked for once. */
import { beforeEach, expect, it, vi } from "vitest";
import type { TipPage, TipRow } from "../../src/desk/api/shapes.ts";
import { Unreached } from "../../src/desk/api/wire.ts";

const world = vi.hoisted(() => ({
  answers: [] as (() => unknown)[],
  asked: 0,
  openings: [] as string[][],
  unlocking: [] as ((account: { role: string }) => void)[],
  unlocked: [] as (() => void)[],
  cleaners: [] as (() => void)[],
}));

vi.mock("../../src/desk/session.ts", () => ({
  me: { value: { serial: "s-1" } },
  sheet: { value: { sheet: { officers: [{ serial: "s-1" }] } } },
  checkSheet: vi.fn(),
  onLock: (clean: () => void) => world.cleaners.push(clean),
  onUnlocking: (prepare: (account: { role: string }) => void) => world.unlocking.push(prepare),
  onUnlocked: (open: () => void) => world.unlocked.push(open),
  whileIn: (work: () => unknown) => work(),
}));
vi.mock("../../src/desk/keys/client.ts", () => ({
  KeyFailure: class extends Error {},
  ask: async (_: string, { rows }: { rows: { tip: string }[] }) => {
    world.openings.push(rows.map(({ tip }) => tip));
    return rows.map(({ tip }) => ({ tip, state: "open", opening: { unit: "u", box: null, category: null } }));
  },
}));
vi.mock("../../src/desk/api/routes.ts", () => ({
  PAGE_SIZE: 50,
  listTips: async () => {
    world.asked += 1;
    return world.answers.shift()?.();
  },
}));

const { choose, failed, load, opened, rows } = await import("../../src/desk/inbox/tips.ts");
const IDS = ["a", "b", "c", "d", "e", "f"];
const tips = IDS.map((id) => ({ id, grant: "g", opening: "o", answerable: null }) as TipRow);
const page = (): TipPage => ({ total: tips.length, unopened: 0, tips });
const unlock = async () => {
  for (const step of world.unlocking) step({ role: "duty" });
  for (const step of world.unlocked) step();
  await vi.waitFor(() => expect(world.asked).toBe(1));
};

beforeEach(() => {
  for (const clean of world.cleaners) clean();
  world.answers = [page, page];
  world.asked = 0;
  world.openings = [];
});

it("one request and one opening of each row serve log-in and list", async () => {
  await unlock();
  await load();
  expect([world.asked, rows.value?.length, opened.value.size]).toEqual([1, 6, 6]);
  expect(world.openings).toEqual([
    ["a", "b", "c", "d"],
    ["e", "f"],
  ]);
});

it("a list that came to nothing meanwhile is asked for again", async () => {
  world.answers = [
    () => {
      throw new Unreached();
    },
    page,
  ];
  await unlock();
  await load();
  expect([world.asked, failed.value, rows.value?.length]).toEqual([2, null, 6]);
});

it("another part of the list, or what is loaded later, is asked for anew", async () => {
  await unlock();
  choose("urgent");
  await vi.waitFor(() => expect(rows.value?.length).toBe(6));
  expect(world.asked).toBe(2);
});

it("nothing of it is left once the desk is locked", async () => {
  await unlock();
  for (const clean of world.cleaners) clean();
  expect([rows.value, opened.value.size]).toEqual([null, 0]);
  await load();
  expect(world.asked).toBe(2);
});
