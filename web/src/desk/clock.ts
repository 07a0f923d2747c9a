/** Days and ages as the console shows them, always in Vietnam's time. Takes the present as an argument. */

const ZONE_SECONDS = 7 * 3600;
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const SHOWN_AT_HOUR = 18;

export interface Age {
  unit: "minute" | "hour" | "day";
  count: number;
}

/** How long ago, in one coarse word: minutes only under an hour, and only where the moment itself is known so finely. */
export function age(then: number, now: number, hourOnly = false): Age {
  const passed = Math.max(0, now - then);
  if (hourOnly && passed < 2 * HOUR) return { unit: "hour", count: passed < HOUR ? 0 : 1 };
  if (passed < HOUR) return { unit: "minute", count: Math.floor(passed / MINUTE) };
  if (passed < 2 * DAY) return { unit: "hour", count: Math.floor(passed / HOUR) };
  return { unit: "day", count: Math.floor(passed / DAY) };
}

/** A length of time in one coarse word, a begun unit counted whole: minutes under an hour, then hours, then days. */
export function span(seconds: number): Age {
  if (seconds < HOUR) return { unit: "minute", count: Math.max(1, Math.ceil(seconds / MINUTE)) };
  if (seconds < 2 * DAY) return { unit: "hour", count: Math.round(seconds / HOUR) };
  return { unit: "day", count: Math.round(seconds / DAY) };
}

function local(seconds: number): Date {
  return new Date((seconds + ZONE_SECONDS) * 1000);
}

const two = (n: number) => String(n).padStart(2, "0");

/** "20/11" of a UTC second. */
export function dayMonth(seconds: number): string {
  const at = local(seconds);
  return `${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}`;
}

/** The ISO day of a UTC second. */
export function dayOf(seconds: number): string {
  return local(seconds).toISOString().slice(0, 10);
}

/** The hour of a UTC second, 0–23. */
export function hour(seconds: number): number {
  return local(seconds).getUTCHours();
}

/** "21:04" of a UTC second. */
export function minute(seconds: number): string {
  const at = local(seconds);
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}

/** When the reporter sees a change made now: 18:00, at least 24 hours later (DESIGN §3, rule 11). */
export function shownFrom(now: number): number {
  const earliest = now + DAY;
  const midnight = Math.floor((earliest + ZONE_SECONDS) / DAY) * DAY - ZONE_SECONDS;
  const evening = midnight + SHOWN_AT_HOUR * HOUR;
  return evening >= earliest ? evening : evening + DAY;
}

/** "20/11" of an ISO day or minute. */
export function isoDay(day: string): string {
  const [, month = "", date = ""] = /^\d{4}-(\d\d)-(\d\d)/.exec(day) ?? [];
  return month ? `${date}/${month}` : day;
}
