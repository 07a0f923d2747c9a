/**
 * The page's end of the key worker: starts it, asks it, ends it. Ending it is what locking means.
 *
 * A page under require-trusted-types-for 'script' may start a worker only through a policy; ours is named, is made
 * once, and knows a single address.
 */

import type { CallName, Calls, Reply } from "./messages.ts";
import workerAddress from "./worker.ts?worker&url";

/** The worker could not do it; `reason` is a fixed word of the worker's, never content. */
export class KeyFailure extends Error {
  constructor(readonly reason: string) {
    super("keys");
  }
}

interface Pending {
  give: (answer: never) => void;
  fail: (error: KeyFailure) => void;
}

interface Policies {
  createPolicy(
    name: string,
    rules: { createScriptURL: () => string },
  ): { createScriptURL(from: string): string };
}

let policy: { createScriptURL(from: string): string } | null = null;

function trustedAddress(): string {
  const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
  if (!policies) return workerAddress;
  policy ??= policies.createPolicy("desk-keys", { createScriptURL: () => workerAddress });
  return policy.createScriptURL("");
}

let worker: Worker | null = null;
let next = 1;
const pending = new Map<number, Pending>();

function start(): Worker {
  const made = new Worker(trustedAddress(), { type: "module", name: "desk-keys" });
  made.onmessage = (event: MessageEvent<Reply>) => settle(event.data);
  made.onerror = () => end("worker");
  return made;
}

function settle(reply: Reply): void {
  const waiting = pending.get(reply.id);
  pending.delete(reply.id);
  if (!waiting) return;
  if ("failed" in reply) waiting.fail(new KeyFailure(reply.failed));
  else waiting.give(reply.answer as never);
  if (pending.size === 0) for (const rested of resting.splice(0)) rested();
}

const resting: (() => void)[] = [];

/** Waits until nothing is asked of the worker: for work that may wait. */
export function atRest(): Promise<void> {
  return pending.size === 0 ? Promise.resolve() : new Promise((rested) => resting.push(rested));
}

/** Starts the worker where none runs, so that it is in practice by the time it is asked. */
export function prepare(): void {
  worker ??= start();
}

/** Asks the worker, starting it where none runs. */
export function ask<N extends CallName>(
  call: N,
  what: Calls[N]["ask"],
  moved: Transferable[] = [],
): Promise<Calls[N]["answer"]> {
  worker ??= start();
  const id = next++;
  const running = worker;
  return new Promise((give, fail) => {
    pending.set(id, { give, fail });
    running.postMessage({ id, call, ask: what }, moved);
  });
}

/** Ends the worker and every key in it. Whatever was asked fails with `reason`. */
export function end(reason = "locked"): void {
  worker?.terminate();
  worker = null;
  for (const waiting of pending.values()) waiting.fail(new KeyFailure(reason));
  pending.clear();
  for (const rested of resting.splice(0)) rested();
}
