/**
 * What a person can do in the chat, each act once: write, choose, attach, remove, try again, close the code, leave.
 * Joins the conversation, the socket, files and codes. Must not draw.
 */
import { computed, type Signal, signal } from "@preact/signals";
import { freshId, fromBase64url } from "../shared/bytes.ts";
import type { Texts } from "../shared/texts.ts";
import { CODE_DIGITS, digitsOf, mayHoldCode, type Receipts, toMend } from "./code.ts";
import type { Conversation, Own } from "./conversation.ts";
import { actOf, Held, PAGE } from "./held.ts";
import { isMedia, kindOf, MEGABYTES, type MediaKind, tooBig } from "./media.ts";
import type { Act, Choice, Frame, Menu, Noted, Refused } from "./protocol.ts";
import type { Clock, Link, Socket } from "./socket.ts";
import { type Deliver, type Delivery, Uploads } from "./uploads.ts";

/** Halves of a character cut in two; JSON that holds one is refused. */
const HALVES = /\p{Surrogate}/gu;

/** What the chat works with; tests hand in their own. */
export interface Means {
  readonly conversation: Conversation;
  readonly socket: (listener: { frame(frame: Frame): void; link(link: Link): void }) => Socket;
  readonly deliver: Deliver;
  readonly clock: Clock;
  readonly receipts: Receipts;
  readonly text: Texts;
  /** An object URL of what was attached, for the page alone. */
  readonly url: (file: Blob) => string;
}

/** Coordinates in decimal degrees, as they are shown and sent. */
export interface Spot {
  readonly latitude: string;
  readonly longitude: string;
}

export class Chat {
  readonly link: Signal<Link> = signal("connecting");
  /** Sending waits until the last file is in. */
  readonly holding = signal(false);
  /** A text to put back into the field: a code to mend. It never leaves the page. */
  readonly refill = signal("");
  readonly conversation: Conversation;
  /** The choices shown: those of the last message, or the page's own way on where that message offers none. */
  readonly menu = computed<Menu | null>(() => this.conversation.menu.value ?? this.wayOn());
  private readonly socket: Socket;
  readonly uploads: Uploads;
  /** Files given up on their way: what of them is stored all the same is removed there. */
  private readonly dropped = new Set<string>();
  /** What must end with the page beside the chat: a recording, a search for the place. */
  private readonly ends = new Set<() => void>();
  private readonly codes = new Map<string, string>();
  private readonly held: Held;
  private salt: Uint8Array | null = null;
  private door: number | null = null;

  constructor(private readonly means: Means) {
    this.conversation = means.conversation;
    this.held = new Held(means.conversation);
    this.uploads = new Uploads(
      means.deliver,
      () => this.link.value === "open",
      (id, delivery) => this.delivered(id, delivery),
      means.clock,
    );
    this.socket = means.socket({
      frame: (frame) => this.take(frame),
      link: (link) => this.turn(link),
    });
  }

  /** Connects. `door` is the number of the first menu to choose at once, when the person came through it. */
  open(door: number | null = null): void {
    this.door = door;
    this.socket.open();
  }

  /** The network is back, or gone, as the system says. */
  network(there: boolean): void {
    if (there) this.socket.open();
    else {
      this.uploads.pause();
      this.socket.drop();
    }
  }

  /** Takes what the person wrote: a number of the menu, a code, or words. Empty text does nothing. */
  async write(text: string): Promise<void> {
    const trimmed = text.replace(HALVES, "\uFFFD").trim();
    if (trimmed === "") return;
    const choice = this.choiceOf(trimmed);
    if (choice) this.press(choice);
    else if (mayHoldCode(trimmed) || this.typo(trimmed) !== null) await this.writeDigits(trimmed);
    else this.say(trimmed);
  }

  /** Picks a numbered choice of the menu shown. */
  press(choice: Choice): void {
    const menu = this.menu.value;
    if (!menu) return;
    const id = freshId();
    const waits = this.held.mustWait(choice, menu);
    if (waits && !this.held.add(id, choice, menu)) return;
    this.conversation.add({ id, what: "choice", text: choice.label });
    const act = waits ? null : actOf(id, choice, menu.serial, menu);
    if (act) this.socket.send(act);
    this.tellHolding();
  }

  /** Picks choice `n` of the menu shown, if there is one. */
  pressNumber(n: number): boolean {
    const choice = this.menu.value?.choices.find((other) => other.n === n);
    if (choice) this.press(choice);
    return choice !== undefined;
  }

  /** Adds files of the kind that was asked for. Those too large are refused here, before a byte is sent. */
  attach(files: readonly File[], asked: MediaKind): void {
    for (const file of files) this.addFile(file, kindOf(file, asked), { text: file.name });
  }

  /** Adds a recording of so many seconds. */
  addVoice(recording: Blob, seconds: number): void {
    this.addFile(recording, "voice", { text: "", seconds });
  }

  /** Adds a place. */
  addPlace(spot: Spot): void {
    const id = freshId();
    this.conversation.add({ id, what: "place", text: `${spot.latitude}, ${spot.longitude}` });
    this.socket.send({ t: "place", id, latitude: spot.latitude, longitude: spot.longitude });
  }

  /** Has `end` called when everything is dropped. Returns what takes that back. */
  endWith(end: () => void): () => void {
    this.ends.add(end);
    return () => this.ends.delete(end);
  }

  /** Removes an own message: a part at the server, anything else from the page. */
  remove(id: string): void {
    const own = this.conversation.own(id);
    if (!own) return;
    if (own.parts.length === 0) this.giveUp(own);
    for (const part of own.parts) this.socket.send({ t: "drop", id: freshId(), part });
  }

  /** Sends a failed message again, under its old id. */
  async retry(id: string): Promise<void> {
    const own = this.conversation.own(id);
    if (own?.standing !== "failed") return;
    this.conversation.retry(id);
    const code = this.codes.get(id);
    if (code !== undefined) await this.sendCode(id, code);
    else if (own.what === "text") this.socket.send({ t: "text", id, text: own.text });
    else if (own.what === "place") this.socket.send(placeAct(own));
    else this.uploads.again(id);
    this.tellHolding();
  }

  /** Has the box speak the other language. The words are commands, so that they are shown as nobody's. */
  speakOther(): void {
    const text = this.conversation.language.value === "en" ? "tiếng việt" : "english";
    this.socket.send({ t: "text", id: freshId(), text });
  }

  /** The receipt is closed; the main menu comes back where nothing else stands. */
  closeReceipt(): void {
    this.conversation.closeReceipt();
    this.conversation.note(this.means.text("page-code-closed"));
    if (!this.conversation.menu.value) this.socket.send({ t: "text", id: freshId(), text: "menu" });
  }

  /** Drops everything the page holds and closes the connection. */
  wipe(): void {
    for (const end of this.ends) end();
    this.ends.clear();
    this.uploads.clear();
    this.socket.end();
    this.conversation.wipe();
    this.dropped.clear();
    this.codes.clear();
    this.refill.value = "";
    this.held.clear();
    this.salt = null;
  }

  /** What 0 does where no menu says it: back, a list of places, the main menu where nothing is begun. */
  private wayOn(): Menu | null {
    const { items, state, draft } = this.conversation;
    if (!items.value.some((item) => item.from === "box")) return null;
    const only = (act: string, key: string) => ({
      serial: PAGE,
      choices: [{ n: 0, label: this.means.text(key), act }],
    });
    if (state.value === "review") return only("0", "btn-back");
    if (state.value === "find") return only("0", "page-find-list");
    const open = state.value === "idle" || state.value === "code" || draft.value === null;
    return open ? only("menu", "page-menu") : null;
  }

  private say(text: string): void {
    for (const piece of pieces(text)) {
      const id = freshId();
      this.conversation.add({ id, what: "text", text: piece });
      this.socket.send({ t: "text", id, text: piece });
    }
  }

  private choiceOf(text: string): Choice | undefined {
    const digits = /^(\d{1,2})[.)]?$/.exec(text.normalize("NFKC"))?.[1];
    return this.menu.value?.choices.find((choice) => String(choice.n) === digits);
  }

  private async writeDigits(text: string): Promise<void> {
    const id = freshId();
    this.conversation.add({ id, what: "code", text: this.means.text("page-code-typed") });
    this.codes.set(id, text);
    await this.sendCode(id, text);
  }

  private async sendCode(id: string, text: string): Promise<void> {
    try {
      const typed = mayHoldCode(text) ? await this.means.receipts.recognise(text) : null;
      const count = typed && "count" in typed ? typed.count : this.typo(text);
      if (typed && "code" in typed) await this.stretch(id, typed.code);
      else if (count === null) this.notACode(id, text);
      else this.mend(id, text, count);
    } catch {
      this.conversation.refused({ id, text: this.means.text("page-failed") });
    }
  }

  /** Where a code was asked for, a text of many digits is one that went wrong; null for anything else. */
  private typo(text: string): number | null {
    return this.conversation.state.value === "code" ? digitsOf(text) : null;
  }

  /** The digits go back into the field; the server hears how many they were. */
  private mend(id: string, text: string, count: number): void {
    this.refill.value = toMend(text);
    if (count > CODE_DIGITS) this.conversation.note(this.means.text("page-code-long", { count }));
    this.finishCode(id, { t: "typo", id, count });
  }

  private async stretch(id: string, code: string): Promise<void> {
    if (!this.salt) return; // the connection is not up yet; `ready` starts it again
    this.finishCode(id, { t: "code", id, ...(await this.means.receipts.stretch(code, this.salt)) });
  }

  private finishCode(id: string, act: Act): void {
    this.codes.delete(id);
    this.socket.send(act);
  }

  private notACode(id: string, text: string): void {
    this.codes.delete(id);
    this.conversation.discard(id);
    this.say(text);
  }

  private take(frame: Frame): void {
    if (frame.t === "ready") this.salt = fromBase64url(frame.site.salt);
    else if (frame.t === "noted" || frame.t === "error") this.noted(frame);
    else {
      this.conversation.said(frame);
      this.held.said();
      this.release();
      this.enterDoor();
    }
    if (frame.t === "ready") this.resume();
  }

  private addFile(file: Blob, kind: MediaKind, more: { text: string; seconds?: number }): void {
    const id = freshId();
    const big = tooBig(file, kind);
    const url = big ? null : this.means.url(file);
    this.conversation.add({ id, what: kind, size: file.size, url, ...more });
    if (big) this.delivered(id, "big");
    else this.uploads.add({ id, kind, file });
  }

  /** A file that is not in yet is stopped; whatever else never became a part leaves the page alone. */
  private giveUp(own: Own): void {
    if (isMedia(own.what)) {
      this.dropped.add(own.id);
      this.uploads.cancel(own.id);
    }
    this.conversation.discard(own.id);
    this.release();
  }

  private noted(frame: Noted | Refused): void {
    this.uploads.cancel(frame.id); // it is known what became of it: it need not get there once more
    if (frame.t === "error") this.refuse(frame);
    else if (this.dropped.delete(frame.id)) this.dropStored(frame.parts ?? []);
    else this.conversation.noted(frame);
    this.release();
  }

  private dropStored(parts: readonly string[]): void {
    for (const part of parts) this.socket.send({ t: "drop", id: freshId(), part });
  }

  /** Back on line: files and codes that waited go on; the socket sends the rest itself. */
  private resume(): void {
    this.uploads.resume();
    for (const [id, text] of this.codes) void this.sendCode(id, text);
  }

  private turn(link: Link): void {
    this.link.value = link;
  }

  private enterDoor(): void {
    if (this.door !== null && this.pressNumber(this.door)) this.door = null;
  }

  private delivered(id: string, delivery: Exclude<Delivery, "offline">): void {
    if (delivery === "stored") this.conversation.stored(id);
    else this.refuse({ id, text: this.refusal(id, delivery) }, delivery === "busy");
    this.release();
  }

  private refuse(frame: Pick<Refused, "id" | "text">, again = true): void {
    this.conversation.refused(frame, again);
    this.held.stop();
  }

  private refusal(id: string, why: "big" | "bad" | "busy"): string {
    const what = this.conversation.own(id)?.what ?? "file";
    if (why === "big" && isMedia(what)) return this.means.text("too-big-here", { here: MEGABYTES[what] });
    return this.means.text(why === "busy" ? "too-fast" : "media-bad");
  }

  /** What waited goes once the box has spoken of all that it waits for. One choice at a time: the next waits for the answer. */
  private release(): void {
    const act = this.held.free ? this.held.next(this.menu.value) : null;
    if (act) this.socket.send(act);
    this.tellHolding();
  }

  private tellHolding(): void {
    this.holding.value = this.held.forFiles;
  }
}

function placeAct(own: Own): Act {
  const [latitude = "", longitude = ""] = own.text.split(", ");
  return { t: "place", id: own.id, latitude, longitude };
}

/** Most characters of one text act; the server splits further. Nothing is cut. */
const LONGEST = 16_000;

/** A text in pieces the server takes, broken at white space where there is some. */
export function pieces(text: string): string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > LONGEST) {
    const space = rest.slice(0, LONGEST).search(/\s\S*$/u);
    const middle = /[\uDC00-\uDFFF]/.test(rest.charAt(LONGEST)) ? LONGEST - 1 : LONGEST;
    const at = space > LONGEST / 2 ? space : middle;
    found.push(rest.slice(0, at));
    rest = rest.slice(at).trimStart();
  }
  return [...found, rest];
}
