/** Rule 7 in the list: what is loaded unasked shows no tip before its notice is due, and takes none off the screen. */
import { beforeEach, expect, it, vi } from "vitest";
import type { TipPage, TipRow } from "../../src/desk/api/shapes.ts";

const world = vi.hoisted(() => ({ pages: [] as unknown[], asked: [] as boolean[], sheets: 0 }));

vi.mock("../../src/desk/session.ts", () => ({
  me: { value: { serial: "s-1" } },
  sheet: { value: { sheet: { officers: [{ serial: "s-1" }] } } },
  checkSheet: async () => {
    world.sheets += 1;
  },
  onLock: vi.fn(),
  onUnlocking: vi.fn(),
  onUnlocked: vi.fn(),
  whileIn: (work: () => unknown) => work(),
}));
vi.mock("../../src/desk/keys/client.ts", () => ({ ask: async () => [] }));
vi.mock("../../src/desk/api/routes.ts", () => ({
  PAGE_SIZE: 50,
  listTips: async (_wanted: unknown, quiet: boolean) => {
    world.asked.push(quiet);
    return world.pages.shift();
  },
}));

const { load, rows, total } = await import("../../src/desk/inbox/tips.ts");
const row = (id: string, news = false) => ({ id, news, grant: null }) as TipRow;
const page = (tips: TipRow[], early?: string[]): TipPage => ({
  total: tips.length,
  unopened: 0,
  tips,
  ...(early ? { early } : {}),
});

beforeEach(() => {
  rows.value = null;
  world.asked = [];
});

it("keeps what is on screen of a tip that is not due, and adds none", async () => {
  world.pages = [page([row("a"), row("b")]), page([row("b")], ["a", "c"])];
  await load();
  await load(true);
  expect(world.asked).toEqual([false, true]);
  expect(rows.value?.map(({ id, news }) => [id, news])).toEqual([
    ["b", false],
    ["a", false],
  ]);
  expect(total.value).toBe(2);
});

it("asks for the newest sheet once for a colleague it does not know", async () => {
  const taken = (by: string) => ({ ...row("a"), answerable: by }) as TipRow;
  world.pages = [page([taken("s-1")]), page([taken("s-2")]), page([taken("s-2")])];
  await load();
  expect(world.sheets).toBe(0);
  await load();
  await load();
  expect(world.sheets).toBe(1);
});

it("shows all of it to an officer who asks", async () => {
  world.pages = [page([row("b")], ["a"]), page([row("a", true), row("b")])];
  await load(true);
  expect(rows.value?.map(({ id }) => id)).toEqual(["b"]);
  await load();
  expect(rows.value?.map(({ id }) => id)).toEqual(["a", "b"]);
});
