/**
 * One conversation over a connection that comes and goes: hello, reconnecting with growing waits, sending again
 * what was not noted, passing each `say` on once, acknowledging it.
 * Must not know what a message means or how it looks.
 */
import { Outbox } from "./outbox.ts";
import {
  type Act,
  type Frame,
  type Hello,
  type Noted,
  type Refused,
  readFrame,
  type Say,
} from "./protocol.ts";

/** `connecting` before the first answer, `open`, or `lost` after a connection went away. */
export type Link = "connecting" | "open" | "lost";

/** The part of WebSocket used here. */
export interface Wire {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
  send(text: string): void;
  close(): void;
}

/** Timers, so that tests hold the clock. `after` returns a function that cancels. */
export interface Clock {
  after(milliseconds: number, run: () => void): () => void;
  /** 0 up to 1, spreads reconnects after an outage. */
  jitter(): number;
}

export interface Listener {
  frame(frame: Frame): void;
  link(link: Link): void;
}

/** Waits between attempts, in ms; the last one repeats. Up to 30 % is added. */
const WAITS = [300, 1000, 2000, 4000, 8000, 15000] as const;
/** The act of having opened the page, which every hello tells until it is noted. */
const OPENING = "open";
/** Connections over which it is told in a row; then the person is told what is wrong, and may write all the same. */
const PATIENT = WAITS.length;
/** With something un-noted and nothing heard for so long (ms), the connection is taken for dead. */
const SILENCE = 10_000;

export class Socket {
  private readonly outbox = new Outbox();
  private wire: Wire | null = null;
  private ready = false;
  private greeted = false;
  private seen = 0;
  private tries = 0;
  private ended = false;
  private cancelRetry: () => void = () => {};
  private cancelWatch: () => void = () => {};

  constructor(
    private readonly connect: () => Wire,
    private readonly hello: () => Omit<Hello, "t" | "seen" | "open">,
    private readonly listener: Listener,
    private readonly clock: Clock,
  ) {}

  /** Opens a connection now, cutting short any wait. Does nothing where one is open. */
  open(): void {
    if (this.wire || this.ended) return;
    this.cancelRetry();
    const wire = this.connect();
    this.wire = wire;
    wire.onopen = () => this.greet(wire);
    wire.onmessage = (event) => this.wire === wire && this.take(event.data);
    wire.onclose = () => this.wire === wire && this.lose();
  }

  /** Sends an act now or when the connection is back, until it is noted. */
  send(act: Act): void {
    if (this.ended) return;
    this.outbox.add(act);
    if (this.ready) this.put(act);
  }

  /** Takes the connection for lost (the system says there is no network). */
  drop(): void {
    const wire = this.wire;
    if (!wire) return;
    this.lose();
    wire.close();
  }

  /** Ends for good: nothing is sent or heard any more. */
  end(): void {
    this.ended = true;
    this.cancelRetry();
    this.cancelWatch();
    this.outbox.clear();
    const wire = this.wire;
    this.wire = null;
    this.ready = false;
    wire?.close();
  }

  private greet(wire: Wire): void {
    const hello: Hello = { t: "hello", ...this.hello(), seen: this.seen, open: !this.greeted };
    wire.send(JSON.stringify(hello));
    this.watch();
  }

  private put(act: Act): void {
    this.wire?.send(JSON.stringify(act));
    this.watch();
  }

  private take(data: unknown): void {
    const frame = readFrame(data);
    if (!frame) return;
    this.cancelWatch();
    if (frame.t === "error" && frame.id === OPENING && this.tries < PATIENT) {
      this.drop(); // the next hello tells it once more
      return;
    }
    if (frame.t === "ready") this.start();
    else if (frame.t === "noted" || frame.t === "error") this.settle(frame);
    if (this.outbox.all().length > 0) this.watch();
    if (frame.t === "say") this.hear(frame);
    else this.listener.frame(frame);
  }

  /** A page whose opening was noted is greeted, or was. */
  private settle(frame: Noted | Refused): void {
    this.outbox.settle(frame.id);
    if (frame.id !== OPENING) return;
    this.greeted = true;
    this.tries = 0;
  }

  private start(): void {
    this.ready = true;
    if (this.greeted) this.tries = 0;
    this.listener.link("open");
    for (const act of this.outbox.all()) this.put(act);
  }

  private hear(say: Say): void {
    if (say.n > this.seen) {
      this.seen = say.n;
      this.listener.frame(say);
    }
    this.wire?.send(JSON.stringify({ t: "ack", n: say.n }));
  }

  private lose(): void {
    this.wire = null;
    this.ready = false;
    this.cancelWatch();
    if (this.ended) return;
    this.listener.link("lost");
    const wait = WAITS[Math.min(this.tries, WAITS.length - 1)] ?? 0;
    this.tries += 1;
    this.cancelRetry = this.clock.after(wait * (1 + 0.3 * this.clock.jitter()), () => this.open());
  }

  private watch(): void {
    this.cancelWatch();
    this.cancelWatch = this.clock.after(SILENCE, () => this.drop());
  }
}
