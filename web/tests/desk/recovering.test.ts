/** Bringing in what the recovery shares gave: whose file it is, how much goes at once, each part under an act of its own. */
import { beforeEach, expect, it, vi } from "vitest";
import type { Given } from "../../src/crypto/recovery.ts";
import { shared } from "./vectors.ts";

const sent: { path: string; body: { grants: Record<string, object>; recovery: string } }[] = [];
const deeds: { act: string; count: number; grants: string; recovery: string }[] = [];
const opened: { tip: string; grant: string; opening: string }[] = [];
let state = "open";
vi.mock("../../src/desk/api/routes.ts", () => ({
  loadTip: async (tip: string) => ({ entries: [`first of ${tip}`] }),
}));
vi.mock("../../src/desk/keys/client.ts", () => ({
  ask: async (_: string, { rows }: { rows: typeof opened }) => {
    opened.push(...rows);
    return rows.map(({ tip }) => ({ tip, state }));
  },
}));
vi.mock("../../src/desk/api/wire.ts", () => ({
  Refused: class extends Error {},
  bytes: vi.fn(),
  post: async (path: string, body: (typeof sent)[number]["body"]) => void sent.push({ path, body }),
}));
vi.mock("../../src/desk/audit/chain.ts", () => ({
  signed: async (deed: (typeof deeds)[number], send: (record: string) => Promise<unknown>) => {
    deeds.push(deed);
    return send("record");
  },
}));
vi.mock("../../src/desk/session.ts", () => ({
  me: { value: null },
  whileIn: (work: () => Promise<unknown>) => work(),
}));
const { bringIn, NotOurs, partsOf, Unproven } = await import("../../src/desk/access/recovering.ts");
const { me } = await import("../../src/desk/session.ts");

interface Vectors {
  digest: string;
  recovery: string;
  tips: Record<string, object>;
  cases: { body: string }[];
}

const vectors = shared<Vectors>("crypto/vectors/recovered.json");
const FILE = vectors.cases[0]?.body ?? "";

beforeEach(() => {
  sent.length = 0;
  deeds.length = 0;
  opened.length = 0;
  state = "open";
  me.value = { serial: "s-1", site: "thu-nghiem", unit: { code: "xa-minh-hoa" } } as NonNullable<
    typeof me.value
  >;
});

it("sends the keys under an act that names them, and says from then on that the shares were used", async () => {
  const told: number[][] = [];
  expect(await bringIn(FILE, (done, of) => told.push([done, of]))).toBe(2);
  expect(deeds).toEqual([
    { act: "recovered", tip: null, count: 2, grants: vectors.digest, recovery: vectors.recovery },
  ]);
  expect(sent).toEqual([
    { path: "recovery", body: { recovery: vectors.recovery, grants: vectors.tips, record: "record" } },
  ]);
  expect(told).toEqual([[2, 2]]);
  expect(me.value?.recovery_used).toBe(true);
});

it("opens every tip with the chief's own key first, and sends nothing where one does not open", async () => {
  await bringIn(FILE, () => undefined);
  const mine = Object.entries(vectors.tips as Record<string, Record<string, string>>);
  expect(opened).toEqual(
    mine.map(([tip, each]) => ({ tip, grant: each["s-1"], opening: `first of ${tip}` })),
  );
  sent.length = 0;
  state = "badkey";
  await expect(bringIn(FILE, () => undefined)).rejects.toBeInstanceOf(Unproven);
  expect(sent).toEqual([]);
});

it("sends nothing of another unit's or installation's file", async () => {
  for (const wrong of [{ site: "khac" }, { unit: { code: "xa-khac" } }]) {
    me.value = { ...me.value, ...wrong } as NonNullable<typeof me.value>;
    await expect(bringIn(FILE, () => undefined)).rejects.toBeInstanceOf(NotOurs);
  }
  expect(sent).toEqual([]);
  expect(me.value?.recovery_used).toBeUndefined();
});

it("no part is more than a request may bring, and none is left out", () => {
  const grants = new Map(Array.from({ length: 1_000 }, (_, n) => [`tip${n}`, { s1: "A".repeat(3_578) }]));
  const given: Given = { site: "", unit: "", recovery: new Uint8Array(32), grants };
  const parts = partsOf(given);
  expect(parts.flatMap((part) => [...part.keys()])).toEqual([...grants.keys()]);
  for (const part of parts) expect(JSON.stringify(Object.fromEntries(part)).length).toBeLessThan(700_000);
  expect(parts.length).toBeLessThan(8);
});
