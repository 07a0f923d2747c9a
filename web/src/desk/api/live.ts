/**
 * The live bell: a WebSocket that says "look again" and who else is where. Reconnects by itself, waits growing to 30 s.
 *
 * Owns the connection's state in one signal; what to reload is the listener's business. A server that pings is taken
 * for gone when it falls silent; one that never pings is trusted to close. While the bell cannot be heard but the
 * server answers, every try counts as a reason to look.
 */
import { signal } from "@preact/signals";
import type { Here, LiveNews, LiveWord } from "./shapes.ts";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
const SILENCE_MS = 70_000;

/** `away`: the server does not answer at all. `joining`: it answers, but the bell is not heard yet. */
export type Connection = "joining" | "joined" | "away";

export const connection = signal<Connection>("joining");

/** What the bell needs of a WebSocket. */
export type Wire = Pick<WebSocket, "close" | "send" | "readyState" | "onopen" | "onmessage" | "onclose">;

export interface Listener {
  connect(): Wire;
  /** Any small question to the server; fails where it does not answer. */
  probe(): Promise<unknown>;
  /** Something came. */
  rung(): void;
  /** Who else has which tip open. */
  here(open: Here): void;
  /** A colleague changed these tips: look again, it is no bell. */
  changed(tips: readonly string[]): void;
  /** What to say of oneself when the line is there again. */
  word(): LiveWord;
  /** Nothing is known to have come, but something may have been missed. */
  missed(): void;
}

/** A WebSocket to this site's bell. */
export function connect(): Wire {
  const address = new URL("/api/v1/desk/live", location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  return new WebSocket(address);
}

function heard(frame: MessageEvent): LiveNews | null {
  try {
    return JSON.parse(String(frame.data)) as LiveNews | null;
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

  /** Says where this console is, if anybody listens. */
  say(word: LiveWord): void {
    if (this.wire?.readyState === WebSocket.OPEN) this.wire.send(JSON.stringify(word));
  }

  /** The machine has no network: no need to wait until the line is found dead. */
  cut(): void {
    if (this.wire?.readyState !== WebSocket.CLOSED) this.wire?.close();
    if (!this.ended) connection.value = "away";
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
    this.say(this.listener.word());
  }

  private told(news: LiveNews | null): void {
    if (news?.t === "ping") {
      clearTimeout(this.watchdog);
      this.watchdog = setTimeout(() => this.wire?.close(), SILENCE_MS);
    } else if (news?.t === "here") {
      this.listener.here(news.open);
      if (news.changed.length > 0) this.listener.changed(news.changed);
    } else if (news?.t === "tip" || news?.t === "news") this.listener.rung();
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

/** A bell that is listened to. */
export interface Listening {
  say(word: LiveWord): void;
  end(): void;
}

/** Listens until `end` is called. */
export function listen(listener: Listener): Listening {
  const bell = new Bell(listener);
  const hurry = () => bell.hurry();
  const cut = () => bell.cut();
  addEventListener("online", hurry);
  addEventListener("offline", cut);
  bell.join();
  return {
    say: (word) => bell.say(word),
    end: () => {
      removeEventListener("online", hurry);
      removeEventListener("offline", cut);
      bell.end();
    },
  };
}
