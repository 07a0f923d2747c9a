/** The board's worker: the network first, its copy where there is none, nobody else's page ever. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { cacheOf } from "../../src/page/copy.ts";

const SITE = "https://x.vn";
const PAGE = '<p class="strip copy" hidden>a copy of 21/11</p>';

let caches: Map<string, Map<string, Response>>;
let listeners: Map<string, (event: never) => void>;
let network: () => Promise<Response>;

/** Cache storage as far as the worker uses it. */
function storage() {
  const open = (name: string) => {
    const held = caches.get(name) ?? new Map<string, Response>();
    caches.set(name, held);
    return {
      match: async (request: Request, how?: { ignoreSearch: boolean }) => {
        const plain = (address: string) => (how?.ignoreSearch ? address.split("?")[0] : address);
        const found = [...held].find(([address]) => plain(address) === plain(request.url));
        return found?.[1].clone();
      },
    };
  };
  return {
    open: async (name: string) => open(name),
    keys: async () => [...caches.keys()],
    delete: async (name: string) => caches.delete(name),
  };
}

async function asked(path: string, mode: "navigate" | "cors" = "cors"): Promise<Response | null> {
  let answer: Promise<Response> | null = null;
  const request = { url: SITE + path, method: "GET", mode };
  const event = { request, respondWith: (given: Promise<Response>) => (answer = given) };
  listeners.get("fetch")?.(event as never);
  return answer;
}

beforeEach(async () => {
  caches = new Map([[cacheOf("/so/1"), new Map([[`${SITE}/so/1`, new Response(PAGE)]])]]);
  listeners = new Map();
  network = async () => new Response("fresh");
  vi.stubGlobal("caches", storage());
  vi.stubGlobal("location", new URL(SITE));
  vi.stubGlobal("registration", { scope: `${SITE}/so/1` });
  vi.stubGlobal("clients", { claim: async () => {} });
  vi.stubGlobal("skipWaiting", async () => {});
  vi.stubGlobal("addEventListener", (type: string, listener: () => void) => listeners.set(type, listener));
  vi.stubGlobal("fetch", () => network());
  vi.resetModules();
  await import("../../src/page/board-worker.ts");
});

describe("the board's worker", () => {
  it("asks the network first", async () => {
    expect(await (await asked("/so/1", "navigate"))?.text()).toBe("fresh");
  });

  it("gives back the copy without network, saying that it is one", async () => {
    network = () => Promise.reject(new TypeError());
    expect(await (await asked("/so/1?lang=en", "navigate"))?.text()).toBe(
      '<p class="strip copy" data-kept>a copy of 21/11</p>',
    );
  });

  it("gives back the copy where the server is out of order", async () => {
    network = async () => new Response("", { status: 502 });
    expect(await (await asked("/so/1", "navigate"))?.text()).toContain("data-kept");
  });

  it("answers for no other page", async () => {
    for (const path of ["/", "/chat", "/so/12", "/rieng-tu"])
      expect(await asked(path, "navigate")).toBeNull();
  });

  it("drops what an older version kept of this board, and of no other", async () => {
    caches.set("board-0:/so/1", new Map());
    caches.set("board-0:/so/2", new Map());
    await new Promise<void>((done) => {
      const event = { waitUntil: (work: Promise<void>) => void work.then(done) };
      listeners.get("activate")?.(event as never);
    });
    expect([...caches.keys()].sort()).toEqual(["board-0:/so/2", cacheOf("/so/1")]);
  });
});
