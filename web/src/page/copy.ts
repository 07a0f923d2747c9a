/**
 * The board's copy for days without network: the page puts itself and what it is drawn with into one cache, its
 * worker gives that back. Every visit replaces the copy. Who left a page by quick exit in this tab keeps none.
 * Must not hold anything but the board.
 */
import { LEFT } from "../shared/exit.ts";

/** Address of the worker: under /so/, so that it can never answer for another page. */
const BOARD_WORKER = "/so/copy.js";

/** Name of the cache of the board at `path`; its worker, which can import nothing, makes the same one. */
export function cacheOf(path: string): string {
  return `board-1:${path}`;
}

type Policy = { createScriptURL(from: string): string };
type Policies = { createPolicy(name: string, rules: { createScriptURL: () => string }): Policy };

/** Keeps this page, and shows the button that erases it. Does nothing where the browser cannot, or may not. */
export async function keepCopy(): Promise<void> {
  if (!("serviceWorker" in navigator) || window.name === LEFT) return;
  const shown = document.querySelector(".copy[data-kept]") !== null;
  try {
    await navigator.serviceWorker.register(workerAddress(), {
      scope: location.pathname,
      updateViaCache: "none",
    });
    if (!shown) await fill();
    offerErasing();
  } catch {
    // private windows and full disks: the page works as before, with network
  }
}

/** Under require-trusted-types-for 'script' a worker starts only through a policy; ours knows a single address. */
function workerAddress(): string {
  const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
  if (!policies) return BOARD_WORKER;
  return policies.createPolicy("board-copy", { createScriptURL: () => BOARD_WORKER }).createScriptURL("");
}

/** All of the page, fetched whole before anything is put: a copy is never half old and half new. */
async function fill(): Promise<void> {
  const wanted = [location.href, ...drawnWith()];
  const answers = await Promise.all(
    wanted.map((address) => fetch(address, { cache: "no-cache", credentials: "omit" })),
  );
  if (answers.some((answer) => !answer.ok)) return;
  const name = cacheOf(location.pathname);
  await caches.delete(name);
  const cache = await caches.open(name);
  await Promise.all(answers.map((answer, at) => cache.put(wanted[at] ?? "", answer)));
}

/** Addresses of the page's styles, scripts and pictograms. */
function drawnWith(): string[] {
  const elements = document.querySelectorAll<HTMLLinkElement | HTMLScriptElement>(
    'link[rel="stylesheet"], link[rel="modulepreload"], script[src]',
  );
  const files = [...elements].map((one) => (one instanceof HTMLScriptElement ? one.src : one.href));
  return [...files, new URL("/pictograms.svg", location.href).href];
}

function offerErasing(): void {
  const kept = document.querySelector<HTMLElement>(".kept");
  if (!kept) return;
  kept.hidden = false;
  kept.querySelector("button")?.addEventListener("click", () => void erase(kept));
}

async function erase(kept: HTMLElement): Promise<void> {
  const scope = new URL(location.pathname, location.href).href;
  const registrations = await navigator.serviceWorker.getRegistrations();
  await Promise.all(registrations.filter((one) => one.scope === scope).map((one) => one.unregister()));
  await caches.delete(cacheOf(location.pathname));
  const told = document.querySelector<HTMLElement>(".kept-none");
  if (told) told.textContent = told.dataset.done ?? "";
  kept.hidden = true;
}
