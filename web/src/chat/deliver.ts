/** One file to the server, as raw bytes, telling how far it is. Cleaning is the server's work; nothing is kept here. */
import type { MediaKind } from "./media.ts";
import type { Delivery } from "./uploads.ts";

/** Without a byte more for so long (ms) the line is taken for dead. */
const STALLED = 45_000;
/** How long the server may take to clean and seal what has wholly arrived (ms). */
const SEALING = 300_000;

const REFUSALS: Record<number, Delivery> = { 413: "big", 415: "bad", 422: "bad" };

export interface Parcel {
  readonly file: Blob;
  readonly kind: MediaKind;
  /** Act id made by the page: the same again is no second part. */
  readonly id: string;
  /** Session of the page. */
  readonly session: string;
}

/** Sends a file; `progress` hears how much of it is there, in percent. Aborting it counts as offline. */
export function deliver(
  parcel: Parcel,
  progress: (percent: number) => void,
  signal: AbortSignal,
): Promise<Delivery> {
  return new Promise((done) => {
    const request = new XMLHttpRequest(); // fetch cannot tell how far a body is
    let timer = setTimeout(() => request.abort(), STALLED);
    const wait = (longest: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(), longest);
    };
    const abort = () => request.abort();
    signal.addEventListener("abort", abort);
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      progress(Math.floor((100 * loaded) / Math.max(total, 1)));
      wait(loaded < total ? STALLED : SEALING);
    });
    request.addEventListener("loadend", () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
      done(outcome(request.status));
    });
    request.open("POST", "/api/v1/chat/media");
    for (const [name, value] of headers(parcel)) request.setRequestHeader(name, value);
    request.send(parcel.file);
    if (signal.aborted) request.abort();
  });
}

function headers({ file, kind, id, session }: Parcel): [string, string][] {
  return [
    ["Content-Type", file.type || "application/octet-stream"],
    ["X-Hopthu-Session", session],
    ["X-Hopthu-Id", id],
    ["X-Hopthu-Kind", kind],
  ];
}

/** A status as the page takes it; 0 is no answer at all. */
export function outcome(status: number): Delivery {
  if (status === 0) return "offline";
  if (status >= 200 && status < 300) return "stored";
  return REFUSALS[status] ?? "busy";
}
