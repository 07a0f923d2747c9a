/**
 * Frames of the chat socket, as JSON text. Owns their types and the reading of the server's frames.
 * Must not know how they are sent or shown.
 */

import type { Language } from "../shared/texts.ts";

/** What the page tells the server. Every act has an id made in the page, so that a repeat is no second act. */
export type Act =
  | { t: "text"; id: string; text: string }
  | { t: "press"; id: string; serial: string; n: number }
  | { t: "code"; id: string; lookup: string; seed: string }
  | { t: "typo"; id: string; count: number }
  | { t: "drop"; id: string; part: string }
  | { t: "place"; id: string; latitude: string; longitude: string }
  | { t: "leave"; id: string };

/** First frame of every connection. `open`: the page was just opened, not connected anew. */
export interface Hello {
  t: "hello";
  session: string;
  seen: number;
  box: string | null;
  lang: Language;
  reloaded: boolean;
  open: boolean;
}

export interface Choice {
  n: number;
  label: string;
  act: string;
}

export interface Menu {
  serial: string;
  choices: Choice[];
}

export interface Draft {
  count: number;
  parts: string[];
  urgent: boolean;
}

export interface Say {
  t: "say";
  n: number;
  kind: "plain" | "card" | "code" | "paper";
  text: string[];
  menu: Menu | null;
  draft: Draft | null;
  state: string;
  lang: Language;
  urgentline: boolean;
}

export interface Ready {
  t: "ready";
  site: { salt: string; demo: boolean };
}

/** An act was stored, as these parts of the draft; null for a repeat, whose parts the draft itself tells. */
export interface Noted {
  t: "noted";
  id: string;
  parts: string[] | null;
}

/** An act that was not stored; `text` says so. */
export interface Refused {
  t: "error";
  id: string;
  text: string;
}

export type Frame = Ready | Noted | Say | Refused;

const KINDS = new Set(["ready", "noted", "say", "error"]);

/** A server frame, or null for anything a newer or broken server might send. */
export function readFrame(text: unknown): Frame | null {
  if (typeof text !== "string") return null;
  try {
    const frame: unknown = JSON.parse(text);
    if (typeof frame !== "object" || frame === null) return null;
    return KINDS.has((frame as { t?: string }).t ?? "") ? (frame as Frame) : null;
  } catch {
    return null;
  }
}
