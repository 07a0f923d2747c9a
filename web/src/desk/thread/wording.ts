/**
 * What an officer may not write to a reporter (DESIGN §3, rule 11): links, handles, numbers of six digits or more
 * whatever stands between them; and what needs a second tap: asking who somebody is.
 *
 * The first check gives the same verdicts as `handlers/wording.py`; both run `handlers/wording_vectors.json`.
 */

const INVISIBLE = /[\u200b-\u200f\u2066-\u2069]/g;
const BETWEEN_DIGITS = /(?<=[0-9])[\s.\u00b7\u2010-\u2015\u2212-]+(?=[0-9])/g;
const LONG_NUMBER = /[0-9]{6}/;
const LINK =
  /:\/\/|(?<![\p{L}\p{N}_])www\.|[a-z0-9-]\.(?:vn|com|net|org|info|biz|io|me|ly|gl|gd|co|cc|app|link|site|online|top|xyz|club|dev|page|tv|gov|edu|ru|cn|uk|tk|ml|gg)(?![a-z0-9])/u;

/** What was typed, composed, without invisible marks: what is checked is what is sent. */
export function cleaned(text: string): string {
  return text.replace(INVISIBLE, "").normalize("NFC").trim();
}

/** Whether the text holds a link, a handle or a long number, so that it cannot be sent. */
export function forbidden(text: string): boolean {
  const plain = cleaned(text)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\p{Nd}/gu, digit);
  if (plain.includes("@") || LINK.test(plain)) return true;
  return LONG_NUMBER.test(plain.replace(BETWEEN_DIGITS, ""));
}

/** A digit of any script counts as one; which one does not matter here. */
function digit(found: string): string {
  return /[0-9]/.test(found) ? found : "0";
}

/** Words that ask about a person, without marks; a place name may hold one, which costs one more tap. */
const IDENTITY = [
  "ten",
  "so dien thoai",
  "dien thoai",
  "sdt",
  "dia chi",
  "la ai",
  "nha o dau",
  "o nha nao",
  "bao nhieu tuoi",
  "cccd",
  "can cuoc",
  "cmnd",
  "chung minh",
  "lien lac",
  "lien he",
  "zalo",
  "facebook",
  "name",
  "phone",
  "address",
  "who are you",
  "you live",
  "contact",
];

function folded(text: string): string {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/đ/g, "d");
  return ` ${plain.replace(/[^a-z0-9]+/g, " ").trim()} `;
}

/** Whether the text seems to ask who the reporter is. */
export function asksIdentity(text: string): boolean {
  const words = folded(cleaned(text));
  return IDENTITY.some((phrase) => words.includes(` ${phrase} `));
}
