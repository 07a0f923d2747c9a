/**
 * Which colleagues have which tip open at this moment, and telling them which one is open here.
 *
 * Content-free and of this moment alone: the server keeps it in memory, for the unit, as long as the socket lives.
 */
import { signal } from "@preact/signals";
import type { Here } from "./api/shapes.ts";
import { onLock } from "./session.ts";

/** Serials by tip. */
export const here = signal<Here>({});

onLock(() => {
  here.value = {};
});

/** Serials of the colleagues who have this tip open. */
export function around(tip: string): readonly string[] {
  return here.value[tip] ?? [];
}
