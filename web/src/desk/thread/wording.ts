/**
 * What an officer may not write to a reporter (DESIGN §3, rule 11): links, handles, numbers of six digits or more
 * whatever stands between them; and what needs a second tap: asking who somebody is. Same verdicts as the server.
 */

const LINK =
  /(?:https?:|ftp:|www\.)|[\p{L}\p{N}-]+\.(?:vn|com|net|org|info|me|io|gov|edu|app|link|site|xyz|top|ly|gl|gg|to|cc|tk|online|shop|club|live|page|dev|ru|cn|uk|us)(?![\p{L}\p{N}])/iu;
const HANDLE = /(?<![\p{L}\p{N}])@[\p{L}\p{N}_]{2,}|[\p{L}\p{N}._-]+@[\p{L}\p{N}-]+/iu;
const LONG_NUMBER = /\p{Nd}(?:[\s.\-–—()/,]*\p{Nd}){5,}/u;

/** Whether the text holds a link, a handle or a long number. */
export function forbidden(text: string): boolean {
  const plain = text.normalize("NFKC");
  return LINK.test(plain) || HANDLE.test(plain) || LONG_NUMBER.test(plain);
}

const IDENTITY = [
  "ten gi",
  "ho ten",
  "ho va ten",
  "ten la",
  "ten ba con",
  "ten cua ba con",
  "ten tuoi",
  "so dien thoai",
  "sdt",
  "dia chi",
  "la ai",
  "nha o dau",
  "o dau the",
  "nha ba con",
  "cccd",
  "can cuoc",
  "chung minh",
  "zalo",
  "facebook",
  "your name",
  "phone number",
  "address",
  "who are you",
  "where do you live",
];

function folded(text: string): string {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/đ/g, "d");
  return ` ${plain.replace(/[^a-z0-9]+/g, " ").trim()} `;
}

/** Whether the text seems to ask who the reporter is. */
export function asksIdentity(text: string): boolean {
  const words = folded(text);
  return IDENTITY.some((phrase) => words.includes(` ${phrase} `));
}
