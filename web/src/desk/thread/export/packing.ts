/**
 * What a tip that is taken out consists of: names, manifest, archive. Owns no words and no keys; nothing here asks anybody.
 *
 * Sealed files go in as the server keeps them. Sums are hexadecimal, as `sha256sum` prints them.
 */
import { type Bytes, sha256, utf8 } from "../../../crypto/bytes.ts";
import { type Named, writeArchive } from "../../../shared/zipping.ts";
import type { EntryView, MediaView, Purpose } from "../../keys/messages.ts";

/** File names that the instructions name as well. */
export const KEYS = "khoa.age";
export const DOCUMENT = "ban-doc.pdf";
export const MANIFEST = "manifest.json";
export const INSTRUCTIONS = "LÀM-THẾ-NÀO-ĐỌC.txt";

/** Of which tip it is, and who takes it out, when and what for. `hour`: UTC seconds, a whole hour. */
export interface About {
  site: string;
  demo: boolean;
  authority: string;
  unit: string;
  tip: string;
  register: string | null;
  officer: string;
  serial: string;
  purpose: Purpose;
  hour: number;
  /** How far the unit's audit chain went by then; null where nothing was read of it. */
  chain: { n: number; head: string } | null;
}

/** A sealed entry with what it said, and its sealed attachment. */
export interface Part {
  view: EntryView;
  sealed: Bytes;
  blob: Bytes | null;
}

/** What goes in beside the parts: the thread's opening, the keys under their words, the sealed document, instructions. */
export interface Beside {
  opening: Bytes;
  keys: Bytes;
  document: Bytes;
  instructions: string;
}

const three = (n: number) => String(n).padStart(3, "0");
const iso = (seconds: number) => `${new Date(seconds * 1000).toISOString().slice(0, 16)}Z`;

/** "003.age", and "003-tep.age" of what is attached to it. */
export const entryName = (seq: number) => `${three(seq)}.age`;
export const attachmentName = (seq: number) => `${three(seq)}-tep.age`;

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function listed({ name, body }: Named, more: object = {}): Promise<object> {
  return { name, sha256: hex(await sha256(body)), bytes: body.length, ...more };
}

/** Who wrote it and when, as finely as the entry says; of what no key of this archive opens, that alone. */
function written({ seq, kind, by, day, at, shut }: EntryView): object {
  if (shut) return { seq, kind: "shut" };
  if (by === null) return { seq, kind, by: "reporter", day };
  return { seq, kind, by: by.officer, serial: by.serial, at: at === null ? null : iso(at) };
}

/** What lies in an attachment once it is opened: as many bytes as `content` says, then filling. */
const inside = ({ mime, bytes }: MediaView) => ({ content: { mime, bytes } });

/** Every file of the thread with its line of the manifest. */
async function filesOf(parts: readonly Part[]): Promise<{ files: Named[]; lines: object[] }> {
  const files: Named[] = [];
  const lines: object[] = [];
  for (const { view, sealed, blob } of parts) {
    const entry = { name: entryName(view.seq), body: sealed };
    files.push(entry);
    lines.push(await listed(entry, written(view)));
    if (!blob || !view.media) continue;
    const attached = { name: attachmentName(view.seq), body: blob };
    files.push(attached);
    lines.push(await listed(attached, { ...written(view), ...inside(view.media) }));
  }
  return { files, lines };
}

/** The archive, and the digest of its manifest, which the officer signs for. */
export async function pack(
  about: About,
  parts: readonly Part[],
  { opening, keys, document, instructions }: Beside,
): Promise<{ archive: Bytes; digest: Bytes }> {
  const { files, lines } = await filesOf(parts);
  const first = { name: entryName(0), body: opening };
  lines.unshift(await listed(first, { seq: 0, kind: "opening", by: "reporter" }));
  const beside = [
    { name: KEYS, body: keys },
    { name: `${DOCUMENT}.age`, body: document },
    { name: INSTRUCTIONS, body: utf8(instructions) },
  ];
  for (const one of beside) lines.push(await listed(one));
  const { hour, ...known } = about;
  const told = { v: 1, kind: "hopthu-tip", ...known, hour: iso(hour), files: lines };
  const manifest = utf8(`${JSON.stringify(told, null, 1)}\n`);
  const every = [{ name: MANIFEST, body: manifest }, ...beside, first, ...files];
  return { archive: writeArchive(every), digest: await sha256(manifest) };
}
