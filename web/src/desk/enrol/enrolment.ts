/**
 * An enrolment under way: which step, what was made so far, and the moves between steps. No markup.
 *
 * The token leaves the address before anything else happens; the keys stay in the worker.
 */
import { signal } from "@preact/signals";
import * as desk from "../api/routes.ts";
import type { Invitation } from "../api/shapes.ts";
import { Refused, Unreached } from "../api/wire.ts";
import { explain } from "../failure.ts";
import { ask, KeyFailure } from "../keys/client.ts";
import type { Made } from "../keys/messages.ts";
import { demo, lock, me, screen, unlock } from "../session.ts";

export type Step =
  | "opening"
  | "spent"
  | "link"
  | "phrase"
  | "repeat"
  | "making"
  | "words"
  | "check"
  | "name"
  | "digits";

export const step = signal<Step>("opening");
export const invitation = signal<Invitation | null>(null);
export const failed = signal<string | null>(null);
export const account = signal("");
export const phrase = signal<string[]>([]);
export const made = signal<Made | null>(null);
export const digits = signal("");

let token = "";
let finish: (() => Promise<void>) | null = null;

const LONGEST_LINK_S = 33 * 24 * 3600;

/** How many links were followed in this tab; a new one starts anew. */
export const followed = signal(0);

const TOKEN = /^[\w-]{16,128}$/;

/** Takes an enrolment token out of the address, for good, and turns to the enrolment if there was one, or a piece of one. */
export function follow(): void {
  const found = /^#enrol(?:=(.*))?$/.exec(location.hash);
  if (!found) return;
  history.replaceState(null, "", location.pathname);
  if (me.value) lock(null);
  forget();
  token = found[1] && TOKEN.test(found[1]) ? found[1] : "";
  step.value = "opening";
  screen.value = "enrol";
  followed.value += 1;
}

/** Whether this browser can do what the console needs: a secure page, Ed25519, a place for the device secret. */
async function browserFits(): Promise<boolean> {
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB || !globalThis.WebAssembly) return false;
  return crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]).then(
    () => true,
    () => false,
  );
}

/** Whether the clock of this machine and the link's end can both be right. */
function clockFits(expires: number): boolean {
  const now = Date.now() / 1000;
  return now < expires && expires < now + LONGEST_LINK_S;
}

/** Asks the server whose link this is. */
export async function open(): Promise<void> {
  step.value = "opening";
  failed.value = null;
  if (token === "") return stop("enrol-link-cut");
  if (!(await browserFits())) return stop("enrol-old-browser");
  try {
    const told = await desk.openInvitation(token);
    if (!clockFits(told.expires)) return stop("enrol-clock");
    invitation.value = told;
    demo.value = told.demo;
    step.value = "link";
  } catch (error) {
    stop(error instanceof Refused && error.status !== 429 ? "enrol-link-bad" : explain(error));
  }
}

function stop(why: string): void {
  failed.value = why;
  step.value = "spent";
}

/** A fresh passphrase of five words. */
export async function newPhrase(): Promise<void> {
  try {
    phrase.value = await ask("phrase", null);
  } catch (error) {
    failed.value = explain(error);
  }
}

/** Compares words as typed: accents, case and spacing do not count. */
export function samePhrase(typed: string, meant: string): boolean {
  return plain(typed) === plain(meant);
}

function plain(words: string): string {
  return words
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/đ/g, "d")
    .replace(/[\s-]+/g, " ")
    .trim();
}

/** Step 3: the keys. */
export async function makeKeys(): Promise<void> {
  step.value = "making";
  failed.value = null;
  try {
    made.value = await ask("makeKeys", { passphrase: phrase.value.join(" ") });
    phrase.value = [];
    step.value = "words";
  } catch (error) {
    failed.value = error instanceof KeyFailure ? "enrol-keys-failed" : explain(error);
  }
}

/** After the words are noted: keeps the device secret here, then sends the public parts. */
export async function send(): Promise<void> {
  const invited = invitation.value;
  const keys = made.value;
  if (!invited || !keys) return;
  failed.value = null;
  const { words: _shownOnce, ...sent } = keys;
  const { site, authority } = invited;
  try {
    await ask("keepDevice", { account: account.value, site, authority });
    const { officer } = await desk.enrol(token, { account: account.value, ...sent });
    const { role, unit } = invited;
    digits.value = await ask("fingerprint", { officer, unit: unit.code, role, site });
    finish = enterDesk;
    made.value = null;
    step.value = "digits";
  } catch (error) {
    refused(error);
  }
}

function refused(error: unknown): void {
  const status = error instanceof Refused ? error.status : 0;
  if (status === 404) {
    stop("enrol-link-bad");
    return;
  }
  if (status === 409 || status === 422) step.value = "name";
  const told = { 409: "enrol-account-taken", 422: "enrol-account-bad" }[status];
  failed.value = told ?? (error instanceof Unreached ? "enrol-unsent" : explain(error));
}

async function enterDesk(): Promise<void> {
  const outcome = await unlock(await desk.myself());
  if (outcome !== "open") lock("login-blob");
}

/** Step 6: waits for the authority's signature, or goes to work where it is there already. */
export async function goOn(): Promise<void> {
  try {
    await finish?.();
    forget();
  } catch (error) {
    failed.value = explain(error);
  }
}

/** Drops everything shown during the enrolment. */
export function forget(): void {
  token = "";
  finish = null;
  account.value = "";
  phrase.value = [];
  made.value = null;
  invitation.value = null;
}

/** Leaves a dead link for the log-in page. */
export function leave(): void {
  forget();
  screen.value = "login";
}
