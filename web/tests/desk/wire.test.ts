/** What nobody waits for gives way on the line to what an officer asked for. */
import { beforeEach, expect, it, vi } from "vitest";
import { bytes, get, getAside, lineAtRest, post } from "../../src/desk/api/wire.ts";

let answers: ((answer: Response) => void)[];
let failures: ((error: Error) => void)[];

beforeEach(() => {
  answers = [];
  failures = [];
  vi.stubGlobal(
    "fetch",
    () =>
      new Promise<Response>((give, fail) => {
        answers.push(give);
        failures.push(fail);
      }),
  );
});

const said = () => new Response("{}");

/** Whether the line is at rest now. */
async function rests(): Promise<boolean> {
  const rested = lineAtRest().then(() => true);
  return Promise.race([rested, new Promise<boolean>((come) => setTimeout(() => come(false)))]);
}

it.each([
  ["a question", () => get("tips/x")],
  ["an act", () => post("tips/x/take")],
  ["a photo", () => bytes("blobs/x", () => undefined)],
] as const)("%s keeps it busy until its answer is there whole", async (_, ask) => {
  const asked = ask();
  expect(await rests()).toBe(false);
  answers[0]?.(said());
  await asked;
  expect(await rests()).toBe(true);
});

it("of several the last one frees it, also where it failed", async () => {
  const first = get("tips/x");
  const second = get("tips/y").catch(() => "failed");
  answers[0]?.(said());
  await first;
  expect(await rests()).toBe(false);
  failures[1]?.(new Error("away"));
  expect([await second, await rests()]).toEqual(["failed", true]);
});

it("what nobody waits for does not keep it busy", async () => {
  const asked = getAside("threads");
  expect(await rests()).toBe(true);
  answers[0]?.(said());
  await asked;
});
