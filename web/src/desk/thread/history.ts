/**
 * What happened to a tip, in order: officers' acts as they signed them, and what the server alone observed, marked so.
 *
 * Pure. Reporters' acts are told by the day, as their entries are. Openings have no time: the server keeps none.
 */
import type { Reader, TipRow } from "../api/shapes.ts";
import type { EntryView } from "../keys/messages.ts";
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
  | "opened"
  | "assigned";

export interface Line {
  what: What;
  /** Serial of the officer whose act it is; null: nobody's, or the reporter's. */
  by: string | null;
  /** A UTC second, to the minute or the hour; null: not known. */
  at: number | null;
  /** Of the reporter: the ISO day. */
  day: string | null;
  /** The new state, or the reason. */
  detail: string;
  /** True where the officer signed it; false where the server observed it. */
  signed: boolean;
}

const OBSERVED = { by: null, at: null, day: null, detail: "", signed: false } as const;

function whatOf(entry: EntryView): What | null {
  const { kind, text } = entry;
  if (kind === "question") return asksIdentity(text) ? "identity" : "question";
  if (kind === "take") return text === "" ? "take" : "take-over";
  return kind === "answer" || kind === "state" ? kind : null;
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
    const detail = what === "state" || what === "take-over" ? entry.text : "";
    lines.push({ what, by: entry.by.serial, at: entry.at, day: null, detail, signed: entry.sound });
  }
  return lines;
}

/** The lines of a tip's history. */
export function history(
  row: Pick<TipRow, "received" | "answerable">,
  entries: readonly EntryView[],
  readers: readonly Reader[],
): Line[] {
  const taken = entries.some((entry) => entry.kind === "take");
  const assigned = row.answerable !== null && !taken;
  return [
    { ...OBSERVED, what: "received", at: row.received },
    ...(assigned ? [{ ...OBSERVED, what: "assigned" as const, by: row.answerable }] : []),
    ...acts(entries),
    ...readers
      .filter(({ opened, recipient }) => opened && recipient !== "recovery")
      .map(({ recipient }) => ({ ...OBSERVED, what: "opened" as const, by: recipient })),
  ];
}
