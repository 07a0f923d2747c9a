/**
 * A tip on its way out: the thread as it is now is fetched and verified, packed, signed for, and only then given.
 *
 * Owns the order. A file whose bytes are not those its entry names stops it all. Nothing is kept.
 */

import { type Bytes, copied, same, sha256 } from "../../../crypto/bytes.ts";
import { fromBase64url, toBase64url } from "../../../shared/bytes.ts";
import { exportTip, loadBlob, loadTip } from "../../api/routes.ts";
import type { Account, TipRow } from "../../api/shapes.ts";
import { chain, readNew, signed } from "../../audit/chain.ts";
import { shortNumber } from "../../inbox/order.ts";
import { ask, KeyFailure } from "../../keys/client.ts";
import type { EntryView, Opening, Purpose } from "../../keys/messages.ts";
import { whileIn } from "../../session.ts";
import { inBoth, language, type PageWords } from "../../words.ts";
import { written } from "./document.ts";
import { type About, type Part, pack } from "./packing.ts";

const HOUR = 3600;
/** Bytes of all attachments of one archive, which is put together in memory. */
const MOST = 512 * 1024 * 1024;

/** What is told while it goes on: how many attachments have come, of how many. */
export type Tell = (come: number, all: number) => void;

/** What the officer is given: the archive, the document unsealed for the printer, the five words. */
export interface Given {
  archive: ArrayBuffer;
  document: ArrayBuffer;
  words: string[];
  name: string;
}

/** The attachments of this archive are more than it holds. */
export class TooLarge extends Error {}

interface Thread {
  row: TipRow;
  opening: Opening;
  entries: EntryView[];
  sealed: Bytes[];
}

async function threadOf(tip: string): Promise<Thread> {
  const { tip: row, entries } = await whileIn(() => loadTip(tip));
  const { grant, former = [] } = row;
  const found = grant === null ? null : await ask("openThread", { tip, grant, former, entries });
  if (found?.state !== "open" || !found.opening) throw new KeyFailure("tampered");
  return { row, opening: found.opening, entries: found.entries, sealed: entries.map(fromBase64url) };
}

async function attachment({ media }: EntryView): Promise<Bytes | null> {
  if (!media) return null;
  const bytes = new Uint8Array(await whileIn(() => loadBlob(media.blob, () => undefined)));
  if (!same(await sha256(bytes), fromBase64url(media.sha256))) throw new KeyFailure("tampered");
  return bytes;
}

async function partsOf({ entries, sealed }: Thread, tell: Tell): Promise<Part[]> {
  const all = entries.filter(({ media }) => media).length;
  const size = entries.reduce((sum, { media }) => sum + (media?.bytes ?? 0), 0);
  if (size > MOST) throw new TooLarge("export");
  const parts: Part[] = [];
  let come = 0;
  for (const view of entries) {
    tell(come, all);
    const blob = await attachment(view);
    if (blob) come += 1;
    parts.push({ view, sealed: sealed[view.seq] ?? new Uint8Array(), blob });
  }
  return parts;
}

/** A photo of the thread, drawn by the browser out of what was fetched already. */
function drawing(tip: string, parts: readonly Part[]) {
  return async ({ seq, media }: EntryView): Promise<HTMLCanvasElement | null> => {
    const blob = parts.find(({ view }) => view.seq === seq)?.blob;
    if (!media || !blob) return null;
    const picture = await ask("openPhoto", { tip, media, sealed: copied(blob).buffer });
    const canvas = document.createElement("canvas");
    const scale = Math.min(1, 1600 / Math.max(picture.width, picture.height));
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return canvas;
  };
}

function aboutOf(me: Account, row: TipRow, purpose: Purpose, at: number): About {
  const { site, demo, authority, officer, serial, unit } = me;
  const known = chain.value && { n: chain.value.n, head: chain.value.head };
  const register = row.register === null ? null : shortNumber(row);
  const hour = Math.floor(at / HOUR) * HOUR;
  return {
    site,
    demo,
    authority,
    unit: unit.code,
    tip: row.id,
    register,
    officer,
    serial,
    purpose,
    hour,
    chain: known,
  };
}

/** Takes a tip out; signed for before anything is given. */
export async function takeOut(
  me: Account,
  tip: string,
  purpose: Purpose,
  words: PageWords,
  tell: Tell,
): Promise<Given> {
  const thread = await threadOf(tip);
  const { row, opening } = thread;
  const parts = await partsOf(thread, tell);
  const at = Math.floor(Date.now() / 1000);
  const heading = {
    row,
    opening,
    unit: language.value === "en" ? me.unit.name_en : me.unit.name_vi,
    officer: me.officer,
    purpose,
    at,
  };
  const document = await written(heading, thread.entries, drawing(tip, parts));
  await readNew();
  const { words: five, sealed } = await ask("exportKeys", { tip });
  const closed = await ask("sealFile", { tip, plain: document });
  const instructions = (await inBoth(words, "export-how")).join("\n\n————\n\n");
  const beside = {
    opening: thread.sealed[0] ?? new Uint8Array(),
    keys: new Uint8Array(sealed),
    document: new Uint8Array(closed),
    instructions,
  };
  const { archive, digest } = await pack(aboutOf(me, row, purpose, at), parts, beside);
  const deed = { act: "export", tip, purpose, manifest: toBase64url(digest) };
  await signed(deed, (record) => exportTip(tip, purpose, record));
  const name = `tin-${shortNumber(row).replace(/[^0-9]/g, "-")}`;
  return { archive: archive.buffer, document, words: five, name };
}
