/**
 * What is signed of what was compared: for many units at once, and again for those signed before, for longer or for
 * shorter. The same rules as the command's (bot/service/authority/signing.py); tests hold one to the other.
 *
 * First a plan, which a person looks at; then the plan is signed, and nothing else.
 */
import { SealError } from "../crypto/errors.ts";
import { draftSheet, LIFETIME, type Sheet } from "../crypto/sheets.ts";
import type { Office, Signed } from "./office.ts";
import { NotAccepted, type Why, whyOf } from "./refusal.ts";
import { type Case, changesOf, goneFrom, keyOf, newOn } from "./requests.ts";

export const DAY = 24 * 3600;
/** Seconds of Vietnam's time before UTC: a sheet that is good until a day is good until that day's midnight there. */
export const VIETNAM = 7 * 3600;

export type Status = "ready" | "already" | "waiting" | "refused";

/** What becomes of a unit's sheet; `signed` is filled where it was signed before. */
export interface Plan {
  status: Status;
  sheet: Sheet;
  waiting: string[];
  left: string[];
  why: Why[];
  signed: Signed | null;
}

/** How to sign: until when (UTC seconds; null: as asked), and whether without those whom nobody has compared. */
export interface Terms {
  until: number | null;
  leaveOut: boolean;
}

/** The second at which an ISO day of Vietnam ends; null where this is no day. */
export function endOf(day: string): number | null {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at) ? null : at / 1000 + DAY - VIETNAM;
}

/** The ISO day of Vietnam that holds the second before this one. */
export function dayOf(expires: number): string {
  return new Date((expires - 1 + VIETNAM) * 1000).toISOString().slice(0, 10);
}

/** What becomes of each request, by what a person confirmed. */
export function planCases(
  office: Office,
  cases: readonly Case[],
  confirmed: ReadonlySet<string>,
  terms: Terms,
): Plan[] {
  return cases.map((one) => {
    if (!one.done) return planCase(one, confirmed, terms);
    const signed = office.newest(one.sheet.site, one.sheet.unit);
    return { status: "already", sheet: one.sheet, waiting: [], left: [], why: [], signed };
  });
}

function planCase(one: Case, confirmed: ReadonlySet<string>, terms: Terms): Plan {
  const { sheet } = one;
  const open = newOn(one).filter((line) => !confirmed.has(keyOf(sheet.unit, line.serial)));
  const staying = sheet.officers.filter((line) => !open.includes(line));
  const changes = changesOf(one);
  const unitOpen = changes.length > 0 && !confirmed.has(keyOf(sheet.unit));
  const plan = { waiting: open.map((line) => line.officer), left: [], why: [], signed: null };
  if (unitOpen || (open.length > 0 && !(terms.leaveOut && staying.length > 0)))
    return { ...plan, status: "waiting", sheet, why: unitOpen ? changes : [] };
  const left = goneFrom(one).map((line) => line.officer);
  return planned(
    sheet,
    () => ending({ ...sheet, officers: staying }, terms.until),
    () => ({ ...plan, left }),
  );
}

function planned(
  before: Sheet,
  change: () => Sheet,
  told: (sheet: Sheet) => { waiting: string[]; left: string[] },
): Plan {
  try {
    const sheet = change();
    checkSheet(sheet);
    return { ...told(sheet), status: "ready", sheet, why: [], signed: null };
  } catch (error) {
    return { status: "refused", sheet: before, waiting: [], left: [], why: [whyOf(error)], signed: null };
  }
}

function checkSheet(sheet: Sheet): void {
  try {
    draftSheet(sheet);
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    throw new NotAccepted("auth-no-sheet");
  }
}

function ending(sheet: Sheet, until: number | null): Sheet {
  if (until === null) return sheet;
  if (until <= sheet.issued || until > sheet.issued + LIFETIME) throw new NotAccepted("auth-no-90");
  return { ...sheet, expires: until };
}

/** The same people for 90 days more, or until a second: nobody is new, so nobody is compared. */
export function planRenewal(office: Office, sheets: readonly Sheet[], until: number | null): Plan[] {
  return again(sheets, (sheet) => {
    const longer = ending(next(office, sheet), until);
    if (longer.expires <= sheet.expires) throw new NotAccepted("auth-no-longer");
    return longer;
  });
}

/** The same sheet ending earlier, or without these officers (by unit and serial), or both. */
export function planShortening(
  office: Office,
  sheets: readonly Sheet[],
  until: number | null,
  without: ReadonlySet<string>,
): Plan[] {
  return again(sheets, (sheet) => {
    const staying = sheet.officers.filter((line) => !without.has(keyOf(sheet.unit, line.serial)));
    if (until !== null && (until <= office.now || until >= sheet.expires))
      throw new NotAccepted("auth-no-shorter");
    if (until === null && staying.length === sheet.officers.length) throw new NotAccepted("auth-no-officers");
    const expires = until ?? Math.min(sheet.expires, office.now + LIFETIME);
    return { ...next(office, sheet), expires, officers: staying };
  });
}

function next(office: Office, sheet: Sheet): Sheet {
  const now = office.now;
  if (now <= sheet.issued) throw new NotAccepted("auth-no-clock");
  return { ...sheet, n: sheet.n + 1, issued: now, expires: now + LIFETIME };
}

function again(sheets: readonly Sheet[], change: (sheet: Sheet) => Sheet): Plan[] {
  return sheets.map((sheet) =>
    planned(
      sheet,
      () => change(sheet),
      ({ officers }) => {
        const left = sheet.officers.filter((line) => !officers.some((one) => one.serial === line.serial));
        return { waiting: [], left: left.map((line) => line.officer) };
      },
    ),
  );
}

/** Signs what is ready; the sheets to hand out, those signed earlier among them. `report` is told how many are done. */
export async function signPlans(
  office: Office,
  plans: readonly Plan[],
  report: (done: number) => void,
): Promise<Signed[]> {
  const signed: Signed[] = [];
  for (const [done, plan] of plans.entries()) {
    if (plan.status === "ready") signed.push(await office.sign(plan.sheet));
    else if (plan.signed) signed.push(plan.signed);
    report(done + 1);
  }
  return signed;
}

/** The newest sheets that end in so many seconds. */
export function endingWithin(office: Office, seconds: number): Sheet[] {
  return office.every().filter((sheet) => sheet.expires - office.now < seconds);
}
