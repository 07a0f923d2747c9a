/**
 * What stands on the page: the messages in order, the choices of the last one, the draft, the receipt while shown.
 * Owns nothing but values and how a frame or an act of the person changes them. Must not send or draw.
 */
import { computed, type Signal, signal } from "@preact/signals";
import type { Language } from "../shared/texts.ts";
import { isMedia, type MediaKind } from "./media.ts";
import type { Draft, Menu, Noted, Refused, Say } from "./protocol.ts";

/** Where an own message stands. `sent` is received as part of a tip; `passed` was noted and is no part of a draft. */
export type Standing = "waiting" | "noted" | "passed" | "sent" | "failed";

/** What an own message is. */
export type What = "text" | "place" | "choice" | "code" | MediaKind;

/** Something the person wrote, chose or attached. */
export interface Own {
  readonly from: "own";
  readonly id: string;
  readonly what: What;
  /** Words; the coordinates of a place, the name of a file. */
  readonly text: string;
  /** Object URL of what was attached, dropped with the item. */
  readonly url: string | null;
  /** Size of what was attached, in bytes. */
  readonly size: number;
  /** Length of a recording. */
  readonly seconds: number;
  readonly standing: Standing;
  readonly parts: readonly string[];
  /** Why it failed, in words; empty otherwise. */
  readonly trouble: string;
  /** False where trying again cannot help. */
  readonly again: boolean;
}

/** Something the box said. */
export interface Said {
  readonly from: "box";
  readonly n: number;
  readonly kind: Say["kind"] | "note";
  readonly lines: readonly string[];
  readonly state: string;
  readonly asks: boolean;
  readonly language: Language;
  readonly urgent: boolean;
}

export type Item = Own | Said;

/** The receipt while its card covers the page: the code, what was said just before it, and after it. */
export interface Receipt {
  readonly code: string;
  readonly before: readonly string[];
  readonly lines: readonly string[];
}

/** What the person did, as the page first hears of it. */
export type Doing = Pick<Own, "id" | "what" | "text"> & Partial<Pick<Own, "url" | "size" | "seconds">>;

type Urls = { drop(url: string): void };

export class Conversation {
  readonly items: Signal<readonly Item[]> = signal([]);
  readonly menu: Signal<Menu | null> = signal(null);
  readonly state = signal("");
  /** What the box speaks now; the page's own words follow. */
  readonly language: Signal<Language>;
  readonly draft: Signal<Draft | null> = signal(null);
  /** When the box last spoke of the draft: it is erased a day after the last of them. */
  readonly draftHeard: Signal<number | null> = signal(null);
  readonly receipt: Signal<Receipt | null> = signal(null);
  /** Counts tips and additions received on this page, so that each can be announced. */
  readonly received = signal(0);
  readonly waiting = computed(() =>
    this.items.value.some((item) => item.from === "own" && item.standing === "waiting"),
  );

  private greeted = false;
  /** Notes of the page count downwards from 0, beside what the box numbers from 1. */
  private notes = 0;

  /** `receivedWords`: the state ĐÃ TIẾP NHẬN in every language, `now`: ms since 1970, `language`: to begin with. */
  constructor(
    private readonly urls: Urls,
    private readonly receivedWords: readonly string[],
    private readonly now: () => number,
    language: Language,
  ) {
    this.language = signal(language);
  }

  /** Shows what the person just did, waiting to be noted. */
  add(doing: Doing): void {
    const own: Own = {
      from: "own",
      standing: "waiting",
      parts: [],
      trouble: "",
      again: true,
      url: null,
      size: 0,
      seconds: 0,
      ...doing,
    };
    this.items.value = [...this.items.value, own];
  }

  /** A message of the page itself, in the box's voice. */
  note(line: string): void {
    const said: Said = {
      from: "box",
      n: this.notes--,
      kind: "note",
      lines: [line],
      state: "",
      asks: false,
      language: this.language.value,
      urgent: false,
    };
    this.items.value = [...this.items.value, said];
  }

  /** The own message of this id, if it is on the page. */
  own(id: string): Own | undefined {
    return this.items.value.find((item): item is Own => item.from === "own" && item.id === id);
  }

  /** The server has stored an act. */
  noted(frame: Noted): void {
    const { id, parts } = frame;
    if (parts === null) this.stored(id);
    else {
      this.change(id, (own) => ({ ...own, parts, trouble: "", ...standingOf(own, parts) }));
      this.adopt(this.draft.value);
    }
  }

  /** Something is stored; which part it is comes with the draft. A choice or a code is none. */
  stored(id: string): void {
    this.change(id, (own) => {
      const standing: Standing = isPart(own) ? "noted" : "passed";
      return own.standing === "waiting" ? { ...own, standing, trouble: "" } : own;
    });
    this.adopt(this.draft.value);
  }

  /** An act was not stored. */
  refused(frame: Pick<Refused, "id" | "text">, again = true): void {
    if (!this.own(frame.id)) this.note(frame.text);
    this.change(frame.id, (own) => ({ ...own, standing: "failed", trouble: frame.text, again }));
  }

  /** The person tries a failed message again. */
  retry(id: string): void {
    this.change(id, (own) => ({ ...own, standing: "waiting", trouble: "" }));
  }

  /** The box speaks. */
  said(frame: Say): void {
    this.settleDraft(frame);
    this.adopt(frame.draft);
    this.pass();
    this.draft.value = frame.draft;
    this.state.value = frame.state;
    this.menu.value = frame.menu;
    this.language.value = frame.lang;
    if (frame.kind === "code") this.showReceipt(frame);
    else if (this.receipt.value) this.besideReceipt(frame);
    else this.show(frame);
  }

  /** Removes a message that never became a part. */
  discard(id: string): void {
    this.keep((item) => item.from !== "own" || item.id !== id);
  }

  /** The receipt's card is closed: the code leaves the page, and all but what was received. */
  closeReceipt(): void {
    this.receipt.value = null;
    this.keep((item) => item.from === "own" && item.standing !== "passed");
  }

  /** Drops everything: messages, pictures, code. */
  wipe(): void {
    this.keep(() => false);
    this.menu.value = null;
    this.draft.value = null;
    this.draftHeard.value = null;
    this.receipt.value = null;
    this.state.value = "";
  }

  /** The greeting stands above what was already written on the start page; everything else comes last. */
  private show(frame: Say): void {
    const greeting = !this.greeted;
    this.greeted = true;
    const others = this.items.value.filter((item) => !replaced(item, frame));
    this.items.value = greeting ? [shown(frame), ...others] : [...others, shown(frame)];
  }

  private showReceipt(frame: Say): void {
    const [code = "", ...lines] = frame.text;
    const before = this.items.value.at(-1);
    const told = before?.from === "box" && before.kind === "plain" ? toldBefore(before.lines) : [];
    this.receipt.value = { code, before: told, lines: lines.flatMap(apart) };
  }

  private besideReceipt(frame: Say): void {
    const receipt = this.receipt.value;
    if (receipt) this.receipt.value = { ...receipt, lines: [...receipt.lines, ...frame.text.flatMap(apart)] };
  }

  /** Own parts that leave the draft were received, put aside while a tip is open, or erased. */
  private settleDraft(frame: Say): void {
    const before = this.draft.value;
    if (frame.draft) this.draftHeard.value = this.now();
    if (!frame.draft) this.endDraft();
    if (!before) return;
    const kept = new Set(frame.draft?.parts);
    const leaving = new Set(before.parts.filter((part) => !kept.has(part)));
    if (leaving.size === 0) return;
    const left = (item: Item) => item.from === "own" && item.parts.some((part) => leaving.has(part));
    if (this.tellsReceipt(frame)) this.file(left);
    else if (frame.state !== "mail" || !this.cameByCode()) this.keep((item) => !left(item));
  }

  /** No draft any more: a card that says "not sent" would be wrong. */
  private endDraft(): void {
    this.draftHeard.value = null;
    this.keep((item) => item.from !== "box" || item.kind !== "card");
  }

  private tellsReceipt(frame: Say): boolean {
    return (
      frame.kind === "code" ||
      frame.text.some((line) => this.receivedWords.some((word) => line.includes(word)))
    );
  }

  private cameByCode(): boolean {
    const own = this.items.value.findLast((item) => item.from === "own");
    return own?.what === "code";
  }

  /** Parts of the draft that no message names yet belong to those stored without saying which part they are. */
  private adopt(draft: Draft | null): void {
    if (
      this.items.value.some(
        (item) => item.from === "own" && item.what === "text" && item.standing === "waiting",
      )
    )
      return;
    const named = new Set(this.items.value.flatMap((item) => (item.from === "own" ? item.parts : [])));
    const unnamed = draft?.parts.filter((part) => !named.has(part)) ?? [];
    for (const item of this.items.value.filter(nameless)) {
      const part = unnamed.shift();
      if (part !== undefined) this.change(item.id, (own) => ({ ...own, parts: [part] }));
    }
  }

  /** The box has answered: what was said and is no part of the draft by now was a command. */
  private pass(): void {
    this.items.value = this.items.value.map((item) =>
      nameless(item) && !isMedia(item.what) ? { ...item, standing: "passed" } : item,
    );
  }

  private file(left: (item: Item) => boolean): void {
    this.received.value += 1;
    this.items.value = this.items.value.map((item) =>
      item.from === "own" && left(item) ? { ...item, standing: "sent" } : item,
    );
  }

  private change(id: string, how: (own: Own) => Own): void {
    this.items.value = this.items.value.map((item) =>
      item.from === "own" && item.id === id ? how(item) : item,
    );
  }

  private keep(wanted: (item: Item) => boolean): void {
    for (const item of this.items.value) {
      if (!wanted(item) && item.from === "own" && item.url) this.urls.drop(item.url);
    }
    this.items.value = this.items.value.filter(wanted);
  }
}

/** True for what is to be part of a tip; a choice and a code are none. */
export function isPart(own: Own): boolean {
  return own.what !== "choice" && own.what !== "code";
}

/** Where a noted message stands: words that are no part were a command, a file that is none was not taken. */
function standingOf(own: Own, parts: readonly string[]): Pick<Own, "standing" | "again"> {
  if (parts.length > 0) return { standing: "noted", again: own.again };
  return isMedia(own.what) ? { standing: "failed", again: false } : { standing: "passed", again: own.again };
}

/** Stored, and not yet known as which part. */
function nameless(item: Item): item is Own {
  return item.from === "own" && item.standing === "noted" && item.parts.length === 0;
}

/** What to say above a code: the message before it, without "received" at its head and its pointer to the code. */
function toldBefore(lines: readonly string[]): string[] {
  const [head = "", ...rest] = lines;
  const between = head
    .split(/(?<=\.)\s+/)
    .slice(1, -1)
    .join(" ");
  return [...(between ? [between] : []), ...rest];
}

/** The newest card stands for the draft, so that an older one goes. */
function replaced(item: Item, frame: Say): boolean {
  return frame.kind === "card" && item.from === "box" && item.kind === "card";
}

/** The lines of one text. */
function apart(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

function shown(frame: Say): Said {
  return {
    from: "box",
    n: frame.n,
    kind: frame.kind,
    lines: frame.kind === "paper" ? frame.text : frame.text.flatMap(apart),
    state: frame.state,
    asks: frame.menu !== null,
    language: frame.lang,
    urgent: frame.urgentline === true,
  };
}
