/**
 * One request to the desk API and the three ways it can fail.
 *
 * Owns headers and error families; knows no route. Nothing a person wrote ever goes into an error.
 */

const BASE = "/api/v1/desk/";
const PATIENCE_MS = 20_000;

/** The server understood and said no: `key` is a catalogue key, `told` its whole answer. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly key: string,
    readonly told: unknown = null,
  ) {
    super("refused");
  }
}

/** No answer came: the network or the server is away. */
export class Unreached extends Error {
  constructor() {
    super("unreached");
  }
}

async function request(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(BASE + path, {
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...init,
    });
  } catch {
    throw new Unreached();
  }
}

async function refusal(answer: Response): Promise<Error> {
  if (answer.status >= 500) return new Unreached();
  try {
    const told: unknown = await answer.json();
    const key = typeof told === "object" && told !== null && "error" in told ? told.error : null;
    return new Refused(answer.status, typeof key === "string" ? key : "", told);
  } catch {
    return new Refused(answer.status, "");
  }
}

async function json<T>(answer: Response): Promise<T> {
  if (!answer.ok) throw await refusal(answer);
  if (answer.status === 204) return null as T;
  return (await answer.json()) as T;
}

let underWay = 0;
const resting: (() => void)[] = [];

/** Waits until no request of the officer's is under way: for those that nobody waits for. */
export function lineAtRest(): Promise<void> {
  return underWay === 0 ? Promise.resolve() : new Promise((rested) => resting.push(rested));
}

async function asOfficer<T>(work: () => Promise<T>): Promise<T> {
  underWay += 1;
  try {
    return await work();
  } finally {
    underWay -= 1;
    if (underWay === 0) for (const rested of resting.splice(0)) rested();
  }
}

/** GET a JSON answer. */
export function get<T>(path: string): Promise<T> {
  return asOfficer(() => getAside<T>(path));
}

/** GET a JSON answer that nobody waits for. */
export async function getAside<T>(path: string): Promise<T> {
  return json<T>(await request(path, { method: "GET" }));
}

/** POST a JSON body, with the header that no other site can send. */
export function post<T>(path: string, body: object = {}): Promise<T> {
  const headers = { "Content-Type": "application/json", "X-Hopthu": "1" };
  return asOfficer(async () =>
    json<T>(await request(path, { method: "POST", headers, body: JSON.stringify(body) })),
  );
}

/** POST a JSON body for bytes that are made for it. */
export function postForBytes(path: string, body: object): Promise<ArrayBuffer> {
  const headers = { "Content-Type": "application/json", "X-Hopthu": "1" };
  return asOfficer(async () => {
    const answer = await request(path, { method: "POST", headers, body: JSON.stringify(body) });
    if (!answer.ok) throw await refusal(answer);
    return answer.arrayBuffer().catch(() => {
      throw new Unreached();
    });
  });
}

/** Told while bytes come: the part of them that is there, 0 to 1. */
export type Coming = (part: number) => void;

/** GET sealed bytes, however long they take: only a line that brings nothing for a while counts as away. */
export function bytes(path: string, coming: Coming): Promise<ArrayBuffer> {
  return asOfficer(() => allBytes(path, coming));
}

async function allBytes(path: string, coming: Coming): Promise<ArrayBuffer> {
  const stalled = new AbortController();
  let patience = setTimeout(() => stalled.abort(), PATIENCE_MS);
  const again = () => {
    clearTimeout(patience);
    patience = setTimeout(() => stalled.abort(), PATIENCE_MS);
  };
  try {
    const answer = await request(path, { method: "GET", signal: stalled.signal });
    if (!answer.ok) throw await refusal(answer);
    return await whole(answer, (part) => {
      again();
      coming(part);
    });
  } finally {
    clearTimeout(patience);
  }
}

/** The body as it comes; the length is the server's word and serves the progress alone. */
async function whole(answer: Response, coming: Coming): Promise<ArrayBuffer> {
  const expected = Number(answer.headers.get("Content-Length")) || 0;
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let come = 0;
  try {
    const reader = answer.body?.getReader();
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
      pieces.push(read.value);
      come += read.value.length;
      coming(expected > 0 ? Math.min(1, come / expected) : 0);
    }
  } catch {
    throw new Unreached();
  }
  return new Blob(pieces).arrayBuffer();
}
