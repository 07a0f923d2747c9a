/** Long work on many tips: how far it is, paused, gone on with, broken off. */
import { expect, it } from "vitest";
import { Running, type Step } from "../../src/desk/hands/running.ts";

const batch = (done: number, more: boolean, failed: Step["failed"] = []): Step => ({ done, more, failed });

it("tells how far it is, how long it takes still, and what failed", async () => {
  let clock = 0;
  const running = new Running(() => clock);
  const seen: unknown[] = [];
  const steps = [batch(200, true), batch(199, true, [{ tip: "t", why: "badkey" }]), batch(0, false)];
  await running.begin(
    1000,
    async () => {
      const { done, of, left } = running.run.value ?? {};
      seen.push([done, of, left]);
      clock += 2_000;
      return steps.shift() ?? batch(0, false);
    },
    () => "",
  );
  expect(seen).toEqual([
    [0, 1000, null],
    [200, 1000, 8],
    [399, 1000, 6],
  ]);
  expect(running.run.value).toMatchObject({
    state: "done",
    done: 399,
    failed: [{ tip: "t", why: "badkey" }],
  });
});

it("stops behind the batch under way once paused", async () => {
  const running = new Running(() => 0);
  let steps = 0;
  const step = async () => {
    steps += 1;
    running.pause();
    return batch(10, true);
  };
  await running.begin(30, step, () => "");
  expect([steps, running.run.value]).toMatchObject([1, { state: "paused", done: 10, left: null }]);
});

it("says why it broke off, and keeps what was done", async () => {
  const running = new Running(() => 0);
  const steps = [async () => batch(5, true), () => Promise.reject(new Error("away"))];
  await running.begin(
    9,
    () => (steps.shift() ?? (async () => batch(0, false)))(),
    () => "desk-unreached",
  );
  expect(running.run.value).toMatchObject({ state: "broken", done: 5, why: "desk-unreached" });
});

it("shows nothing more once forgotten", async () => {
  const running = new Running(() => 0);
  const step = async () => {
    running.forget();
    return batch(5, true);
  };
  await running.begin(9, step, () => "");
  expect(running.run.value).toBeNull();
});
