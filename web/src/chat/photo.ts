/** One photo to the server, as raw bytes. Cleaning is the server's work; nothing is kept here. */

/** Largest photo the server takes, in MB (FLOWS: the web's limit). */
export const PHOTO_MEGABYTES = 20;

/** The same in bytes. */
export const PHOTO_BYTES = PHOTO_MEGABYTES * 1_000_000;

/** `stored`: committed; `offline`: did not get there; otherwise why it was refused. */
export type Delivery = "stored" | "offline" | "big" | "bad" | "busy";

const REFUSALS: Record<number, Delivery> = { 413: "big", 415: "bad", 422: "bad" };

/** Sends `file` as act `id` of `session`. The same id again is no second photo. */
export async function deliverPhoto(
  file: Blob,
  session: string,
  id: string,
  signal: AbortSignal,
): Promise<Delivery> {
  try {
    const answer = await fetch("/api/v1/chat/photo", {
      method: "POST",
      body: file,
      headers: {
        "Content-Type": file.type || "application/octet-stream",
        "X-Hopthu-Session": session,
        "X-Hopthu-Id": id,
      },
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      signal,
    });
    return answer.ok ? "stored" : (REFUSALS[answer.status] ?? "busy");
  } catch {
    return "offline";
  }
}
