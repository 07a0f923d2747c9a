/** A change of the organisation on the page: what is sent is what was signed, and wrong rows come back as rows. */
import { beforeEach, expect, it, vi } from "vitest";
import { Refused } from "../../src/desk/api/wire.ts";
import type { Deed } from "../../src/desk/keys/messages.ts";

const world = vi.hoisted(() => ({
  deeds: [] as unknown[],
  posted: [] as [string, unknown][],
}));

vi.mock("../../src/desk/audit/chain.ts", () => ({
  signed: async (deed: Deed, send: (record: string) => Promise<unknown>) => {
    world.deeds.push(deed);
    return send("record");
  },
}));
vi.mock("../../src/desk/api/wire.ts", async (actual) => ({
  ...(await actual<typeof import("../../src/desk/api/wire.ts")>()),
  post: async (path: string, body: unknown) => {
    world.posted.push([path, body]);
    return { new: 1, changed: 0, same: 0 };
  },
}));

const { arrange, faultsOf, perform } = await import("../../src/desk/organisation/acts.ts");
const WHAT = new Uint8Array([1, 2, 3]);

beforeEach(() => {
  world.deeds = [];
  world.posted = [];
});

it("signs what it sends, for the list it goes to", async () => {
  expect(await arrange("boxes", WHAT)).toEqual({ new: 1, changed: 0, same: 0 });
  expect(world.deeds).toEqual([{ act: "arrange", tip: null, list: "boxes", what: "AQID" }]);
  expect(world.posted).toEqual([["organisation/boxes", { record: "record", what: "AQID", seen: {} }]]);
});

it("goes other ways under the list's name", async () => {
  await arrange("officers", WHAT, { way: "officers/invite" });
  expect(world.deeds).toMatchObject([{ list: "officers" }]);
  expect(world.posted.map(([path]) => path)).toEqual(["organisation/officers/invite"]);
});

it("names the rows it saw, and says as JSON what is no table", async () => {
  await arrange("roster", WHAT, { seen: { "18118": "a1" } });
  await perform("holidays", "holidays/change", { day: "2027-02-05" });
  expect(world.posted).toEqual([
    ["organisation/roster", { record: "record", what: "AQID", seen: { "18118": "a1" } }],
    ["organisation/holidays/change", { record: "record", what: "eyJkYXkiOiIyMDI3LTAyLTA1In0", seen: {} }],
  ]);
  expect(world.deeds).toMatchObject([{ list: "roster" }, { list: "holidays" }]);
});

it("tells wrong rows, and nothing of any other failure", () => {
  const fault = { row: 3, column: "unit", key: "row-scope", args: {} };
  expect(faultsOf(new Refused(422, "desk-rows", { error: "desk-rows", faults: [fault] }))).toEqual([fault]);
  expect(faultsOf(new Refused(422, "desk-act-unfit", { faults: [fault] }))).toEqual([]);
  expect(faultsOf(new Error("away"))).toEqual([]);
});
