/**
 * Recovery words as people type them: with or without marks, numbers and the hyphens of compounds. Pure.
 *
 * Words without hyphens can sometimes be read in two ways; every reading of the right length is a candidate.
 */
import { fold } from "../../crypto/folding.ts";
import { WORDS } from "../../crypto/passphrases.ts";

const MOST = 32;

const byPieces = new Map(WORDS.map((word) => [word.split("-").map(fold).join("-"), word]));
const joined = new Map(WORDS.map((word) => [fold(word), word]));

/** What was typed, read against the word list. */
export interface Typed {
  /** How many words were found so far. */
  count: number;
  /** Readings of exactly the asked length, the likeliest first. */
  candidates: string[][];
  /** The first piece that is in no word of the list, as typed. */
  unknown: string | null;
}

/** Whole words where a hyphen or no space makes them so; else syllables. */
function piecesOf(typed: string): string[] {
  const tokens = typed
    .normalize("NFC")
    .toLowerCase()
    .split(/[^\p{L}\p{M}-]+/u);
  return tokens.flatMap((token) => (joined.has(fold(token)) ? [token] : token.split("-"))).filter(Boolean);
}

/** The words that can begin at a piece, the longest first, with the pieces each takes. */
function wordsAt(pieces: readonly string[], at: number): [word: string, taken: number][] {
  const [first = "", second = ""] = pieces.slice(at, at + 2);
  const two = byPieces.get(`${fold(first)}-${fold(second)}`);
  const one = joined.get(fold(first));
  return [...(two ? [[two, 2] as [string, number]] : []), ...(one ? [[one, 1] as [string, number]] : [])];
}

function readings(pieces: readonly string[], length: number): string[][] {
  const found: string[][] = [];
  const dead = new Set<string>();
  const go = (at: number, words: string[]): boolean => {
    const [left, wanted] = [pieces.length - at, length - words.length];
    if (left === 0 && wanted === 0) return found.push(words) > 0;
    if (wanted > left || wanted * 2 < left || found.length >= MOST || dead.has(`${at} ${wanted}`))
      return false;
    const ways = wordsAt(pieces, at).map(([word, taken]) => go(at + taken, [...words, word]));
    if (!ways.includes(true) && found.length < MOST) dead.add(`${at} ${wanted}`);
    return ways.includes(true);
  };
  go(0, []);
  return found;
}

/** How many words the first pieces make, read greedily, and the furthest piece that any reading gets to. */
function reach(pieces: readonly string[]): { count: number; upTo: number } {
  const fewest = new Map([[0, 0]]);
  let upTo = 0;
  for (let at = 0; at < pieces.length; at++) {
    const before = fewest.get(at);
    if (before === undefined) continue;
    upTo = at;
    for (const [, taken] of wordsAt(pieces, at))
      fewest.set(at + taken, Math.min(before + 1, fewest.get(at + taken) ?? Number.POSITIVE_INFINITY));
  }
  if (fewest.has(pieces.length)) upTo = pieces.length;
  return { count: fewest.get(upTo) ?? 0, upTo };
}

/** Reads what was typed or pasted. A last piece that may still be under way is not called unknown. */
export function readTyped(typed: string, length: number): Typed {
  const pieces = piecesOf(typed);
  const candidates = readings(pieces, length);
  const { count, upTo } = reach(pieces);
  const underWay = upTo === pieces.length - 1 && /\S$/.test(typed);
  return {
    count: candidates.length > 0 ? length : count,
    candidates,
    unknown: upTo < pieces.length && !underWay ? (pieces[upTo] ?? null) : null,
  };
}
