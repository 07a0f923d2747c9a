/**
 * The work at hand: which step it is at, what was given, what a person said of it, what was signed and whether it is saved.
 *
 * In memory alone. Steps go one way; going back loses nothing that was compared.
 */
import { batch, computed, signal } from "@preact/signals";
import type { Sheet } from "../crypto/sheets.ts";
import { filesOf, folderOf } from "./files.ts";
import { type FolderFile, needsPassphrase, Office, type Signed } from "./office.ts";
import { NotAccepted, type Why } from "./refusal.ts";
import {
  type Case,
  changesOf,
  digitsOf,
  keyOf,
  newOn,
  openCases,
  type Refusal,
  seenOf,
  unpack,
} from "./requests.ts";
import {
  DAY,
  dayOf,
  endingWithin,
  endOf,
  type Plan,
  planCases,
  planRenewal,
  planShortening,
  signPlans,
} from "./signing.ts";

export type Task = "requests" | "renew" | "shorten";
export type Step =
  | "open"
  | "unlock"
  | "make"
  | "lock"
  | "task"
  | "compare"
  | "choose"
  | "dates"
  | "sign"
  | "out";

/** Days before its end from which a sheet is renewed unless others are chosen. */
export const SOON = 30;

export const step = signal<Step>("open");
/** The folder that was chosen while its key is still locked. */
const folder = signal<readonly FolderFile[]>([]);
export const office = signal<Office | null>(null);
export const task = signal<Task>("requests");
export const failed = signal<Why | null>(null);
/** What is going on, in how many parts: a key of the catalogue. */
export const busy = signal<{ key: string; done: number; of: number } | null>(null);

export const cases = signal<Case[]>([]);
export const refused = signal<Refusal[]>([]);
/** The twenty digits of officers nobody has compared, by `keyOf`. */
export const digits = signal<ReadonlyMap<string, string>>(new Map());
/** What a person said: the same, or not. Whoever is not named waits. */
export const judged = signal<ReadonlyMap<string, boolean>>(new Map());

/** Sheets chosen to be signed again, by installation and unit. */
export const chosen = signal<ReadonlySet<string>>(new Set());
/** Officers who leave, by `keyOf`. */
export const leaving = signal<ReadonlySet<string>>(new Set());

/** The last day as it was typed; empty: as long as can be. */
export const lastDay = signal("");
export const leaveOut = signal(false);
export const plans = signal<Plan[]>([]);
export const signed = signal<Signed[]>([]);
/** True where something was made that, as far as was proven, lies nowhere but in this page. */
export const unsaved = signal(false);

/** Everything of a request that a person has to look at. */
export function asked(one: Case): string[] {
  const unit = one.sheet.unit;
  const own = changesOf(one).length > 0 ? [keyOf(unit)] : [];
  return [...own, ...newOn(one).map((line) => keyOf(unit, line.serial))];
}

/** How far the comparing has come. */
export const compared = computed(() => {
  const keys = cases.value.flatMap(asked);
  const said = keys.filter((key) => judged.value.has(key));
  return { of: keys.length, said: said.length, other: said.filter((key) => !judged.value.get(key)).length };
});

/** The newest sheets that can be signed again. */
export function kept(): Sheet[] {
  return office.value?.every() ?? [];
}

/** How a kept sheet is known while some are chosen. */
export function nameOf(sheet: Sheet): string {
  return `${sheet.site}/${sheet.unit}`;
}

/** This machine's clock, UTC seconds. */
export function clock(): number {
  return Math.floor(Date.now() / 1000);
}

/** What a browser says that cannot do something, and what is said of it. */
const UNABLE: Record<string, string> = {
  NotReadableError: "auth-no-read",
  NotFoundError: "auth-no-read",
  NotSupportedError: "auth-no-browser",
};

/** Does something that can be refused; the reason is shown on the same step. */
export async function attempt(work: () => Promise<void>): Promise<void> {
  failed.value = null;
  try {
    await work();
  } catch (error) {
    const unable = error instanceof DOMException ? UNABLE[error.name] : undefined;
    if (error instanceof NotAccepted) failed.value = error.why;
    else if (unable) failed.value = { key: unable };
    else {
      failed.value = { key: "auth-failed" };
      throw error;
    }
  } finally {
    busy.value = null;
  }
}

/** Lets the browser draw. */
function breath(): Promise<void> {
  return new Promise((go) => setTimeout(go));
}

/** Goes to a step; what failed on the one before is forgotten. */
export function go(to: Step): void {
  failed.value = null;
  if (to === "task") refused.value = [];
  step.value = to;
}

/** Opens the folder that was chosen; where its key is locked, once its passphrase was typed. */
export function openFolder(files: FileList): Promise<void> {
  return attempt(async () => {
    folder.value = folderOf(files);
    if (needsPassphrase(folder.value)) go("unlock");
    else await openWith("");
  });
}

/** Opens the folder that was chosen with its key's passphrase. */
export function unlock(passphrase: string): Promise<void> {
  return attempt(() => openWith(passphrase));
}

async function openWith(passphrase: string): Promise<void> {
  busy.value = { key: "auth-busy-folder", done: 0, of: 0 };
  await breath();
  const opened = await Office.open(folder.value, clock, passphrase);
  batch(() => {
    office.value = opened;
    folder.value = [];
    go("task");
  });
}

/** Takes requests in, and works out the digits of whom nobody has compared. */
export function takeRequests(files: FileList): Promise<void> {
  return attempt(async () => {
    const at = office.value;
    if (!at) return;
    refused.value = [];
    const found = await openCases(at, await unpack(await filesOf(files)));
    const worked = await workOut(found.cases);
    const [before, now] = [seenOf(cases.value), seenOf(found.cases)];
    batch(() => {
      task.value = "requests";
      cases.value = found.cases;
      refused.value = found.refused;
      judged.value = new Map(
        [...judged.value].filter(([key]) => now.has(key) && now.get(key) === before.get(key)),
      );
      digits.value = worked;
      lastDay.value = "";
      leaveOut.value = false;
      if (found.cases.length > 0) go("compare");
    });
  });
}

async function workOut(found: readonly Case[]): Promise<Map<string, string>> {
  const lines = found.flatMap((one) => newOn(one).map((line) => ({ sheet: one.sheet, line })));
  const worked = new Map<string, string>();
  for (const [done, { sheet, line }] of lines.entries()) {
    busy.value = { key: "auth-busy-digits", done, of: lines.length };
    await breath();
    worked.set(keyOf(sheet.unit, line.serial), await digitsOf(sheet, line));
  }
  return worked;
}

/** What a person said of one card; said again the same, it is taken back. */
export function judge(key: string, same: boolean): void {
  const next = new Map(judged.value);
  if (next.get(key) === same) next.delete(key);
  else next.set(key, same);
  judged.value = next;
}

/** Begins to sign again what was signed before: those that end soon are chosen already. */
export function begin(again: "renew" | "shorten"): void {
  const soon = again === "renew" && office.value ? endingWithin(office.value, SOON * DAY) : [];
  batch(() => {
    task.value = again;
    chosen.value = new Set(soon.map(nameOf));
    leaving.value = new Set();
    lastDay.value = "";
    go("choose");
  });
}

/** Puts a name into a set of them, or takes it out. */
export function toggled(names: ReadonlySet<string>, name: string): ReadonlySet<string> {
  const next = new Set(names);
  if (!next.delete(name)) next.add(name);
  return next;
}

/** What is wrong with the last day as it was typed, for the step that asks for it. */
export function wrongDay(): Why | null {
  if (lastDay.value === "") {
    return task.value === "shorten" && leaving.value.size === 0 ? { key: "auth-no-change" } : null;
  }
  const until = endOf(lastDay.value);
  if (until === null) return { key: "auth-no-such-day" };
  return until <= clock() || until > clock() + 91 * DAY ? { key: "auth-no-90" } : null;
}

/** Works out what would be signed, and shows it. */
export function plan(): void {
  const at = office.value;
  const wrong = wrongDay();
  if (!at || wrong) {
    failed.value = wrong;
    return;
  }
  plans.value = planned(at);
  go("sign");
}

function planned(at: Office): Plan[] {
  const until = endOf(lastDay.value);
  const sheets = at.every().filter((sheet) => chosen.value.has(nameOf(sheet)));
  if (task.value === "renew") return planRenewal(at, sheets, until);
  if (task.value === "shorten") return planShortening(at, sheets, until, leaving.value);
  const confirmed = new Set([...judged.value].filter(([, same]) => same).map(([key]) => key));
  return planCases(at, cases.value, confirmed, { until, leaveOut: leaveOut.value });
}

/** Signs what the summary shows. */
export function sign(): Promise<void> {
  return attempt(async () => {
    const at = office.value;
    if (!at) return;
    const of = plans.value.length;
    busy.value = { key: "auth-busy-signing", done: 0, of };
    const made = await signPlans(at, plans.value, (done) => {
      busy.value = { key: "auth-busy-signing", done, of };
    });
    batch(() => {
      signed.value = made;
      unsaved.value = true;
      go("out");
    });
  });
}

/** Forgets the key and everything that was given. */
export function close(): void {
  batch(() => {
    office.value = null;
    folder.value = [];
    cases.value = [];
    refused.value = [];
    digits.value = new Map();
    judged.value = new Map();
    plans.value = [];
    signed.value = [];
    unsaved.value = false;
    go("open");
  });
}

/** Today in Vietnam by this machine's clock. */
export function today(): string {
  return dayOf(clock() + 1);
}
