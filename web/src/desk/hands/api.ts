/** The routes of keys that change hands. */
import type { TipRow } from "../api/shapes.ts";
import { get, post } from "../api/wire.ts";

const path = encodeURIComponent;

/** A tip that somebody else shall read too: the own grant, and the entry that it must open. */
export interface Held {
  tip: string;
  grant: string;
  opening: string;
}

/** A tip that needs a new key, with its thread and whom the key is to be sealed to. */
export interface Stale {
  tip: TipRow;
  entries: string[];
  readers: string[];
}

const behind = (after: string | null) => (after === null ? "" : `&after=${path(after)}`);

export const lacking = (reader: string, after: string | null) =>
  get<{ total: number; tips: Held[] }>(`keys/lacking?reader=${path(reader)}${behind(after)}`);
export const stale = (after: string | null) =>
  get<{ total: number; tips: Stale[] }>(`keys/stale?${behind(after)}`);

export const give = (tip: string, body: { reader: string; grant: string; record: string }) =>
  post<null>(`tips/${path(tip)}/give`, body);
export const takeBack = (tip: string, body: { reader: string; record: string }) =>
  post<null>(`tips/${path(tip)}/take-back`, body);
export const handOver = (body: { reader: string; grants: Record<string, string>; record: string }) =>
  post<null>("keys/hand-over", body);

export interface NewKey {
  seq: number;
  sealed: string;
  grants: Record<string, string>;
  reporter: string;
  record: string;
}

export const rekey = (tip: string, body: NewKey) => post<unknown>(`tips/${path(tip)}/rekey`, body);
