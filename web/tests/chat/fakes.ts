/** A wire, a clock and a server held by the test. */
import type { Act, Frame, Hello, Say } from "../../src/chat/protocol.ts";
import type { Clock, Wire } from "../../src/chat/socket.ts";

type Sent = Hello | Act | { t: "ack"; n: number };

export class FakeWire implements Wire {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly sent: Sent[] = [];
  closed = false;

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Sent);
  }

  close(): void {
    this.closed = true;
  }

  hear(frame: Frame | { t: "noise" }): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  break(): void {
    this.onclose?.();
  }
}

export class FakeClock implements Clock {
  now = 0;
  private timers: { at: number; run: () => void }[] = [];

  after(milliseconds: number, run: () => void): () => void {
    const timer = { at: this.now + milliseconds, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  jitter(): number {
    return 0;
  }

  pass(milliseconds: number): void {
    const end = this.now + milliseconds;
    for (;;) {
      const next = this.timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.now = next.at;
      next.run();
    }
    this.now = end;
  }
}

/** The server's side of a chat: stores each act once by its id, numbers what it says, repeats what was not seen. */
export class FakeServer {
  readonly stored: string[] = [];
  private readonly seenIds = new Map<string, string[]>();
  private readonly said: Say[] = [];

  /** Handles everything the wire has sent from `from` on; answers unless `mute`. Returns where to go on. */
  serve(wire: FakeWire, from = 0, mute = false): number {
    let at = from;
    for (let frame = wire.sent[at]; frame; frame = wire.sent[at]) {
      at += 1;
      this.handle(wire, frame, mute);
    }
    return at;
  }

  private handle(wire: FakeWire, frame: Sent, mute: boolean): void {
    if (frame.t === "hello") {
      if (!mute) wire.hear({ t: "ready", site: { salt: "AAAA", demo: true } });
      for (const say of this.said.filter((other) => other.n > frame.seen)) if (!mute) wire.hear(say);
    } else if (frame.t === "text") this.store(wire, frame.id, frame.text, mute);
  }

  private store(wire: FakeWire, id: string, text: string, mute: boolean): void {
    const known = this.seenIds.get(id);
    const parts = known ?? [`part-${this.stored.length}`];
    if (!known) {
      this.stored.push(text);
      this.seenIds.set(id, parts);
      this.said.push(say({ n: this.said.length + 1, draft: [...this.seenIds.values()].flat() }));
    }
    if (mute) return;
    wire.hear({ t: "noted", id, parts });
    const last = this.said.at(-1);
    if (!known && last) wire.hear(last);
  }
}

/** A `say` with the parts of its draft, if any. */
export function say({ draft, ...frame }: Partial<Omit<Say, "draft">> & { draft?: string[] | null }): Say {
  return {
    t: "say",
    n: 1,
    kind: "card",
    text: ["card"],
    menu: null,
    draft: draft ? { count: draft.length, parts: draft, urgent: false } : null,
    state: "collect",
    lang: "vi",
    urgentline: false,
    ...frame,
  };
}
