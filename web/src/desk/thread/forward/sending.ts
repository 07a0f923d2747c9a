/**
 * Passing a tip on: the other unit's sheet is learnt anew, the worker makes its readers' keys and the entry that says so,
 * and the officer's signed act goes with them.
 */
import { get, post, Refused } from "../../api/wire.ts";
import { signed } from "../../audit/chain.ts";
import { explain } from "../../failure.ts";
import { ask, KeyFailure } from "../../keys/client.ts";
import { learnSheets, whileIn } from "../../session.ts";
import type { Neighbour } from "./units.ts";

const TRIES = 3;
/** How many units may stand one above the other. */
const DEEPEST = 8;

/** The units that these words name, the nearest ones where there are no words. */
export async function neighbours(words: string): Promise<Neighbour[]> {
  const found = await whileIn(() => get<{ units: Neighbour[] }>(`neighbours?q=${encodeURIComponent(words)}`));
  return found.units;
}

/** The other unit's sheets and those of the units above it: it may stand under the one that the reporter passed over. */
async function learnUpwards(to: string): Promise<void> {
  let unit: string | null = to;
  for (let left = DEEPEST; unit !== null && left > 0; left -= 1)
    unit = (await learnSheets(unit))?.parent ?? null;
}

/** Seals, signs and sends; again, if the unit's sheet has meanwhile become another. */
export async function forward(tip: string, to: string, text: string): Promise<void> {
  for (let left = TRIES; ; left -= 1) {
    await whileIn(() => learnUpwards(to));
    const at = Math.floor(Date.now() / 1000);
    const { seq, sealed, sheet, grants, digest } = await ask("forward", { tip, to, text, at });
    const deed = { act: "forward", tip, seq, sealed, to, grants: digest };
    const way = `tips/${encodeURIComponent(tip)}/forward`;
    try {
      await signed<unknown>(deed, (record) => post(way, { seq, sealed, to, sheet, grants, record }));
      return;
    } catch (error) {
      if (!(error instanceof Refused && error.key === "forward-sheet") || left <= 1) throw error;
    }
  }
}

/** The catalogue key that says why it was not passed on. */
export function why(error: unknown): string {
  const reason = error instanceof KeyFailure ? error.reason : "";
  if (reason === "nobody" || reason === "passed-over") return `forward-${reason}`;
  if (error instanceof Refused && error.key === "desk-no-tip") return "forward-gone";
  return explain(error, "forward-failed");
}
