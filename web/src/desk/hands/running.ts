/**
 * Long work on many tips that may be paused, left and begun again: how far it is, how long it still takes, what failed.
 *
 * What is done stands on the server; whoever begins again goes on with what is left. Locking ends it.
 */
import { type Signal, signal } from "@preact/signals";
import { onLock } from "../session.ts";

/** A tip with which it did not work, and why, as a word of the catalogue. */
export interface Failed {
  tip: string;
  why: string;
}

export interface Run {
  state: "running" | "paused" | "done" | "broken";
  done: number;
  of: number;
  /** Seconds that are left at the pace so far; null before there is one. */
  left: number | null;
  failed: readonly Failed[];
  /** Of a broken one: the catalogue key that says why. */
  why: string | null;
}

/** One batch: what was done in it, and whether there is more. */
export interface Step {
  done: number;
  failed: readonly Failed[];
  more: boolean;
}

export class Running {
  readonly run: Signal<Run | null> = signal(null);
  private turn = 0;
  private since = 0;

  constructor(private readonly clock: () => number = () => performance.now()) {
    onLock(() => this.forget());
  }

  /** Ends what runs, and shows nothing of it. */
  forget(): void {
    this.turn += 1;
    this.run.value = null;
  }

  /** Stops behind the batch under way. */
  pause(): void {
    const now = this.run.value;
    if (now?.state === "running") this.run.value = { ...now, state: "paused", left: null };
  }

  /** Does `step` until there is no more, it is paused or breaks. `why` names what broke it. */
  async begin(of: number, step: () => Promise<Step>, why: (error: unknown) => string): Promise<void> {
    const turn = ++this.turn;
    this.since = this.clock();
    this.run.value = { state: "running", done: 0, of, left: null, failed: [], why: null };
    try {
      for (let more = true; more && this.goesOn(turn); ) {
        const batch = await step();
        if (turn !== this.turn) return;
        this.count(batch);
        ({ more } = batch);
        if (!more) this.settle("done", null);
      }
    } catch (error) {
      if (turn === this.turn) this.settle("broken", why(error));
    }
  }

  private goesOn(turn: number): boolean {
    return turn === this.turn && this.run.value?.state === "running";
  }

  private count({ done, failed }: Step): void {
    const now = this.run.value;
    if (!now) return;
    const sum = now.done + done;
    const all = [...now.failed, ...failed];
    const gone = sum + all.length;
    const pace = (this.clock() - this.since) / 1000 / Math.max(gone, 1);
    const left = now.state === "running" ? Math.ceil(pace * Math.max(now.of - gone, 0)) : null;
    this.run.value = { ...now, done: sum, of: Math.max(now.of, gone), failed: all, left };
  }

  private settle(state: Run["state"], why: string | null): void {
    const now = this.run.value;
    if (now) this.run.value = { ...now, state, left: null, why };
  }
}
