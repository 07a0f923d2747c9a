/** Where lines of a paragraph break. Pure. */

/** Lines that fit, broken between words, or within one that is too long by itself. */
export function wrapped(text: string, fits: (words: string) => boolean): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of text.split(/(?<=\s)/u).flatMap((word) => (fits(word) ? [word] : [...word]))) {
    if (line !== "" && !fits((line + piece).trimEnd())) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += piece;
  }
  return [...lines, line.trimEnd()];
}
