/**
 * Service worker of one hotline board: gives back the copy the page has kept, where there is no network. It answers
 * for the board it was registered at and for what that page is drawn with, and stores nothing itself.
 * Must not answer for any other page, and must not import: it is fetched alone.
 */

/** Longest wait for the network while there is a copy, in ms: somebody may be standing there to call. */
const PATIENCE = 4000;

interface FetchEvent extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface WaitingEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface WorkerScope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: WaitingEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: FetchEvent) => void): void;
}

const worker = globalThis as unknown as WorkerScope;
const board = new URL(worker.registration.scope).pathname;
/** Where the page keeps its copy (copy.ts). Another way of keeping it has another name. */
const COPY = `board-1:${board}`;

/** A page is asked of the server whatever the browser has stored: numbers change. */
const ANEW: RequestInit = { cache: "no-cache", credentials: "omit" };

/** Headers that say how the answer once travelled. */
const TRAVEL = ["content-length", "content-encoding", "etag", "last-modified"];

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(takeOver()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  const page = request.mode === "navigate";
  if (page && address.pathname !== board) return;
  event.respondWith(answer(request, page));
});

/** Copies that an older version kept of this board go. */
async function takeOver(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.endsWith(`:${board}`) && name !== COPY);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** The network's answer; the copy where there is none in time, or where the server is out of order. */
async function answer(request: Request, page: boolean): Promise<Response> {
  const copy = await kept(request, page);
  if (!copy) return fetch(request);
  const waited = new AbortController();
  const timer = setTimeout(() => waited.abort(), PATIENCE);
  try {
    const fresh = await fetch(page ? request.url : request, { ...(page ? ANEW : {}), signal: waited.signal });
    return fresh.status < 500 ? fresh : copy;
  } catch {
    return copy;
  } finally {
    clearTimeout(timer);
  }
}

async function kept(request: Request, page: boolean): Promise<Response | null> {
  const cache = await caches.open(COPY);
  const found =
    (await cache.match(request)) ?? (page ? await cache.match(request, { ignoreSearch: true }) : null);
  return found && page ? marked(found) : (found ?? null);
}

/** The page, saying that it is a copy and from which day. */
async function marked(copy: Response): Promise<Response> {
  const words = (await copy.text()).replace(/(class="[^"]*\bcopy")\s+hidden/, "$1 data-kept");
  const headers = new Headers(copy.headers);
  for (const name of TRAVEL) headers.delete(name);
  return new Response(words, { headers });
}

export {};
