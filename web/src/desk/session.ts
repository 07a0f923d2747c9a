/**
 * Who is at this desk: log-in, the unit's sheet, lock. One signal each; screens only read them.
 *
 * Owns the order of the steps. Keys stay in the worker; nothing here outlives the tab but the language.
 */
import { computed, signal } from "@preact/signals";
import * as desk from "./api/routes.ts";
import type { Account, SheetBody } from "./api/shapes.ts";
import { Refused, Unreached } from "./api/wire.ts";
import { ask, end } from "./keys/client.ts";
import type { Learnt, Me, SheetVerdict, Unlocked } from "./keys/messages.ts";

export type Screen = "enrol" | "login" | "restore" | "waiting" | "desk";

export const screen = signal<Screen>("login");
export const me = signal<Account | null>(null);
export const sheet = signal<SheetVerdict | null>(null);
/** True where this site is a demonstration; known from the enrolment link or the log-in on. */
export const demo = signal(false);
/** The host that passkeys of this desk are bound to; null where browsers make none, or before it is known. */
export const passkeyHost = signal<string | null>(null);
/** Why the log-in page is shown, as a catalogue key, or nothing. */
export const whyLogin = signal<string | null>(null);
/** The account last used in this tab, so that unlocking asks for the passphrase alone. */
export const lastAccount = signal("");

/** Acts are offered only where the sheet is good and holds this officer's own keys. */
export const mayAct = computed(() => sheet.value?.state === "good" && !sheet.value.sheet.expired);

/** The part of an account the worker needs to judge what it opens. */
export function asMe(account: Account): Me {
  const { serial, officer, role, site, demo, authority } = account;
  return { serial, officer, role, site, demo, authority, unit: account.unit.code };
}

/** Checks the unit's sheets against the pinned authority. */
export async function checkSheet(account: Account): Promise<SheetVerdict> {
  return judge(await desk.unitSheets(account.unit.code));
}

async function judge(sheets: readonly SheetBody[]): Promise<SheetVerdict> {
  const bodies = sheets.map((one) => one.body);
  const verdict = await ask("readSheets", { bodies });
  sheet.value = verdict;
  return verdict;
}

/** Has the worker judge the sheets of another unit. Null where there is none to believe. */
export async function learnSheets(unit: string): Promise<Learnt | null> {
  const { sheets, heir } = await desk.sheetsOf(unit);
  if (heir) await learn(heir, await desk.unitSheets(heir)); // its officers may have written in a tip of the one before
  return learn(unit, sheets);
}

function learn(unit: string, sheets: readonly SheetBody[]): Promise<Learnt | null> {
  return ask("learnSheets", { unit, bodies: sheets.map((one) => one.body) });
}

/** What the server says of an officer: both are asked for at once. */
interface Standing {
  state: ReturnType<typeof desk.enrolmentState>;
  sheets: ReturnType<typeof desk.unitSheets>;
}

function askStanding(account: Account): Standing {
  const standing = { state: desk.enrolmentState(), sheets: desk.unitSheets(account.unit.code) };
  for (const one of Object.values(standing)) one.catch(() => undefined); // told where it is waited for
  return standing;
}

/** Goes to the inbox where the authority has signed, else to the waiting page. */
export async function enter(account: Account, standing = askStanding(account)): Promise<void> {
  const judging = judge(await standing.sheets);
  for (const open of openings) open();
  const verdict = await judging;
  const { state } = await standing.state;
  const waiting = state === "requested" || verdict.state === "absent-me";
  screen.value = waiting ? "waiting" : "desk";
  whyLogin.value = null;
}

type Preparation = (account: Account) => void;
const preparations: Preparation[] = [];

/** Registers what may be asked for while keys are still being unlocked: sealed as it comes, it tells nothing before. */
export function onUnlocking(prepare: Preparation): void {
  preparations.push(prepare);
}

const openings: (() => void)[] = [];

/** Registers what the worker may open next once it judges the sheet. */
export function onUnlocked(open: () => void): void {
  openings.push(open);
}

/** Takes a logged-in account to the desk, or to the page that asks for the recovery words. */
export async function unlock(
  account: Account,
  open: () => Promise<Unlocked> = () => ask("unlock", { me: asMe(account), locked: account.locked }),
): Promise<Unlocked> {
  const standing = askStanding(account);
  for (const prepare of preparations) prepare(account);
  const outcome = await open();
  if (outcome === "other-authority" || outcome === "wrong") return outcome;
  me.value = account;
  demo.value = account.demo;
  lastAccount.value = account.officer;
  if (outcome === "no-device") screen.value = "restore";
  else await enter(account, standing);
  return outcome;
}

/** Log-in by account and passphrase. Raises `Refused` or `Unreached`. */
export async function signIn(account: string, passphrase: string): Promise<Unlocked> {
  const { salt } = await desk.startLogin(account);
  const auth = await ask("stretch", { passphrase, salt });
  return unlock(await desk.login(account, auth));
}

type Cleaner = () => void;
const cleaners: Cleaner[] = [];

/** Registers what must forget its content when the desk locks. */
export function onLock(clean: Cleaner): void {
  cleaners.push(clean);
}

/** What the log-in page must say before anybody is known; no answer leaves it unsaid. */
export async function learnSite(): Promise<void> {
  try {
    const told = await desk.siteFacts();
    demo.value = told.demo;
    passkeyHost.value = told.passkeys ?? null;
  } catch (error) {
    if (!(error instanceof Refused || error instanceof Unreached)) throw error;
  }
}

/** Ends the worker, forgets everything opened, and shows the log-in page with the reason. */
export function lock(reason: string | null): void {
  end();
  for (const clean of cleaners) clean();
  me.value = null;
  sheet.value = null;
  whyLogin.value = reason;
  screen.value = "login";
  desk.logout().catch(() => undefined);
}

/** Runs an act; a session that ended on the server locks the desk. Other errors are the caller's. */
export async function whileIn<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused && error.status === 401 && me.value) lock("login-again");
    throw error;
  }
}
