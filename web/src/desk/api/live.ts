/**
 * The live bell: a WebSocket that only ever says "look again". Reconnects by itself, waits growing to 30 s.
 *
 * Owns the connection's state in one signal; what to reload is the listener's business. A server that pings is taken
 * for gone when it falls silent; one that never pings is trusted to close. While the bell cannot be heard but the
 * server answers, every try counts as a reason to look.
 */
import { signal } from "@preact/signals";
import type { LiveNews } from "./shapes.ts";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
const SILENCE_MS = 70_000;

/** `away`: the server does not answer at all. `joining`: it answers, but the bell is not heard yet. */
export type Connection = "joining" | "joined" | "away";

export const connection = signal<Connection>("joining");

/** What the bell needs of a WebSocket. */
export type Wire = Pick<WebSocket, "close" | "readyState" | "onopen" | "onmessage" | "onclose">;

export interface Listener {
  connect(): Wire;
  /** Any small question to the server; fails where it does not answer. */
  probe(): Promise<unknown>;
  /** Something came. */
  rung(): void;
  /** Nothing is known to have come, but something may have been missed. */
  missed(): void;
}

/** A WebSocket to this site's bell. */
export function connect(): Wire {
  const address = new URL("/api/v1/desk/live", location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  return new WebSocket(address);
}

function heard(frame: MessageEvent): LiveNews["t"] | null {
  try {
    const news = JSON.parse(String(frame.data)) as LiveNews | null;
    return news?.t ?? null;
  } catch {
    return null;
  }
}

class Bell {
  private wire: Wire | null = null;
  private wait = FIRST_WAIT_MS;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  private ended = false;
  private before = false;

  constructor(private readonly listener: Listener) {}

  join(): void {
    clearTimeout(this.timer);
    const wire = this.listener.connect();
    this.wire = wire;
    wire.onopen = () => this.joined();
    wire.onmessage = (frame) => this.told(heard(frame));
    wire.onclose = () => this.lost();
  }

  /** Tries at once where the last try failed. */
  hurry(): void {
    if (this.wire?.readyState !== WebSocket.CLOSED) return;
    this.wait = FIRST_WAIT_MS;
    this.join();
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
    clearTimeout(this.watchdog);
    this.wire?.close();
    connection.value = "joining";
  }

  private joined(): void {
    connection.value = "joined";
    this.wait = FIRST_WAIT_MS;
    if (this.before) this.listener.missed();
    this.before = true;
  }

  private told(what: LiveNews["t"] | null): void {
    if (what === "ping") {
      clearTimeout(this.watchdog);
      this.watchdog = setTimeout(() => this.wire?.close(), SILENCE_MS);
    } else if (what) this.listener.rung();
  }

  private lost(): void {
    clearTimeout(this.watchdog);
    if (this.ended) return;
    this.before = true;
    this.listener.probe().then(
      () => this.settle("joining"),
      () => this.settle("away"),
    );
    this.timer = setTimeout(() => this.join(), this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
  }

  private settle(state: Connection): void {
    if (this.ended || this.wire?.readyState === WebSocket.OPEN) return;
    connection.value = state;
    if (state === "joining") this.listener.missed();
  }
}

/** Listens until the returned function is called. */
export function listen(listener: Listener): () => void {
  const bell = new Bell(listener);
  const hurry = () => bell.hurry();
  addEventListener("online", hurry);
  bell.join();
  return () => {
    removeEventListener("online", hurry);
    bell.end();
  };
}
