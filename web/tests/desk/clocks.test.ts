/** The house clocks, by the examples that Python runs too. */
import { expect, it } from "vitest";
import { span } from "../../src/desk/clock.ts";
import { openingDue, standing } from "../../src/desk/clocks.ts";
import { shared } from "./vectors.ts";

interface Example {
  urgent: boolean;
  received: number;
  now: number;
  due: number;
  stands: string;
}

it.each(shared<Example[]>("handlers/clock_vectors.json"))("$stands at $now", (one) => {
  expect(openingDue(one.received, one.urgent)).toBe(one.due);
  expect(standing(one.received, one.urgent, one.now)).toBe(one.stands);
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
