/**
 * What was signed, on its way out: handed to the browser, then read again from where it was saved.
 *
 * It counts as saved only once every sheet was found there, to the last byte: of a download that was refused or broke off
 * a page learns nothing.
 */

import { writeArchive } from "../shared/zipping.ts";
import { filesOf, save } from "./files.ts";
import type { Signed } from "./office.ts";
import { NotAccepted } from "./refusal.ts";
import { unpack } from "./requests.ts";
import { VIETNAM } from "./signing.ts";
import { attempt, clock, office, signed, unsaved } from "./work.ts";

/** What the archive of the signed sheets is called: so that a folder can hold those of many days. */
function archiveName(): string {
  const at = new Date((clock() + VIETNAM) * 1000).toISOString();
  return `sheets-${at.slice(0, 10)}-${at.slice(11, 19).replaceAll(":", "")}.zip`;
}

/** What a signed sheet's file is called. */
export function fileOf(one: Signed): string {
  return office.value?.fileOf(one.sheet) ?? "";
}

/** Hands the archive out. */
export function saveArchive(): void {
  const files = signed.value.map((one) => ({ name: fileOf(one), body: one.body }));
  save({ name: archiveName(), body: writeArchive(files) });
}

/** Hands one sheet out. */
export function saveSheet(one: Signed): void {
  save({ name: fileOf(one), body: one.body });
}

/** Reads files that were saved: the archive, or the sheets one by one. */
export function proveSaved(files: FileList): Promise<void> {
  return attempt(async () => {
    const found = new Set((await unpack(await filesOf(files), ".txt")).map((one) => written(one.body)));
    const lacking = signed.value.filter((one) => !found.has(written(one.body)));
    if (lacking.length > 0) throw new NotAccepted("auth-no-saved", { count: String(lacking.length) });
    unsaved.value = false;
  });
}

/** A sheet's file as text, byte for byte. */
function written(body: Uint8Array): string {
  return Array.from(body, (byte) => String.fromCharCode(byte)).join("");
}
