/** The vectors that Python and the pages share. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../../..");

/** A JSON file of the project, by its path from the root. */
export function shared<T>(path: string): T {
  return JSON.parse(readFileSync(resolve(ROOT, path), "utf8")) as T;
}

/** A text file of the project. */
export function source(path: string): string {
  return readFileSync(resolve(ROOT, path), "utf8");
}

export interface SheetVectors {
  authority: string;
  site: string;
  unit: string;
  sheet: { n: number; expires: number; issued: number; officers: VectorOfficer[] };
  cases: { why: string; body: string; outcome: string }[];
  newest: { why: string; bodies: string[]; at_least: number; n: number | null }[];
  merged: { of_old: string; of_another: string };
}

export interface VectorOfficer {
  serial: string;
  officer: string;
  role: string;
  recipient: string;
  signing_key: string;
}

export interface ThreadVectors {
  identity: string;
  site: string;
  tip: string;
  unit: string;
  sealed: string[];
  texts: (string | null)[];
  cases: { why: string; entries: number[]; whole: boolean; sound: number }[];
}

export interface GrantVectors {
  identity: string;
  key: string;
  expected: { site: string; tip: string; unit: string; officer: string; serial: string };
  cases: { why: string; sealed: string; outcome: string }[];
}
