/**
 * The written form inside sealed and signed things: one line of JSON, base64url, a signature line, filling.
 *
 * Reading is strict: every field is expected by name and type, an unknown `v` is refused. Knows no keys.
 */
import { fromBase64url, toBase64url } from "../shared/bytes.ts";
import { type Bytes, joined, utf8 } from "./bytes.ts";
import { Unusable } from "./errors.ts";
import { VERSION } from "./labels.ts";

/** Smallest size class of an entry's plaintext, in bytes. */
export const ENTRY_BUCKET = 4 * 1024;
/** Smallest size class of the plaintext of media, in bytes. */
export const MEDIA_BUCKET = 64 * 1024;
/** Size class of a grant's plaintext, in bytes: all grants look alike. */
export const GRANT_BUCKET = 1024;

const SIGNATURE = 64;
const SPACE = 0x20;
const LINE_END = 0x0a;
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The size class of `length` bytes: `smallest`, or the next power of two. */
export function bucket(length: number, smallest: number): number {
  let size = smallest;
  while (size < length) size *= 2;
  return size;
}

/** Bytes out of base64url. Throws Unusable for anything but the one canonical spelling. */
export function decodeRaw(text: string): Bytes {
  try {
    const raw = fromBase64url(text);
    if (toBase64url(raw) === text) return raw;
  } catch {
    // Falls through to the one refusal below.
  }
  throw new Unusable("field: base64url");
}

/** One line of compact JSON in UTF-8; holds no line end. */
export function encodeLine(fields: Record<string, unknown>): Bytes {
  return utf8(JSON.stringify(fields));
}

/** Line 1 and, in standard base64, its signature as line 2. */
export function signed(line: Uint8Array, signature: Uint8Array): Bytes {
  return joined(line, utf8(`\n${btoa(String.fromCharCode(...signature))}\n`));
}

/** Line 1, its signature, and what follows line 2. */
export interface SignedParts {
  line: Bytes;
  signature: Bytes;
  filling: Bytes;
}

function cut(body: Uint8Array): [Bytes, Bytes] {
  const end = body.indexOf(LINE_END);
  if (end < 0) throw new Unusable("lines");
  return [body.slice(0, end) as Bytes, body.slice(end + 1) as Bytes];
}

/** The parts of a signed body. Throws Unusable where the shape is another. */
export function splitSigned(body: Uint8Array): SignedParts {
  const [line, rest] = cut(body);
  const [written, filling] = cut(rest);
  const text = String.fromCharCode(...written.subarray(0, SIGNATURE * 2));
  const signature = decodeRaw(text.replaceAll("+", "-").replaceAll("/", "_").replace(/==$/, ""));
  if (
    signature.length !== SIGNATURE ||
    btoa(String.fromCharCode(...signature)) !== text ||
    written.length !== text.length
  )
    throw new Unusable("signature line");
  return { line, signature, filling };
}

/** `body` and spaces up to its size class. */
export function fill(body: Uint8Array, smallest: number): Bytes {
  const filled = new Uint8Array(bucket(body.length, smallest)).fill(SPACE);
  filled.set(body);
  return filled;
}

/** Throws Unusable where the filling is not spaces up to the size class exactly. */
export function checkFilling(filling: Uint8Array, total: number, smallest: number): void {
  if (!filling.every((byte) => byte === SPACE) || total !== bucket(total - filling.length, smallest))
    throw new Unusable("filling");
}

/** The first line of a filled body that is not signed, its filling checked. */
export function cutFilled(body: Uint8Array, smallest: number): Bytes {
  const [line, filling] = cut(body);
  checkFilling(filling, body.length, smallest);
  return line;
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
  );
}

/** A JSON object being read: each getter checks the type and throws Unusable where it is another. */
export class Fields {
  constructor(private readonly fields: Record<string, unknown>) {}

  /** A line of JSON with a `v` we know: 1, or one of what has later forms. */
  static parse(line: Uint8Array, upTo = VERSION): Fields {
    let parsed: unknown;
    try {
      parsed = JSON.parse(decoder.decode(line));
    } catch {
      throw new Unusable("line: not JSON");
    }
    const fields = Fields.of(parsed);
    const v = fields.number("v");
    if (v < VERSION || v > upTo) throw new Unusable("unknown version");
    return fields;
  }

  private static of(value: unknown): Fields {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw new Unusable("field: not an object");
    return new Fields(value as Record<string, unknown>);
  }

  private get(name: string): unknown {
    return Object.hasOwn(this.fields, name) ? this.fields[name] : null;
  }

  /** Throws Unusable unless the fields are exactly these. */
  expect(names: readonly string[]): void {
    const found = Object.keys(this.fields);
    if (found.length !== names.length || !found.every((name) => names.includes(name)))
      throw new Unusable("fields: others than expected");
  }

  /** The fields there are, where nobody can say before which. */
  names(): string[] {
    return Object.keys(this.fields);
  }

  /** True where the field is there and not null. */
  has(name: string): boolean {
    return this.get(name) !== null;
  }

  /** A string of whole characters. */
  text(name: string): string {
    const value = this.get(name);
    if (typeof value !== "string" || /\p{Surrogate}/u.test(value)) throw new Unusable("field: not text");
    return value;
  }

  /** A string or null. */
  maybeText(name: string): string | null {
    return this.get(name) === null ? null : this.text(name);
  }

  /** A string that people read: nothing in it moves, hides or reorders what stands by. */
  shown(name: string): string {
    const value = this.text(name);
    if (/[^\P{C} ]|[^\P{Z} ]/u.test(value)) throw new Unusable("field: not printable");
    return value;
  }

  /** Such a string or null. */
  maybeShown(name: string): string | null {
    return this.get(name) === null ? null : this.shown(name);
  }

  /** A whole number from 0 to 2^53 - 1. */
  number(name: string): number {
    const value = this.get(name);
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0)
      throw new Unusable("field: not a whole number");
    return value;
  }

  /** A whole number or null. */
  maybeNumber(name: string): number | null {
    return this.get(name) === null ? null : this.number(name);
  }

  /** True or false. */
  flag(name: string): boolean {
    const value = this.get(name);
    if (typeof value !== "boolean") throw new Unusable("field: not true or false");
    return value;
  }

  /** Exactly `length` bytes. */
  raw(name: string, length: number): Bytes {
    const value = decodeRaw(this.text(name));
    if (value.length !== length) throw new Unusable("field: length");
    return value;
  }

  /** An ISO day, `2026-11-22`. */
  day(name: string): string {
    const value = this.text(name);
    if (!isDay(value)) throw new Unusable("field: not a day");
    return value;
  }

  /** An object inside. */
  part(name: string): Fields {
    return Fields.of(this.get(name));
  }

  /** A list of objects inside. */
  parts(name: string): Fields[] {
    const value = this.get(name);
    if (!Array.isArray(value)) throw new Unusable("field: not a list of objects");
    return value.map((one) => Fields.of(one));
  }

  /** A list of strings that people read. */
  everyShown(name: string): string[] {
    const value = this.get(name);
    if (!Array.isArray(value)) throw new Unusable("field: not a list");
    return value.map((one) => new Fields({ [name]: one }).shown(name));
  }
}
