/**
 * Duties of a week: a unit's week goes to the server whole, so that one duty changed is a week with that one changed.
 * Pure but for the call that sends it.
 */
import type { Seen, Taken } from "./acts.ts";
import { arrange } from "./acts.ts";
import { csv } from "./csv.ts";
import { ownRows, seenOf } from "./listing.ts";
import type { Row } from "./shapes.ts";

export const COLUMNS = ["unit", "day", "from", "to", "officer"] as const;
export type Duty = Readonly<Record<(typeof COLUMNS)[number], string>>;

function dutyOf({ unit, cells: { day = "", from = "", to = "", officer = "" } }: Row): Duty {
  return { unit, day, from, to, officer };
}

/** The week with `next` in the place of `old`: at its end where `old` is not there, without it where there is no `next`. */
export function withDuty(week: readonly Row[], old: string | null, next: Duty | null): Duty[] {
  const kept = week.flatMap((row) => (row.key === old ? (next ?? []) : dutyOf(row)));
  const placed = week.some((row) => row.key === old);
  return next && !placed ? [...kept, next] : kept;
}

/** Says that nobody stands in a unit's week: a table without rows would name no unit. */
export const nobody = (unit: string): Duty => ({ unit, day: "-", from: "-", to: "-", officer: "-" });

/** Reads the unit's week as it is now, changes one duty of it and sends it whole. */
export async function putDuty(unit: string, old: string | null, next: Duty | null): Promise<Taken> {
  const seen = seenOf(unit); // what was on screen: of a week read just now nobody has seen anything
  const week = withDuty(await ownRows("roster", unit), old, next);
  return arrange("roster", csv(COLUMNS, week.length > 0 ? week : [nobody(unit)]), { seen });
}

/** Sends a week in this order. */
export function putOrder(rows: readonly Row[], seen: Seen): Promise<Taken> {
  return arrange("roster", csv(COLUMNS, rows.map(dutyOf)), { seen });
}
