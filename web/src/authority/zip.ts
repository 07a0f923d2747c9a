/**
 * ZIP archives of small files, read with bounds (stored or deflated). Knows nothing of what they hold.
 *
 * Written here and not taken from a package: the page that holds the authority's key runs as little foreign code as can be.
 */
import { type Bytes, copied, joined } from "../crypto/bytes.ts";
import { checksum, END, ENTRY, LOCAL, type Named, STORED, viewOf } from "../shared/zipping.ts";
import { NotAccepted } from "./refusal.ts";

/** Bytes of a file: a sheet of several hundred officers. */
export const LARGEST = 1 << 20;
/** Files of an archive: three for every unit of the country. */
export const MOST = 10_000;
/** Bytes of an archive, and of all its files together. */
export const ALL = 256 << 20;

const LOCAL_SIZE = 30;
const ENTRY_SIZE = 46;
const END_SIZE = 22;
const COMMENT = 0xffff;
const DEFLATED = 8;
const LOCKED = 1;

interface Entry {
  name: string;
  method: number;
  packed: Uint8Array;
  size: number;
  sum: number;
}

/** True for bytes that begin as an archive does. */
export function isArchive(bytes: Uint8Array): boolean {
  return bytes.length >= END_SIZE && [LOCAL, END].includes(viewOf(bytes).getUint32(0, true));
}

/**
 * The files of an archive whose names end so, by their names without folders.
 *
 * Throws NotAccepted where it is broken, locked, or holds too much; `archive` is its name in that sentence.
 */
export async function readArchive(archive: string, bytes: Uint8Array, ending: string): Promise<Named[]> {
  const found: Named[] = [];
  for (const entry of entriesOf(archive, bytes, ending)) {
    const body = entry.method === STORED ? copied(entry.packed) : await inflated(entry);
    if (!body || body.length !== entry.size || checksum(body) !== entry.sum) throw broken(archive);
    found.push({ name: entry.name, body });
  }
  return found;
}

function broken(archive: string): NotAccepted {
  return new NotAccepted("auth-no-archive", { file: archive });
}

function entriesOf(archive: string, bytes: Uint8Array, ending: string): Entry[] {
  try {
    return bounded(listed(bytes), ending);
  } catch (error) {
    throw error instanceof NotAccepted ? error : broken(archive);
  }
}

/** Those whose names end so, looked at one by one: what is too much is refused before anything is unpacked or copied. */
function bounded(entries: Iterable<Entry>, ending: string): Entry[] {
  const found: Entry[] = [];
  let all = 0;
  for (const entry of entries) {
    if (!entry.name.endsWith(ending)) continue;
    const name = entry.name.slice(entry.name.lastIndexOf("/") + 1);
    const size = Math.max(entry.size, entry.packed.length);
    all += size;
    if (size > LARGEST || all > ALL) throw new NotAccepted("auth-no-large", { file: name });
    if (found.length >= MOST) throw new NotAccepted("auth-no-many");
    found.push({ ...entry, name });
  }
  return found;
}

/** Every entry of the list at the archive's end. Reading beyond the bytes throws by itself. */
function* listed(bytes: Uint8Array): Generator<Entry> {
  const view = viewOf(bytes);
  const end = endOf(view);
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (view.getUint32(at, true) !== ENTRY) throw new Error("entry");
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
    const length = view.getUint32(at + 20, true);
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + ENTRY_SIZE, at + ENTRY_SIZE + nameLength));
    if (flags & LOCKED || ![STORED, DEFLATED].includes(method)) throw new Error("method");
    yield {
      name,
      method,
      packed: packedAt(bytes, view.getUint32(at + 42, true), length),
      size: view.getUint32(at + 24, true),
      sum: view.getUint32(at + 16, true),
    };
    at += ENTRY_SIZE + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
}

function endOf(view: DataView): number {
  const first = Math.max(0, view.byteLength - END_SIZE - COMMENT);
  for (let at = view.byteLength - END_SIZE; at >= first; at -= 1)
    if (view.getUint32(at, true) === END) return at;
  throw new Error("end");
}

/** What an entry packed, where it lies: a view, no copy. */
function packedAt(bytes: Uint8Array, at: number, length: number): Uint8Array {
  const view = viewOf(bytes);
  if (view.getUint32(at, true) !== LOCAL) throw new Error("local");
  const from = at + LOCAL_SIZE + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (from + length > bytes.length) throw new Error("length");
  return bytes.subarray(from, from + length);
}

/** The content of a deflated entry, read no farther than it says it is long; null where it is broken. */
async function inflated(entry: Entry): Promise<Bytes | null> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const unpacked = new Blob([copied(entry.packed)])
    .stream()
    .pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = unpacked.getReader();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      pieces.push(piece.value);
      length += piece.value.length;
      if (length > entry.size) return null;
    }
  } catch {
    return null;
  } finally {
    reader.cancel().catch(() => undefined);
  }
  return joined(...pieces);
}
