/**
 * What happened to a tip, in order: officers' acts as they signed them, and what the server alone observed, marked so.
 *
 * Pure. Reporters' acts are told by the day, as their entries are; openings by the hour, as they were signed for the
 * audit chain.
 */
import type { CaseAct, Reader, TipRow } from "../api/shapes.ts";
import { dayOf } from "../clock.ts";
import type { ChainLine, EntryView } from "../keys/messages.ts";
import { asksIdentity } from "./wording.ts";

export type What =
  | "received"
  | "reporter"
  | "question"
  | "identity"
  | "answer"
  | "state"
  | "take"
  | "take-over"
  | "forward"
  | "rekey"
  | "case"
  | "give"
  | "take-back"
  | "opened"
  | "assigned";

export interface Line {
  what: What;
  /** Serial of the officer whose act it is; null: nobody's, or the reporter's. */
  by: string | null;
  /** A UTC second; null: not known. */
  at: number | null;
  /** How finely `at` is known. */
  to: "minute" | "hour";
  /** Of the reporter: the ISO day. */
  day: string | null;
  /** The new state, the reason, or the serial of whose key was given or taken back. */
  detail: string;
  /** What was done with it, and of which other tip it is a duplicate. */
  done?: CaseAct;
  of?: string | null;
  /** Of a tip passed on: to whom. */
  unit?: string;
  /** True where the officer signed it; false where the server observed it. */
  signed: boolean;
  /** Of an officer's entry: its place in the thread. */
  seq?: number;
}

const OBSERVED = { by: null, at: null, to: "hour", day: null, detail: "", signed: false } as const;

const KEPT = ["answer", "state", "forward", "rekey", "case"] as const;

function whatOf(entry: EntryView): What | null {
  const { kind, text } = entry;
  if (kind === "question") return asksIdentity(text) ? "identity" : "question";
  if (kind === "take") return text === "" ? "take" : "take-over";
  return KEPT.find((known) => known === kind) ?? null;
}

function acts(entries: readonly EntryView[]): Line[] {
  const lines: Line[] = [];
  let heard = "";
  for (const entry of entries) {
    if (entry.by === null) {
      if (entry.kind === "other") continue;
      if (heard !== entry.day)
        lines.push({ ...OBSERVED, what: "reporter", day: entry.day, signed: entry.sound });
      heard = entry.day ?? "";
      continue;
    }
    heard = "";
    const what = whatOf(entry);
    if (what === null) continue;
    const detail = ["state", "take-over", "forward", "case"].includes(what) ? entry.text : "";
    const { serial } = entry.by;
    const unit = entry.to ?? "";
    lines.push({
      what,
      by: serial,
      at: entry.at,
      to: "minute",
      day: null,
      detail,
      unit,
      ...(entry.done ? { done: entry.done, of: entry.of } : {}),
      signed: entry.sound,
      seq: entry.seq,
    });
  }
  return lines;
}

/** Acts that the audit chain alone tells of. */
const WITHOUT_ENTRY: Readonly<Record<string, What>> = {
  open: "opened",
  give: "give",
  "take-back": "take-back",
};

/** How many of the acts still to be told came before an opening: what the reporter sent up to that day. */
function heardBy(hour: number, acts: readonly Line[]): number {
  const day = dayOf(hour);
  const later = acts.findIndex((line) => line.by !== null || (line.day ?? "") > day);
  return later < 0 ? acts.length : later;
}

/**
 * The acts with the openings between them: each officer's entry went with its record, so both are in one order. Of what
 * was before the tip last came from another unit, the records are in that one's chain, or further back in the own one.
 * `carried`: who opened it where its records of that time are not to be had, in a unit that this one goes on for.
 */
function withOpenings(
  acts: readonly Line[],
  records: readonly ChainLine[],
  carried: readonly Line[],
): Line[] {
  const came = acts.findLastIndex(({ what }) => what === "forward") + 1;
  const left = acts.slice(came);
  const told = acts.slice(0, came);
  const before = elsewhere(left, records);
  told.push(...left.splice(0, before), ...(before > 0 ? carried : []));
  for (const { act, serial, hour, told: reader } of records) {
    const what = WITHOUT_ENTRY[act];
    if (what) {
      told.push(...left.splice(0, heardBy(hour, left)));
      const detail = String(reader ?? "");
      told.push({ ...OBSERVED, what, by: serial, at: hour, detail, signed: true });
    } else told.push(...left.splice(0, left.findIndex(({ by }) => by !== null) + 1));
  }
  return [...told, ...left, ...(before > 0 ? [] : carried)];
}

/** How many acts were done in a unit that this one goes on for: their records are in that one's chain, before all here. */
function elsewhere(acts: readonly Line[], records: readonly ChainLine[]): number {
  const here = new Set(records.map(({ seq }) => seq));
  const first = acts.findIndex(({ by, seq }) => by !== null && here.has(seq ?? null));
  return acts.slice(0, first < 0 ? acts.length : first).findLastIndex(({ by }) => by !== null) + 1;
}

/** Whom the server says to have opened it, without a record of his own in this chain. */
function unsigned(readers: readonly Reader[], records: readonly ChainLine[]): Line[] {
  const signed = new Set(records.filter(({ act }) => act === "open").map(({ serial }) => serial));
  return readers
    .filter(({ opened, recipient }) => opened && recipient !== "recovery" && !signed.has(recipient))
    .map(({ recipient }) => ({ ...OBSERVED, what: "opened", by: recipient }));
}

/** The lines of a tip's history. `records`: the audit chain as far as it was read and holds. */
export function history(
  row: Pick<TipRow, "id" | "received" | "answerable" | "urgent">,
  entries: readonly EntryView[],
  readers: readonly Reader[],
  records: readonly ChainLine[],
): Line[] {
  const taken = entries.some((entry) => entry.kind === "take");
  const assigned = row.answerable !== null && !taken;
  const every = records.filter(({ tip, observed }) => tip === row.id && !observed);
  const about = every.slice(every.findLastIndex(({ act }) => act === "forward") + 1);
  return [
    { ...OBSERVED, what: "received", at: row.received, to: row.urgent ? "minute" : "hour" },
    ...(assigned ? [{ ...OBSERVED, what: "assigned" as const, by: row.answerable }] : []),
    ...withOpenings(acts(entries), about, unsigned(readers, about)),
  ];
}
