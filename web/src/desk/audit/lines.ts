/** What is shown of a chain's lines: newest first, by act and person. Pure. */
import type { FluentVariable } from "@fluent/bundle";
import type { ChainLine } from "../keys/messages.ts";

/** Every act there is, officers' own before what the server saw. */
export const ACTS = [
  "open",
  "take",
  "take-over",
  "question",
  "ask-identity",
  "answer",
  "state",
  "forward",
  "give",
  "hand-over",
  "take-back",
  "rekey",
  "recovered",
  "case",
  "export",
  "login",
  "login-failed",
  "logout",
  "enrol",
  "invite",
  "remove",
  "sheet",
  "keys",
  "arrange",
  "forwarded",
  "passkey",
  "passkey-off",
  "acknowledged",
  "passed-duty",
  "register",
  "link",
  "unlink",
  "erased",
] as const;

/** Acts that give somebody a key, or take it back. */
const KEYS = ["give", "hand-over", "take-back"];

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
const UNITS = ["forward", "forwarded"];

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
): {
  key: string | null;
  args: Record<string, FluentVariable>;
} {
  if (told === null) return { key: null, args: {} };
  if (act === "take-over") return { key: `desk-log-reason-${told}`, args: {} };
  if (act === "state") return { key: `st-${told}`, args: {} };
  if (act === "case") return { key: `desk-case-${told}`, args: {} };
  if (act === "export") return { key: `desk-log-purpose-${told}`, args: {} };
  if (act === "register") return { key: "desk-log-register", args: { year: told } };
  if (UNITS.includes(act)) return { key: `desk-log-${act}`, args: { unit: called(String(told)) } };
  if (KEYS.includes(act)) return { key: `desk-log-${act}`, args: { name: named(String(told)) } };
  if (act === "acknowledged" || act === "passed-duty") return { key: "desk-log-tips", args: { count: told } };
  if (act === "erased") return { key: "desk-log-erased", args: { count: told } };
  if (act === "login-failed") return { key: "desk-log-count", args: { count: told } };
  if (act === "arrange") return { key: `desk-log-list-${told}`, args: {} };
  return act === "sheet" ? { key: "desk-log-sheet", args: { n: told } } : { key: null, args: {} };
}
