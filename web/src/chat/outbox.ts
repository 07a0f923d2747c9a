/**
 * Acts the server has not noted yet, in the order they were made. They wait in page memory alone; a repeat
 * after a lost connection carries the same id, so nothing is lost and nothing doubled.
 */
import type { Act } from "./protocol.ts";

export class Outbox {
  private waiting: Act[] = [];

  /** Adds an act at the end. The same id is taken once. */
  add(act: Act): void {
    if (!this.waiting.some((other) => other.id === act.id)) this.waiting.push(act);
  }

  /** The server has answered this id: it need not be sent again. False if it was not waiting. */
  settle(id: string): boolean {
    const before = this.waiting.length;
    this.waiting = this.waiting.filter((act) => act.id !== id);
    return this.waiting.length < before;
  }

  /** Everything not noted, oldest first. */
  all(): readonly Act[] {
    return this.waiting;
  }

  /** Drops everything at once. */
  clear(): void {
    this.waiting = [];
  }
}
