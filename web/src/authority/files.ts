/** Files as the browser hands them in and takes them out. Nothing is kept anywhere else. */
import { type Bytes, copied } from "../crypto/bytes.ts";
import type { Named } from "../shared/zipping.ts";
import type { FolderFile } from "./office.ts";
import { NotAccepted } from "./refusal.ts";
import { ALL, MOST } from "./zip.ts";

async function bytesOf(file: File): Promise<Bytes> {
  return copied(new Uint8Array(await file.arrayBuffer()));
}

/** A chosen folder, each file by its way from there; read when asked for. */
export function folderOf(chosen: FileList): FolderFile[] {
  return Array.from(chosen, (file) => {
    const path = file.webkitRelativePath || file.name;
    return { path: path.slice(path.indexOf("/") + 1), size: file.size, read: () => bytesOf(file) };
  });
}

/** Chosen files. Throws NotAccepted where they are too much. */
export async function filesOf(chosen: FileList): Promise<Named[]> {
  const files = Array.from(chosen);
  if (files.length > MOST) throw new NotAccepted("auth-no-many");
  const large = files.find((file) => file.size > ALL);
  if (large) throw new NotAccepted("auth-no-large", { file: large.name });
  return await Promise.all(files.map(async (file) => ({ name: file.name, body: await bytesOf(file) })));
}

/** Hands a file to the browser to be saved. */
export function save({ name, body }: Named): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([body]));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
