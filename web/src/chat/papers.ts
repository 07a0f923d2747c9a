/**
 * The signed acknowledgement as a file: a page of its own that any phone shows and prints, and any program can check.
 * Its name and title say nothing. Loaded when somebody saves one.
 */
import { readAcknowledgement } from "../crypto/acknowledgements.ts";
import { save } from "../shared/saving.ts";
import type { Language } from "../shared/texts.ts";

export interface Written {
  /** What it is called at its head. */
  name: string;
  /** What it says; last the armour. */
  lines: readonly string[];
  language: Language;
}

const MARKS: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function plain(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => MARKS[mark] ?? "");
}

/** The whole file. Throws Unusable where no acknowledgement stands in it: then there is nothing to save. */
export function pageOf({ name, lines, language }: Written): string {
  const armour = lines.at(-1) ?? "";
  readAcknowledgement(armour);
  const said = lines.slice(0, -1).map((line) => `<p>${plain(line)}</p>`);
  return [
    "<!doctype html>",
    `<html lang="${language}">`,
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    "<title>-</title>",
    "<style>body{max-width:40rem;margin:2rem auto;padding:0 1rem;font:1.1rem/1.5 sans-serif}pre{font-size:.8rem;white-space:pre-wrap;word-break:break-all}</style>",
    `<h1>${plain(name)}</h1>`,
    ...said,
    `<pre>${plain(armour)}</pre>`,
    "",
  ].join("\n");
}

/** Hands it to the browser to be saved. */
export function keepPaper(written: Written): void {
  const bytes = new TextEncoder().encode(pageOf(written));
  save(bytes.buffer, "giay.html", "text/html");
}
