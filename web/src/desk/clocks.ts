/**
 * How a tip stands against what is due of it. The server says what is due and by when; from when it is soon,
 * `handlers/clocks.py` says too.
 *
 * Both run `handlers/clock_vectors.json`. Times are UTC seconds; the present is an argument.
 */
import type { Clock, TipRow } from "./api/shapes.ts";

const SOON = { urgent: 450, hours: 2 * 3600, days: 24 * 3600 };
const SLOW: readonly Clock[] = ["notify", "verify", "complex", "extended", "end"];

/** How a tip stands against its next deadline. */
export type Standing = "time" | "soon" | "late";

/** Whether what is due next is overdue, will be soon, or has time; null where nothing is due. */
export function standing(
  { due, clock, urgent }: Pick<TipRow, "due" | "clock" | "urgent">,
  now: number,
): Standing | null {
  if (due === null || clock === null) return null;
  const left = due - now;
  if (left <= 0) return "late";
  const pace = clock === "open" && urgent ? "urgent" : SLOW.includes(clock) ? "days" : "hours";
  return left <= SOON[pace] ? "soon" : "time";
}
