/** Text without marks and case, letter for letter, so that a place in the folded text is the place in the other. */

const BASES = new Map<string, string>([
  ["đ", "d"],
  ["Đ", "d"],
]);

function base(letter: string): string {
  const known = BASES.get(letter);
  if (known !== undefined) return known;
  const plain = letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const found = plain.length === letter.length ? plain : letter;
  BASES.set(letter, found);
  return found;
}

/** `text` composed: what `folded` counts its places in. */
export function composed(text: string): string {
  return text.normalize("NFC");
}

/** A composed text, folded; as long as it was. */
export function folded(text: string): string {
  return text.replace(/[^\0-\x7f]/gu, base).replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
