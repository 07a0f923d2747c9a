/** What is shown of a chain's lines: newest first, by act and person. Pure. */
import type { FluentVariable } from "@fluent/bundle";
import type { ActName } from "../../crypto/acts.ts";
import type { ChainLine } from "../keys/messages.ts";

type Args = Record<string, FluentVariable>;

/** How people and units are called. */
interface Called {
  named: (serial: string) => string;
  unit: (code: string) => string;
}

/** What an act tells beside its name: the key of a text and what stands in it. */
type Note = (told: string | number, called: Called) => readonly [key: string, args?: Args];

const unit =
  (key: string): Note =>
  (told, called) => [key, { unit: called.unit(String(told)) }];
const person =
  (key: string): Note =>
  (told, called) => [key, { name: called.named(String(told)) }];
const tips: Note = (count) => ["desk-log-tips", { count }];

/** Every act there is, officers' own before what the server saw, and what it tells beside its name. */
const NOTES: Record<ActName, Note | null> = {
  open: null,
  take: null,
  "take-over": (why) => [`desk-log-reason-${why}`],
  question: null,
  "ask-identity": null,
  answer: null,
  state: (state) => [`st-${state}`],
  forward: unit("desk-log-forward"),
  give: person("desk-log-give"),
  "hand-over": person("desk-log-hand-over"),
  "take-back": person("desk-log-take-back"),
  rekey: null,
  recovered: tips,
  case: (done) => [`desk-case-${done}`],
  export: (purpose) => [`desk-log-purpose-${purpose}`],
  login: null,
  "login-failed": (count) => ["desk-log-count", { count }],
  logout: null,
  enrol: null,
  invite: null,
  remove: null,
  sheet: (n) => ["desk-log-sheet", { n }],
  merge: unit("desk-log-merge"),
  keys: (file) => [`desk-log-file-${file}`],
  arrange: (list) => [`desk-log-list-${list}`],
  forwarded: unit("desk-log-forwarded"),
  passkey: null,
  "passkey-off": null,
  acknowledged: tips,
  "passed-duty": tips,
  register: (year) => ["desk-log-register", { year }],
  link: null,
  unlink: null,
  erased: (count) => ["desk-log-erased", { count }],
};

/** Every act there is, in the order in which one is chosen. */
export const ACTS = Object.keys(NOTES) as readonly ActName[];

/** The catalogue key of an act's name. */
export function actKey(act: string): string {
  return `desk-log-act-${act}`;
}

/** How many records are not shown, being of tips that this officer may not know of. */
export const countWithheld = (lines: readonly ChainLine[]) => lines.filter(isWithheld).length;

const isWithheld = ({ act }: ChainLine) => act === "withheld";

/** The lines of one act and one person, newest first; empty asks for all that are shown. */
export function fitting(lines: readonly ChainLine[], act: string, serial: string): ChainLine[] {
  return lines
    .filter((line) => (act === "" || line.act === act) && (serial === "" || line.serial === serial))
    .filter((line) => !isWithheld(line))
    .reverse();
}

/** Everybody named in the chain, as serial and account. */
export function people(lines: readonly ChainLine[]): (readonly [string, string])[] {
  const found = new Map<string, string>();
  for (const { serial, officer } of lines) if (serial !== null) found.set(serial, officer ?? "");
  return [...found].sort(([, one], [, other]) => (one < other ? -1 : 1));
}

/** Acts that name another unit. */
const UNITS = ["forward", "forwarded", "merge"];

/** Codes of the units that these lines name. */
export function unitsIn(lines: readonly ChainLine[]): string[] {
  return [...new Set(lines.filter(({ act }) => UNITS.includes(act)).map(({ told }) => String(told)))];
}

/**
 * What a line tells beside its act: a reason, a state, a count, a sheet's number; of keys whose, by what is `named`; a
 * unit, as it is `called`.
 */
export function wordOf(
  { act, told }: ChainLine,
  named: (serial: string) => string,
  called: (unit: string) => string,
): { key: string | null; args: Args } {
  const note = told === null ? null : NOTES[act as ActName];
  if (told === null || !note) return { key: null, args: {} };
  const [key, args = {}] = note(told, { named, unit: called });
  return { key, args };
}
