/**
 * Through which grant somebody can read a tip, by what officers signed: sealed as it came, given, handed over, or given
 * by the recovery shares. Pure. `records` is the unit's whole chain as far as it holds.
 */
import type { Reader, TipRow } from "../api/shapes.ts";
import type { ChainLine, SheetOfficer } from "../keys/messages.ts";

/** `by`: serials of whoever may have given it. `unknown`: nobody signed for it. */
export interface Through {
  how: "came" | "given" | "handed" | "shares" | "paper" | "unknown";
  by: readonly string[];
}

/** A tip's own time, and a record's, is cut to the hour: whoever joined within it may have been there. */
const HOUR = 3600;

const nobody = (how: Through["how"]): Through => ({ how, by: [] });

/** When the tip came to this unit, in UTC seconds: received, or passed on to here. */
function cameAt({ id, received }: Pick<TipRow, "id" | "received">, records: readonly ChainLine[]): number {
  return records.findLast(({ act, tip }) => act === "forwarded" && tip === id)?.hour ?? received;
}

/**
 * What is known of one reader's key. A key for this one tip is named by its act; one of many handed over at once is not,
 * so it is asked whether he was on the sheet already as the tip came. `officer`: as the sheet in force has him.
 */
export function through(
  row: Pick<TipRow, "id" | "received">,
  { recipient }: Pick<Reader, "recipient">,
  officer: Pick<SheetOfficer, "from"> | undefined,
  records: readonly ChainLine[],
): Through {
  if (recipient.startsWith("recovery")) return nobody("paper");
  const signed = records.filter(({ observed }) => !observed);
  const given = signed.findLast(
    ({ act, tip, told }) => act === "give" && tip === row.id && told === recipient,
  );
  if (given?.serial) return { how: "given", by: [given.serial] };
  const came = cameAt(row, records);
  if (officer && officer.from <= came) return nobody("came");
  const after = signed.filter(({ hour }) => hour + HOUR > came);
  const handed = after.filter(({ act, told }) => act === "hand-over" && told === recipient);
  const by = [...new Set(handed.map(({ serial }) => serial ?? ""))];
  if (by.length > 0) return { how: "handed", by };
  if (officer && officer.from < came + HOUR) return nobody("came");
  return nobody(after.some(({ act }) => act === "recovered") ? "shares" : "unknown");
}
