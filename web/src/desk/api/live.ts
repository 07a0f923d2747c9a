/**
 * The live bell: a WebSocket that only ever says "look again". Reconnects by itself, waits growing to 30 s.
 *
 * A server that pings is taken for gone when it falls silent; one that never pings is trusted to close.
 * Owns the connection's state in one signal; what to reload is the listener's business.
 */
import { signal } from "@preact/signals";
import type { LiveNews } from "./shapes.ts";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
const SILENCE_MS = 70_000;

export type Connection = "joining" | "joined" | "away";

export const connection = signal<Connection>("joining");

function heard(frame: MessageEvent): LiveNews | null {
  try {
    const news: unknown = JSON.parse(String(frame.data));
    if (typeof news !== "object" || news === null || !("t" in news)) return null;
    return news as LiveNews;
  } catch {
    return null;
  }
}

/**
 * Listens until the returned function is called. `tell` gets every tip and every piece of news; `probe` asks the
 * server for anything small, so that a bell that cannot ring is not taken for a lost connection.
 */
export function listen(tell: (news: LiveNews) => void, probe: () => Promise<unknown>): () => void {
  let socket: WebSocket | null = null;
  let wait = FIRST_WAIT_MS;
  let timer = 0;
  let watchdog = 0;
  let ended = false;
  let before = false;

  const settle = (state: Connection) => {
    if (!ended && socket?.readyState !== WebSocket.OPEN) connection.value = state;
  };
  const breathe = () => {
    clearTimeout(watchdog);
    watchdog = window.setTimeout(() => socket?.close(), SILENCE_MS);
  };
  const join = () => {
    clearTimeout(timer);
    const address = new URL("/api/v1/desk/live", location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    socket = new WebSocket(address);
    socket.onopen = () => {
      const back = before;
      before = true;
      connection.value = "joined";
      wait = FIRST_WAIT_MS;
      if (back) tell({ t: "news" });
    };
    socket.onmessage = (frame) => {
      const news = heard(frame);
      if (news?.t === "ping") breathe();
      if (news && news.t !== "ping") tell(news);
    };
    socket.onclose = () => {
      clearTimeout(watchdog);
      if (ended) return;
      probe().then(
        () => settle("joining"),
        () => settle("away"),
      );
      timer = window.setTimeout(join, wait * (0.75 + Math.random() / 2));
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    };
  };
  const hurry = () => {
    if (socket?.readyState === WebSocket.CLOSED) {
      wait = FIRST_WAIT_MS;
      join();
    }
  };
  window.addEventListener("online", hurry);
  connection.value = "joining";
  join();
  return () => {
    ended = true;
    clearTimeout(timer);
    clearTimeout(watchdog);
    window.removeEventListener("online", hurry);
    socket?.close();
  };
}
