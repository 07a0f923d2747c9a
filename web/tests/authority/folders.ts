/** Folders of an authority as a person chooses them: files in memory, and a clock that stands. */

import { type FolderFile, Office } from "../../src/authority/office.ts";
import { type Bytes, utf8 } from "../../src/crypto/bytes.ts";

/** Files of a folder by their names. */
export function folder(files: Record<string, Uint8Array | string>): FolderFile[] {
  return Object.entries(files).map(([path, content]) => {
    const body = typeof content === "string" ? utf8(content) : (content.slice() as Bytes);
    return { path, size: body.length, read: async () => body.slice() };
  });
}

/** The office of such a folder at a moment, UTC seconds. */
export function officeOf(files: Record<string, Uint8Array | string>, now: number): Promise<Office> {
  return Office.open(folder(files), () => now);
}
