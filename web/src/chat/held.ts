/**
 * Choices made while words or files are still on their way. What comes in changes the menu, so that a choice is
 * kept as what it does and looked up in the menu that stands then. Must not send.
 */
import { type Conversation, isPart, type Own } from "./conversation.ts";
import type { Act, Choice, Menu } from "./protocol.ts";

/** Serial of the page's own choices; the server's are never empty. */
export const PAGE = "";

interface Waiting {
  readonly id: string;
  readonly choice: Choice;
  readonly serial: string;
}

export class Held {
  private waiting: Waiting[] = [];
  private named = 0;
  /** Messages the box has answered. */
  private readonly answered = new Set<string>();

  constructor(private readonly conversation: Conversation) {}

  /** Keeps a choice. False where the same one waits already. */
  add(id: string, choice: Choice, serial: string): boolean {
    if (this.waiting.some((other) => other.choice.act === choice.act)) return false;
    this.waiting.push({ id, choice, serial });
    return true;
  }

  /** How many choices wait. */
  get count(): number {
    return this.waiting.length;
  }

  /** True while something written or attached is not yet part of what the box last spoke of. */
  get unsettled(): boolean {
    return this.coming() || this.noted().some((own) => !this.told(own));
  }

  /** The box has spoken: counts the parts it named. True where the next choice can go. */
  said(): boolean {
    const named = this.conversation.draft.value?.count ?? 0;
    const grew = named > this.named;
    this.named = named;
    for (const own of this.noted()) if (!grew || this.told(own)) this.answered.add(own.id);
    return !this.unsettled;
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

  private coming(): boolean {
    return this.parts().some((own) => own.standing === "waiting");
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

/** The act of a choice made in the menu `serial`, upon the menu that stands; null where it is gone from there. */
export function actOf(id: string, choice: Choice, serial: string, menu: Menu | null): Act | null {
  if (serial === PAGE) return { t: "text", id, text: choice.act };
  if (menu?.serial === serial) return { t: "press", id, serial, n: choice.n };
  const now = menu?.choices.find((other) => other.act === choice.act);
  return menu && now ? { t: "press", id, serial: menu.serial, n: now.n } : null;
}
