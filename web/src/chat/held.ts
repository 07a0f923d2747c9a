/**
 * Choices that wait: for words on their way, and where they send a tip, for files. What comes in changes the menu, so
 * that a choice is kept as what it does and looked up in the menu that stands then. Must not send.
 *
 * The server waits for files too, but knows only those that have begun to arrive: messengers need no more. Of a page it
 * cannot know what is still in line or without a network, so that here the page waits (FLOWS §2.2, `send-wait`).
 */
import { type Conversation, isPart, type Own } from "./conversation.ts";
import { isMedia } from "./media.ts";
import type { Act, Choice, Menu } from "./protocol.ts";

/** Serial of the page's own choices; the server's are never empty. */
export const PAGE = "";

interface Waiting {
  readonly id: string;
  readonly choice: Choice;
  readonly serial: string;
  /** It sends what is noted. */
  readonly sends: boolean;
}

export class Held {
  private waiting: Waiting[] = [];
  private named = 0;
  /** Messages the box has answered. */
  private readonly answered = new Set<string>();

  constructor(private readonly conversation: Conversation) {}

  /** True where a choice of `menu` must wait. */
  mustWait(choice: Choice, menu: Menu): boolean {
    return this.waiting.length > 0 || this.unsettled || (sends(choice, menu) && this.filesComing);
  }

  /** Keeps a choice. False where the same one waits already. */
  add(id: string, choice: Choice, menu: Menu): boolean {
    if (this.waiting.some((other) => other.choice.act === choice.act)) return false;
    this.waiting.push({ id, choice, serial: menu.serial, sends: sends(choice, menu) });
    return true;
  }

  /** True where the next choice can go, if there is one. */
  get free(): boolean {
    return !this.unsettled && !(this.waiting[0]?.sends && this.filesComing);
  }

  /** True while the next choice would send, and waits for files. */
  get forFiles(): boolean {
    return this.waiting[0]?.sends === true && this.filesComing;
  }

  /** The box has spoken: counts the parts it named. */
  said(): void {
    const named = this.conversation.draft.value?.count ?? 0;
    const grew = named > this.named;
    this.named = named;
    for (const own of this.noted()) if (!grew || this.told(own)) this.answered.add(own.id);
  }

  /** A file was not taken: nothing is sent without the person having seen that. */
  stop(): void {
    for (const held of this.waiting.filter((one) => one.sends)) this.conversation.discard(held.id);
    this.waiting = this.waiting.filter((one) => !one.sends);
  }

  /** Takes the oldest choice as an act upon `menu`; null where none waits, or where it stands there no more. */
  next(menu: Menu | null): Act | null {
    for (let held = this.waiting.shift(); held; held = this.waiting.shift()) {
      const act = actOf(held.id, held.choice, held.serial, menu);
      if (act) return act;
      this.conversation.discard(held.id);
    }
    return null;
  }

  /** Drops everything. */
  clear(): void {
    this.waiting = [];
    this.answered.clear();
  }

  /** Something written, or noted of what was attached, is not yet part of what the box last spoke of. */
  private get unsettled(): boolean {
    const coming = this.parts().some((own) => own.standing === "waiting" && !isMedia(own.what));
    return coming || this.noted().some((own) => !this.told(own));
  }

  private get filesComing(): boolean {
    return this.parts().some((own) => own.standing === "waiting" && isMedia(own.what));
  }

  private noted(): Own[] {
    return this.parts().filter((own) => own.standing === "noted");
  }

  private parts(): Own[] {
    return this.conversation.items.value.filter((item): item is Own => item.from === "own" && isPart(item));
  }

  private told(own: Own): boolean {
    if (this.answered.has(own.id)) return true;
    const parts = this.conversation.draft.value?.parts ?? [];
    return own.parts.length > 0 && own.parts.every((part) => parts.includes(part));
  }
}

/** True for what sends a tip, or an addition, whose card leads back to the tip it adds to. */
function sends({ act }: Choice, menu: Menu): boolean {
  const adds = menu.choices.some((other) => other.act === "leave");
  return /^(submit|send-now)/.test(act) || (act === "send" && adds);
}

/** The act of a choice made in the menu `serial`, upon the menu that stands; null where it is gone from there. */
export function actOf(id: string, choice: Choice, serial: string, menu: Menu | null): Act | null {
  if (serial === PAGE) return { t: "text", id, text: choice.act };
  if (menu?.serial === serial) return { t: "press", id, serial, n: choice.n };
  const now = menu?.choices.find((other) => other.act === choice.act);
  return menu && now ? { t: "press", id, serial: menu.serial, n: now.n } : null;
}
