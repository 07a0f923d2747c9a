/** Words and passphrases as people type them, with or without marks. */

/** A word without case, marks and hyphens, as many people type it. */
export function fold(word: string): string {
  return word
    .toLowerCase()
    .replaceAll("đ", "d")
    .normalize("NFD")
    .replace(/[\u0300-\u036f\s-]/g, "");
}

/** A typed passphrase as it goes into the stretching: folded, one space between syllables. */
export function normalPassphrase(typed: string): string {
  return typed.replaceAll("-", " ").trim().split(/\s+/).map(fold).join(" ");
}
