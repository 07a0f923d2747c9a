/** The present in UTC seconds, renewed every half minute, so that ages on screen stay true. */
import { signal } from "@preact/signals";

const TICK_MS = 30_000;

export const now = signal(Math.floor(Date.now() / 1000));

/** Looks at the clock now: for what has just come. */
export function tick(): void {
  now.value = Math.floor(Date.now() / 1000);
}

setInterval(tick, TICK_MS);
