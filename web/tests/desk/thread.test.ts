/** Writing an entry whose place is taken: by somebody else the officer is asked, by itself it was filed already. */
import { beforeEach, expect, it, vi } from "vitest";
import { Refused } from "../../src/desk/api/wire.ts";
import type { EntryView } from "../../src/desk/keys/messages.ts";

const world = vi.hoisted(() => ({
  filed: [] as { seq: number; by: string; text: string; kind?: string }[],
  sent: [] as number[],
  answerable: null as string | null,
  unopened: false,
  opened: [] as string[],
  thread: () => ({
    tip: { id: "t", grant: "g", answerable: null as string | null },
    entries: [],
    readers: [],
  }),
  cleaners: [] as (() => void)[],
  me: { value: { serial: "s-1" } as { serial: string } | null },
}));

vi.mock("../../src/desk/inbox/tips.ts", () => ({ judge: vi.fn(), keepTexts: vi.fn(), load: vi.fn() }));
vi.mock("../../src/desk/session.ts", () => ({
  me: world.me,
  sheet: { value: null },
  onLock: (clean: () => void) => world.cleaners.push(clean),
  checkSheet: vi.fn(),
  whileIn: (work: () => unknown) => work(),
}));
vi.mock("../../src/desk/api/routes.ts", () => ({
  loadTip: async () => {
    if (world.unopened) throw new Refused(409, "desk-not-opened");
    return world.thread();
  },
  openTip: async (_: string, record: string) => {
    world.opened.push(record);
    world.unopened = false;
    return world.thread();
  },
  takeTip: async (_: string, { seq, held_by }: { seq: number; held_by: string | null }) => {
    world.sent.push(seq);
    if (held_by !== world.answerable) throw new Refused(409, "desk-taken-meanwhile");
    world.answerable = "s-1";
    world.filed.push({ seq, by: "s-1", text: "hết ca", kind: "take" });
  },
  addEntry: async (_: string, { seq }: { seq: number }) => {
    world.sent.push(seq);
    if (seq <= world.filed.length) throw new Refused(409, "desk-newer");
    world.filed.push({ seq, by: "s-1", text: "Mấy giờ?" });
  },
}));
let known = 1;
let last: Promise<unknown> = Promise.resolve();
vi.mock("../../src/desk/audit/chain.ts", () => ({
  signed: (_: unknown, send: (record: string) => unknown) => {
    const done = last.then(() => send("record"));
    last = done.catch(() => undefined);
    return done;
  },
}));
vi.mock("../../src/desk/keys/client.ts", () => ({
  ask: async (name: string) => {
    if (name === "sealEntry") return { seq: known, sealed: "" };
    known = world.filed.length + 1;
    const entries = world.filed.map(
      ({ seq, by, text, kind }) =>
        ({ seq, kind: kind ?? "question", by: { serial: by }, text, done: null }) as EntryView,
    );
    return { state: "open", opening: null, entries };
  },
}));

const { failed, load, show, take, takeUp, tip, tipId, verdict, write } = await import(
  "../../src/desk/thread/thread.ts"
);
const question = { act: "question", text: "Mấy giờ?" } as const;

it("opens a tip for the first time by one record alone, though it was asked for twice at once", async () => {
  world.unopened = true;
  expect(await Promise.all([load(), load()])).toEqual([true, true]);
  expect(world.opened).toEqual(["record"]);
  world.unopened = true;
  expect(await load()).toBe(true);
  expect(world.opened).toHaveLength(2);
});

beforeEach(() => {
  world.opened = [];
  world.unopened = false;
  world.thread = () => ({
    tip: { id: "t", grant: "g", answerable: world.answerable },
    entries: [],
    readers: [],
  });
  world.filed = [];
  world.sent = [];
  world.answerable = null;
  world.me.value = { serial: "s-1" };
  known = 1;
  show(null);
  show("t");
});

it("an entry whose answer was lost is not filed twice", async () => {
  world.filed = [{ seq: 1, by: "s-1", text: "Mấy giờ?" }];
  expect(await write(question)).toBe(true);
  expect(world.filed).toHaveLength(1);
});

it.each([
  { seq: 1, by: "s-2", text: "Mấy giờ?" },
  { seq: 1, by: "s-1", text: "Ở đâu?" },
])("another entry in its place is shown, and it goes once sent again", async (other) => {
  world.filed = [other];
  expect(await write(question)).toBe(false);
  expect([failed.value, world.sent]).toEqual(["desk-newer", [1]]);
  expect(verdict.value).toMatchObject({ entries: [other].map(({ text }) => ({ text })) });
  expect(await write(question)).toBe(true);
  expect([world.filed.length, world.sent]).toEqual([2, [1, 2]]);
});

it("a tip is taken from who was seen to have it, in a signed entry", async () => {
  world.answerable = "s-2";
  await load();
  expect(await take("hết ca")).toBe(true);
  expect([world.answerable, tip.value?.answerable, world.filed[0]?.kind]).toEqual(["s-1", "s-1", "take"]);
});

it("a tip a colleague took meanwhile is shown as his", async () => {
  await load();
  world.answerable = "s-2";
  expect(await take("")).toBe(false);
  expect([failed.value, tip.value?.answerable, world.filed]).toEqual(["desk-taken-meanwhile", "s-2", []]);
});

it.each([
  ["s-1", "t"],
  ["s-2", null],
])("after a lock %s finds %s", (serial, found) => {
  for (const clean of world.cleaners) clean();
  world.me.value = { serial };
  expect(tipId.value).toBeNull();
  takeUp();
  expect(tipId.value).toBe(found);
  show(null);
  takeUp();
  expect(tipId.value).toBeNull();
});
