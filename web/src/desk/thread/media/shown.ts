/** Lengths and file names of media as shown. Pure. */

import type { MediaKind } from "../../../crypto/contents.ts";

/** "0:38", "12:05", "1:02:03" of seconds. */
export function length(seconds: number): string {
  const whole = Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0));
  const two = (n: number) => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

const ENDINGS: Readonly<Record<string, string>> = {
  "application/pdf": "pdf",
  "application/zip": "zip",
  "application/msword": "doc",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
  "audio/mpeg": "mp3",
  "audio/ogg": "ogg",
  "audio/mp4": "m4a",
  "audio/webm": "webm",
  "image/jpeg": "jpg",
  "image/png": "png",
  "text/plain": "txt",
  "video/mp4": "mp4",
  "video/webm": "webm",
};

/** What a downloaded part is called: its number in the tip, nothing the reporter chose. */
export function fileName(n: number, mime: string): string {
  return `phan-${n}.${ENDINGS[mime] ?? "bin"}`;
}

const SOUNDS = ["audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac", "audio/webm", "audio/wav", "audio/flac"];
const FILMS = ["video/mp4", "video/webm"];

/** The part of a MIME type that says what it is, without parameters. */
export function plainMime(mime: string): string {
  return mime.split(";")[0]?.trim().toLowerCase() ?? "";
}

/** How a part may be opened here: what was not cleaned, or is of no known kind, is only ever handed out as a file. */
export function shownAs(kind: MediaKind, media: { mime: string; cleaned: boolean }): MediaKind {
  const mime = plainMime(media.mime);
  if (!media.cleaned) return "file";
  if (kind === "voice" && SOUNDS.includes(mime)) return "voice";
  if (kind === "video" && FILMS.includes(mime)) return "video";
  return kind === "photo" ? "photo" : "file";
}
