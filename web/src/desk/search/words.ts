/**
 * The words of what was opened in this session, for searching: accents optional, in this page's memory alone.
 *
 * Nothing of a search or of these words leaves the browser; `forget` empties it when the desk locks.
 */
import { composed, folded } from "./folding.ts";

interface Text {
  shown: string;
  plain: string;
}

export interface Hit {
  tip: string;
  /** A piece of the text around the first find, or nothing where only its name fits. */
  excerpt: string;
}

const BEFORE = 24;
const EXCERPT = 140;

function text(shown: string): Text {
  const whole = composed(shown).replace(/\s+/g, " ").trim();
  return { shown: whole, plain: folded(whole) };
}

function excerpt({ shown }: Text, at: number): string {
  const start = at <= BEFORE ? 0 : shown.indexOf(" ", at - BEFORE) + 1 || at;
  const from = Math.min(start, at);
  return `${from > 0 ? "…" : ""}${shown.slice(from, from + EXCERPT)}`;
}

/** What is asked for: every word of it must stand somewhere in the tip. */
export function asked(question: string): string[] {
  return folded(composed(question)).split(/\s+/).filter(Boolean);
}

export class Words {
  private readonly tips = new Map<string, { name: Text; texts: Text[] }>();

  /** How a tip is called on screen: number, box, kind. */
  name(tip: string, name: string): void {
    this.tips.set(tip, { texts: this.tips.get(tip)?.texts ?? [], name: text(name) });
  }

  /** The texts of an opened thread, in place of what was known of it. */
  put(tip: string, texts: readonly string[]): void {
    this.tips.set(tip, { name: this.tips.get(tip)?.name ?? text(""), texts: texts.map(text) });
  }

  get size(): number {
    return this.tips.size;
  }

  forget(): void {
    this.tips.clear();
  }

  /** Tips in which every word asked for stands, in the order they were opened. */
  find(question: string): Hit[] {
    const words = asked(question);
    if (words.length === 0) return [];
    const hits: Hit[] = [];
    for (const [tip, { name, texts }] of this.tips) {
      const fits = words.every(
        (word) => name.plain.includes(word) || texts.some(({ plain }) => plain.includes(word)),
      );
      if (fits) hits.push({ tip, excerpt: around(texts, words) });
    }
    return hits;
  }
}

function around(texts: readonly Text[], words: readonly string[]): string {
  for (const one of texts) {
    const at = words.map((word) => one.plain.indexOf(word)).filter((found) => found >= 0);
    if (at.length > 0) return excerpt(one, Math.min(...at));
  }
  return "";
}
