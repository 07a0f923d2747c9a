/**
 * What an officer may not write to a reporter (DESIGN §3, rule 11): links, handles, numbers of six digits or more
 * whatever stands between them; and what needs a second tap: asking who somebody is.
 *
 * The first check gives the same verdicts as `handlers/wording.py`; both run `handlers/wording_vectors.json`.
 */

/** What shows nothing or turns the writing round: `handlers/invisible_vectors.json`, as in `handlers/folding.py`. */
const INVISIBLE =
  /(?![\t\n\v\f\r\u0085])\p{Cc}|\u034f|[\u00ad\u061c\u115f\u1160]|[\u17b4\u17b5]|[\u180b-\u180f]|[\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;
const BETWEEN_DIGITS = /(?<=[0-9])[^\p{L}\p{N}]+(?=[0-9])/gu;
const LONG_NUMBER = /[0-9]{6}/;
/** 20/11, 20/11/2025 and 21:04, on which a question often turns. A telephone number does not look so. */
const DAY_OR_TIME =
  /(?<![0-9/:])(?:(?:0?[1-9]|[12][0-9]|3[01])\/(?:0?[1-9]|1[0-2])(?:\/20[0-9]{2})?|(?:[01]?[0-9]|2[0-3]):[0-5][0-9])(?![0-9/:])/g;
const LINK =
  /:\/\/|(?<![\p{L}\p{N}_])www\.|[\p{L}\p{N}]-*[.\u3002](?:vn|com|net|org|info|biz|io|me|ly|gl|gd|co|cc|app|link|site|online|top|xyz|club|dev|page|tv|gov|edu|ru|cn|uk|tk|ml|gg)(?![a-z0-9])/u;
/** A word, a stop and a word of plain letters without a space: an address under whatever ending. */
const NAME = /([\p{L}\p{N}]+)-*[.\u3002](?=[a-z]{2,}(?![\p{L}\p{N}_]))/gu;
/** Before a name these stand with a stop and often without a space: TP.HCM. */
const ABBREVIATIONS = ["tp", "tx", "tt", "tdp", "ths", "ts", "pgs", "gs", "bs", "mr", "mrs", "ms"];

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
  if (plain.includes("@") || LINK.test(plain) || named(plain)) return true;
  return LONG_NUMBER.test(plain.replace(DAY_OR_TIME, "x").replace(BETWEEN_DIGITS, ""));
}

function named(plain: string): boolean {
  return [...plain.matchAll(NAME)].some(([, word]) => !ABBREVIATIONS.includes(word ?? ""));
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
