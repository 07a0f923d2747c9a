/**
 * House clocks of a tip, as `handlers/clocks.py` has them: by when somebody of the unit must have opened it.
 *
 * Both run `handlers/clock_vectors.json`. Times are UTC seconds; the present is an argument.
 */

const URGENT_OPENING = 30 * 60;
const OPENING = 8 * 3600;
const SOON = 4;

/** How an unopened tip stands against its clock. */
export type Standing = "time" | "soon" | "late";

function clock(urgent: boolean): number {
  return urgent ? URGENT_OPENING : OPENING;
}

/** The second by which somebody must have opened the tip. */
export function openingDue(received: number, urgent: boolean): number {
  return received + clock(urgent);
}

/** Whether an unopened tip is overdue, will be soon, or has time. */
export function standing(received: number, urgent: boolean, now: number): Standing {
  const left = openingDue(received, urgent) - now;
  if (left <= 0) return "late";
  return left <= Math.floor(clock(urgent) / SOON) ? "soon" : "time";
}
