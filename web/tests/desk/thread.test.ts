/** Writing an entry whose place is taken: by somebody else the officer is asked, by itself it was filed already. */
import { beforeEach, expect, it, vi } from "vitest";
import { Refused } from "../../src/desk/api/wire.ts";
import type { EntryView } from "../../src/desk/keys/messages.ts";

const world = vi.hoisted(() => ({
  filed: [] as { seq: number; by: string; text: string }[],
  sent: [] as number[],
}));

vi.mock("../../src/desk/inbox/tips.ts", () => ({ judge: vi.fn(), keepPeek: vi.fn(), load: vi.fn() }));
vi.mock("../../src/desk/session.ts", () => ({
  me: { value: { serial: "s-1" } },
  sheet: { value: null },
  onLock: vi.fn(),
  checkSheet: vi.fn(),
  whileIn: (work: () => unknown) => work(),
}));
vi.mock("../../src/desk/api/routes.ts", () => ({
  loadTip: async () => ({ tip: { id: "t", grant: "g" }, entries: [], readers: [] }),
  addEntry: async (_: string, { seq }: { seq: number }) => {
    world.sent.push(seq);
    if (seq <= world.filed.length) throw new Refused(409, "desk-newer");
    world.filed.push({ seq, by: "s-1", text: "Mấy giờ?" });
  },
}));
let known = 1;
vi.mock("../../src/desk/keys/client.ts", () => ({
  ask: async (name: string) => {
    if (name === "sealEntry") return { seq: known, sealed: "" };
    known = world.filed.length + 1;
    const entries = world.filed.map(
      ({ seq, by, text }) => ({ seq, kind: "question", by: { serial: by }, text }) as EntryView,
    );
    return { state: "open", opening: null, entries };
  },
}));

const { failed, show, verdict, write } = await import("../../src/desk/thread/thread.ts");
const question = { act: "question", text: "Mấy giờ?" } as const;

beforeEach(() => {
  world.filed = [];
  world.sent = [];
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
