/**
 * Files on their way: what is small and what is large each go one at a time, so that a film holds up no photo. A file
 * that does not get there stays in the page and goes again under the same id. Must not know how anything looks.
 */
import { type Signal, signal } from "@preact/signals";
import type { MediaKind } from "./media.ts";
import type { Clock } from "./socket.ts";

/** `stored`: committed; `offline`: did not get there; otherwise why it was refused. */
export type Delivery = "stored" | "offline" | "big" | "bad" | "busy";

export interface Upload {
  readonly id: string;
  readonly kind: MediaKind;
  readonly file: Blob;
}

export type Deliver = (
  upload: Upload,
  progress: (percent: number) => void,
  signal: AbortSignal,
) => Promise<Delivery>;

/** Waits until a file that did not get there is tried again while the connection stands, in ms; the last one repeats. */
const WAITS = [1000, 3000, 8000, 20_000] as const;

type Lane = "small" | "large";

interface Flight {
  readonly upload: Upload;
  readonly stop: AbortController;
  /** The person gave it up. */
  dropped: boolean;
}

export class Uploads {
  /** How far each file under way is, in percent. */
  readonly going: Signal<ReadonlyMap<string, number>> = signal(new Map());
  private waiting: Upload[] = [];
  private readonly busy = new Map<string, Upload>();
  private readonly flights = new Map<Lane, Flight>();
  private tries = 0;
  private cancelRetry: () => void = () => {};

  /** `open` says whether the connection stands; `landed` hears what became of a file, but never `offline`. */
  constructor(
    private readonly deliver: Deliver,
    private readonly open: () => boolean,
    private readonly landed: (id: string, delivery: Exclude<Delivery, "offline">) => void,
    private readonly clock: Clock,
  ) {}

  /** Adds a file at the end of its lane. */
  add(upload: Upload): void {
    this.waiting.push(upload);
    this.fly();
  }

  /** Files not there yet, those refused for now left out. */
  get count(): number {
    return this.waiting.length + this.flights.size;
  }

  /** True while a file that did not get there waits for its next try. */
  readonly retrying = signal(false);

  /** The connection is back: what waited goes at once. */
  resume(): void {
    this.cancelRetry();
    this.fly();
  }

  /** Tries a file again that the server could not take. False where it is not held any more. */
  again(id: string): boolean {
    const upload = this.busy.get(id);
    if (!upload) return false;
    this.busy.delete(id);
    this.add(upload);
    return true;
  }

  /** Gives a file up, under way or not. */
  cancel(id: string): void {
    this.busy.delete(id);
    this.waiting = this.waiting.filter((upload) => upload.id !== id);
    for (const flight of this.flights.values()) {
      if (flight.upload.id !== id) continue;
      flight.dropped = true;
      flight.stop.abort();
    }
  }

  /** The system says that there is no network: what is under way waits again. */
  pause(): void {
    for (const flight of this.flights.values()) flight.stop.abort();
  }

  /** Gives everything up. */
  clear(): void {
    this.cancelRetry();
    this.waiting = [];
    this.busy.clear();
    for (const flight of this.flights.values()) flight.stop.abort();
    this.flights.clear();
    this.going.value = new Map();
  }

  private fly(): void {
    if (!this.open()) return;
    this.retrying.value = false;
    for (const lane of ["small", "large"] as const) {
      const next = this.waiting.find((upload) => laneOf(upload) === lane);
      if (next && !this.flights.has(lane)) void this.carry(lane, next);
    }
  }

  private async carry(lane: Lane, upload: Upload): Promise<void> {
    const flight: Flight = { upload, stop: new AbortController(), dropped: false };
    this.flights.set(lane, flight);
    this.waiting = this.waiting.filter((other) => other !== upload);
    this.tell(upload.id, 0);
    const progress = (percent: number) => this.flights.get(lane) === flight && this.tell(upload.id, percent);
    const delivery = await this.deliver(upload, progress, flight.stop.signal);
    if (this.flights.get(lane) !== flight) return;
    this.flights.delete(lane);
    this.tell(upload.id, null);
    if (!flight.dropped) this.settle(upload, delivery);
    if (flight.dropped || delivery !== "offline") this.fly();
  }

  private settle(upload: Upload, delivery: Delivery): void {
    if (delivery === "offline") {
      this.waiting = [upload, ...this.waiting];
      this.retryLater();
      return;
    }
    this.tries = 0;
    if (delivery === "busy") this.busy.set(upload.id, upload);
    this.landed(upload.id, delivery);
  }

  private retryLater(): void {
    const wait = WAITS[Math.min(this.tries, WAITS.length - 1)] ?? 0;
    this.tries += 1;
    this.cancelRetry();
    this.retrying.value = true;
    this.cancelRetry = this.clock.after(wait * (1 + 0.3 * this.clock.jitter()), () => this.fly());
  }

  private tell(id: string, percent: number | null): void {
    if (this.going.value.get(id) === (percent ?? undefined)) return;
    const going = new Map(this.going.value);
    if (percent === null) going.delete(id);
    else going.set(id, percent);
    this.going.value = going;
  }
}

function laneOf(upload: Upload): Lane {
  return upload.kind === "photo" || upload.kind === "voice" ? "small" : "large";
}
