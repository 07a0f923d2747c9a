/** ZIP archives written: files as they are, not packed, with nothing of when or where. Knows nothing of what they hold. */
import { type Bytes, joined, utf8 } from "../crypto/bytes.ts";

export const LOCAL = 0x04034b50;
export const ENTRY = 0x02014b50;
export const END = 0x06054b50;
export const STORED = 0;
const UTF8_NAMES = 0x0800;
const FIRST_DAY = 0x21; // 1 January 1980: the same files give the same archive

/** A file by its name. */
export interface Named {
  name: string;
  body: Bytes;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 of these bytes. */
export function checksum(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (sum >>> 8) ^ (TABLE[(sum ^ byte) & 0xff] ?? 0);
  return (sum ^ 0xffffffff) >>> 0;
}

/** A view of bytes wherever they lie. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** An archive of these files, not packed, with nothing of when or where it was made. */
export function writeArchive(files: readonly Named[]): Bytes {
  const parts: Uint8Array[] = [];
  const list: Uint8Array[] = [];
  let at = 0;
  for (const { name, body } of files) {
    const [title, sum] = [utf8(name), checksum(body)];
    const about = [20, UTF8_NAMES, STORED, 0, FIRST_DAY];
    const sizes = [sum, body.length, body.length];
    const head = joined(
      shorts(LOCAL & 0xffff, LOCAL >>> 16, ...about),
      longs(...sizes),
      shorts(title.length, 0),
    );
    parts.push(head, title, body);
    list.push(
      joined(shorts(ENTRY & 0xffff, ENTRY >>> 16, 20, ...about), longs(...sizes)),
      joined(shorts(title.length, 0, 0, 0, 0), longs(0, at), title),
    );
    at += head.length + title.length + body.length;
  }
  const entries = joined(...list);
  const end = shorts(END & 0xffff, END >>> 16, 0, 0, files.length, files.length);
  return joined(...parts, entries, end, longs(entries.length, at), shorts(0));
}

function shorts(...values: number[]): Bytes {
  const bytes = new Uint8Array(values.length * 2);
  values.forEach((value, n) => {
    viewOf(bytes).setUint16(n * 2, value, true);
  });
  return bytes;
}

function longs(...values: number[]): Bytes {
  const bytes = new Uint8Array(values.length * 4);
  values.forEach((value, n) => {
    viewOf(bytes).setUint32(n * 4, value, true);
  });
  return bytes;
}
