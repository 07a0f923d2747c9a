/**
 * One recording: asked for, running, heard again. Lies in page memory alone and is dropped with the page; the
 * microphone is let go the moment nothing records. Must not send.
 */
import { type Signal, signal } from "@preact/signals";
import { MEGABYTES } from "./media.ts";

/** Bits a second: speech stays clear, and 20 MB last for more than an hour. */
const BITS = 32_000;
/** The recorder hands over what it has so often (ms), so that its size is known. */
const PIECE = 1000;
/** Bytes at which a recording stops by itself, some way below the limit. */
const FULL = MEGABYTES.voice * 1_000_000 - 500_000;
/** Containers, best first; the last one that nothing is asked of. */
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus", ""] as const;

export type Recording =
  | { readonly now: "asking" }
  | { readonly now: "running"; readonly seconds: number }
  | { readonly now: "done"; readonly seconds: number; readonly sound: Blob; readonly full: boolean }
  /** `denied`: the person or the browser said no; `none`: there is nothing to record with. */
  | { readonly now: "denied" | "none" };

/** What the recorder works with; tests hand in their own. */
export interface Microphone {
  open(): Promise<MediaStream>;
  record(stream: MediaStream): MediaRecorder;
  /** Milliseconds since some moment. */
  now(): number;
}

/** The browser's microphone. */
export const microphone: Microphone = {
  open: () => navigator.mediaDevices.getUserMedia({ audio: true }),
  record: (stream) => {
    const mimeType = TYPES.find((type) => type === "" || MediaRecorder.isTypeSupported(type)) ?? "";
    return new MediaRecorder(stream, { audioBitsPerSecond: BITS, ...(mimeType ? { mimeType } : {}) });
  },
  now: () => performance.now(),
};

export class Recorder {
  readonly state: Signal<Recording> = signal({ now: "asking" });
  private stream: MediaStream | null = null;
  private recorder: MediaRecorder | null = null;
  private pieces: Blob[] = [];
  private size = 0;
  private since = 0;
  private ended = false;

  constructor(private readonly mic: Microphone) {}

  /** Asks for the microphone and begins. */
  async start(): Promise<void> {
    try {
      this.stream = await this.mic.open();
    } catch (error) {
      const denied = error instanceof DOMException && error.name === "NotAllowedError";
      this.state.value = { now: denied ? "denied" : "none" };
      return;
    }
    if (this.ended) this.letGo();
    else this.run(this.stream);
  }

  /** Ends the recording; it can be heard then. */
  stop(): void {
    if (this.recorder?.state === "recording") this.recorder.stop();
  }

  /** Drops everything and lets the microphone go. */
  drop(): void {
    this.ended = true;
    this.stop();
    this.letGo();
    this.pieces = [];
    this.recorder = null;
  }

  private run(stream: MediaStream): void {
    try {
      this.recorder = this.mic.record(stream);
    } catch {
      this.letGo();
      this.state.value = { now: "none" };
      return;
    }
    this.recorder.ondataavailable = ({ data }) => this.take(data);
    this.recorder.onstop = () => this.finish();
    this.since = this.mic.now();
    this.recorder.start(PIECE);
    this.state.value = { now: "running", seconds: 0 };
  }

  /** Seconds recorded so far, whole. */
  private get seconds(): number {
    return Math.floor((this.mic.now() - this.since) / 1000);
  }

  private take(piece: Blob): void {
    if (this.ended) return;
    this.pieces.push(piece);
    this.size += piece.size;
    if (this.state.value.now === "running") this.state.value = { now: "running", seconds: this.seconds };
    if (this.size >= FULL) this.stop();
  }

  private finish(): void {
    this.letGo();
    if (this.ended) return;
    const type = this.recorder?.mimeType || "audio/webm";
    const sound = new Blob(this.pieces, { type });
    const seconds = Math.max(1, this.seconds);
    this.state.value =
      sound.size > 0 ? { now: "done", seconds, sound, full: this.size >= FULL } : { now: "none" };
  }

  private letGo(): void {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
  }
}
