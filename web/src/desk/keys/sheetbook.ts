/**
 * A unit's signed sheets: checked against the pinned authority, never older than what this browser has accepted.
 *
 * Old sheets stay, to verify old entries, those of units that this one goes on for as well; the own newest says who is
 * an officer now.
 */
import { same } from "../../crypto/bytes.ts";
import { SealError } from "../../crypto/errors.ts";
import { explained } from "../../crypto/grants.ts";
import type { Unlocked } from "../../crypto/login.ts";
import { goesOnFor, type Sheet, verifySheet } from "../../crypto/sheets.ts";
import { fromBase64url } from "../../shared/bytes.ts";
import type { Me, SheetVerdict } from "./messages.ts";
import { sheetView } from "./view.ts";

/**
 * Every sheet the server gave, checked, the unit's own first; null where one is not what the authority signed for this
 * site, or is of a unit that the newest of the own does not go on for.
 */
async function checked(bodies: readonly string[], me: Me): Promise<Sheet[] | null> {
  const authority = fromBase64url(me.authority);
  try {
    const sheets = await Promise.all(bodies.map((body) => verifySheet(fromBase64url(body), authority)));
    sheets.sort((a, b) => Number(b.unit === me.unit) - Number(a.unit === me.unit) || b.n - a.n);
    const ours = sheets.every(
      ({ site, unit, demo }) =>
        site === me.site && demo === me.demo && explained(unit, me.unit, goesOnFor(sheets, me.unit)),
    );
    return ours ? sheets : null;
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}

function standing(newest: Sheet, me: Me, keys: Pick<Unlocked, "recipient" | "signingKey">) {
  const mine = newest.officers.find((officer) => officer.serial === me.serial);
  if (!mine) return "absent-me";
  const own = mine.recipient === keys.recipient && same(mine.signingKey, keys.signingKey);
  return own && mine.officer === me.officer ? "good" : "other-key";
}

export interface Accepted {
  sheets: Sheet[];
  verdict: SheetVerdict;
}

/** Judges the sheets. `atLeast`: the highest number accepted here before; `now` in UTC seconds. */
export async function accept(
  bodies: readonly string[],
  me: Me,
  keys: Pick<Unlocked, "recipient" | "signingKey">,
  { atLeast, now }: { atLeast: number; now: number },
): Promise<Accepted> {
  const sheets = await checked(bodies, me);
  if (!sheets) return { sheets: [], verdict: { state: "forged", sheet: null } };
  const newest = sheets[0];
  if (!newest) return { sheets: [], verdict: { state: atLeast > 0 ? "older" : "none", sheet: null } };
  if (newest.n < atLeast) return { sheets: [], verdict: { state: "older", sheet: null } };
  return { sheets, verdict: { state: standing(newest, me, keys), sheet: sheetView(newest, now) } };
}

/** Another unit's sheets, newest first; none where they cannot be believed or are older than what was seen here. */
export async function acceptOther(bodies: readonly string[], me: Me, atLeast: number): Promise<Sheet[]> {
  const sheets = (await checked(bodies, me)) ?? [];
  return (sheets[0]?.n ?? 0) >= atLeast ? sheets : [];
}
