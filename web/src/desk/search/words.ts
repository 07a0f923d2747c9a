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

/** Letters kept at most, so that the page stays small: some hundred thousand messages. */
const MOST_LETTERS = 30_000_000;

export class Words {
  private readonly tips = new Map<string, { name: Text; texts: Text[] }>();
  private letters = 0;

  /** How a tip is called on screen: number, box, kind. */
  name(tip: string, name: string): void {
    this.tips.set(tip, { texts: this.tips.get(tip)?.texts ?? [], name: text(name) });
  }

  /** The texts of an opened thread, in place of what was known of it. */
  put(tip: string, texts: readonly string[]): void {
    const before = this.tips.get(tip);
    const kept = { name: before?.name ?? text(""), texts: texts.map(text) };
    this.letters += length(kept.texts) - length(before?.texts ?? []);
    this.tips.set(tip, kept);
  }

  get size(): number {
    return this.tips.size;
  }

  /** As much is kept as may be. */
  get full(): boolean {
    return this.letters >= MOST_LETTERS;
  }

  forget(): void {
    this.tips.clear();
    this.letters = 0;
  }

  /** Tips in which every word asked for stands, in the order they were opened. */
  find(question: string): string[] {
    const words = asked(question);
    if (words.length === 0) return [];
    const hits: string[] = [];
    for (const [tip, { name, texts }] of this.tips) {
      const fits = words.every(
        (word) => name.plain.includes(word) || texts.some(({ plain }) => plain.includes(word)),
      );
      if (fits) hits.push(tip);
    }
    return hits;
  }

  /** A piece of a tip's text around the first find, or nothing where only its name fits. */
  excerpt(tip: string, question: string): string {
    return around(this.tips.get(tip)?.texts ?? [], asked(question));
  }
}

function length(texts: readonly Text[]): number {
  return texts.reduce((sum, { shown }) => sum + shown.length, 0);
}

function around(texts: readonly Text[], words: readonly string[]): string {
  for (const one of texts) {
    const at = words.map((word) => one.plain.indexOf(word)).filter((found) => found >= 0);
    if (at.length > 0) return excerpt(one, Math.min(...at));
  }
  return "";
}
