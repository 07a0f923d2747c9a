/** What may be attached: its kinds, how each is told from a file, and how large it may be (FLOWS: the web's limits). */

export type MediaKind = "photo" | "voice" | "video" | "file";

/** Largest of each kind, in MB (a million bytes). */
export const MEGABYTES: Record<MediaKind, number> = { photo: 20, voice: 20, video: 200, file: 200 };

const KINDS: readonly MediaKind[] = ["photo", "voice", "video", "file"];

/** True for what travels beside the socket. */
export function isMedia(what: string): what is MediaKind {
  return (KINDS as readonly string[]).includes(what);
}

/** The kind of a file as the browser names its type; `asked` where it names none. The server looks for itself. */
export function kindOf(file: Blob, asked: MediaKind): MediaKind {
  const [family] = file.type.split("/");
  if (family === "image") return "photo";
  if (family === "video") return "video";
  if (family === "audio") return file.size > bytes("voice") ? "file" : "voice";
  return file.type === "" ? asked : "file";
}

/** True for what the server would turn away. */
export function tooBig(file: Blob, kind: MediaKind): boolean {
  return file.size > bytes(kind);
}

function bytes(kind: MediaKind): number {
  return MEGABYTES[kind] * 1_000_000;
}
