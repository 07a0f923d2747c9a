/** How tips stand against what is due, by the examples that Python runs too. */
import { expect, it } from "vitest";
import type { Clock } from "../../src/desk/api/shapes.ts";
import { span } from "../../src/desk/clock.ts";
import { standing } from "../../src/desk/clocks.ts";
import { shared } from "./vectors.ts";

interface Example {
  clock: Clock;
  urgent: boolean;
  due: number;
  now: number;
  stands: string;
}

it.each(shared<Example[]>("handlers/clock_vectors.json"))("$clock: $stands at $now", (one) => {
  expect(standing(one, one.now)).toBe(one.stands);
});

it("says nothing where nothing is due", () => {
  expect(standing({ due: null, clock: null, urgent: true }, 0)).toBeNull();
});

it.each([
  [20, "minute", 1],
  [26 * 60 - 10, "minute", 26],
  [3600, "hour", 1],
  [7.6 * 3600, "hour", 8],
  [3 * 86_400, "day", 3],
])("%d seconds are told as one %s word", (seconds, unit, count) => {
  expect(span(seconds)).toEqual({ unit, count });
});
