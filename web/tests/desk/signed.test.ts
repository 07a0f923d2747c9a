/** Signing an act on the page: again when somebody was first, not at all on a chain that does not hold. */
import { beforeEach, expect, it, vi } from "vitest";
import { Refused } from "../../src/desk/api/wire.ts";

const world = vi.hoisted(() => ({
  asked: [] as string[],
  state: "good",
  why: null as string | null,
  sheets: 0,
  /** Whether each reading began at the first record. */
  whole: [] as boolean[],
  length: 3,
}));

vi.mock("../../src/desk/session.ts", () => ({
  me: { value: { serial: "s-1" } },
  onLock: vi.fn(),
  checkSheet: async () => {
    world.sheets += 1;
    world.state = "good";
    world.why = null;
  },
  whileIn: (work: () => unknown) => work(),
}));
vi.mock("../../src/desk/api/routes.ts", () => ({
  readAudit: async () => ({ n: world.length, records: [], keys: [] }),
}));
vi.mock("../../src/desk/keys/client.ts", () => ({
  KeyFailure: class extends Error {
    constructor(readonly reason: string) {
      super("keys");
    }
  },
  ask: async (name: string, asked: { whole?: boolean } | null) => {
    world.asked.push(name);
    if (name === "nextInChain") return 3;
    if (name === "readChain") {
      world.whole.push(asked?.whole ?? false);
      const lines = asked?.whole ? [1, 2, 3].map((n) => ({ n })) : [];
      return { state: world.state, why: world.why, n: world.length, head: "", at: 0, lines };
    }
    if (name === "actTaken") return { n: 4, act: "open" };
    return { record: `record ${world.asked.length}` };
  },
}));

const { signed, chain, lines, readUp } = await import("../../src/desk/audit/chain.ts");
const deed = { act: "open", tip: "t" };

beforeEach(() => {
  Object.assign(world, { asked: [], state: "good", why: null, sheets: 0, whole: [], length: 3 });
  lines.value = [];
});

it("reads on, signs, sends, remembers", async () => {
  expect(await signed(deed, async (record) => record)).toBe("record 3");
  expect(world.asked).toEqual(["nextInChain", "readChain", "signAct", "actTaken"]);
  expect(chain.value).toMatchObject({ state: "good", n: 3 });
});

it("who loses a race signs again on top of the winner", async () => {
  const sent: string[] = [];
  const send = async (record: string) => {
    sent.push(record);
    if (sent.length < 3) throw new Refused(409, "desk-act-newer");
    return "done";
  };
  expect(await signed(deed, send)).toBe("done");
  expect(new Set(sent).size).toBe(3);
  expect(world.asked.filter((name) => name === "actTaken")).toHaveLength(1);
});

it("gives up after some races, and at once on any other refusal", async () => {
  for (const [key, times] of [
    ["desk-act-newer", 5],
    ["desk-newer", 1],
  ] as const) {
    let sent = 0;
    const send = async () => {
      sent += 1;
      throw new Refused(409, key);
    };
    await expect(signed(deed, send)).rejects.toThrow(Refused);
    expect(sent).toBe(times);
  }
  expect(world.asked).not.toContain("actTaken");
});

it("signs nothing on a chain that does not hold", async () => {
  world.state = "tampered";
  const send = vi.fn();
  await expect(signed(deed, send)).rejects.toMatchObject({ reason: "tampered" });
  expect(send).not.toHaveBeenCalled();
  expect(world.asked).not.toContain("signAct");
});

it("asks for newer sheets where a signer is not known", async () => {
  Object.assign(world, { state: "tampered", why: "signer" });
  expect(await signed(deed, async () => "done")).toBe("done");
  expect(world.sheets).toBe(1);
});

it("reads the chain from its first record once, and then what is new", async () => {
  await readUp();
  expect(lines.value.map(({ n }) => n)).toEqual([1, 2, 3]);
  await signed(deed, async () => "done");
  expect(lines.value.map(({ n }) => n)).toEqual([1, 2, 3, 4]);
  await readUp();
  expect(world.whole).toEqual([true, false, false]);
});

it("reads the chain from its first record again where some of it is missing here", async () => {
  await readUp();
  world.length = 9;
  await readUp();
  expect(world.whole).toEqual([true, false, true]);
});
