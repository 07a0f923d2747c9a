/** The bell: what rings, what counts as missed, and when the connection is called lost. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { connection, type Listener, type Listening, listen, type Wire } from "../../src/desk/api/live.ts";

class TestWire implements Wire {
  static made: TestWire[] = [];
  readyState: Wire["readyState"] = 0;
  readonly said: unknown[] = [];
  onopen: Wire["onopen"] = null;
  onmessage: Wire["onmessage"] = null;
  onclose: Wire["onclose"] = null;

  constructor() {
    TestWire.made.push(this);
  }

  open(): void {
    this.readyState = WebSocket.OPEN;
    this.onopen?.call(this as never, new Event("open"));
  }

  say(text: string): void {
    this.onmessage?.call(this as never, new MessageEvent("message", { data: text }));
  }

  send(frame: Parameters<Wire["send"]>[0]): void {
    this.said.push(JSON.parse(String(frame)));
  }

  close(): void {
    this.readyState = WebSocket.CLOSED;
    this.onclose?.call(this as never, new Event("close") as CloseEvent);
  }
}

const newest = () => TestWire.made.at(-1) ?? new TestWire();

const heard = new Map<string, () => void>();
let answers: boolean;
let listener: Listener;
let listening: Listening;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", { CONNECTING: 0, OPEN: 1, CLOSED: 3 });
  vi.stubGlobal("addEventListener", (name: string, work: () => void) => heard.set(name, work));
  vi.stubGlobal("removeEventListener", vi.fn());
  TestWire.made = [];
  answers = true;
  listener = {
    connect: () => new TestWire(),
    probe: () => (answers ? Promise.resolve() : Promise.reject(new Error("away"))),
    rung: vi.fn(),
    missed: vi.fn(),
    here: vi.fn(),
    changed: vi.fn(),
    word: () => ({ t: "at", tip: "t" }),
  };
  listening = listen(listener);
});

afterEach(() => {
  listening.end();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the bell", () => {
  it("rings for tips and news, not for pings or noise", () => {
    newest().open();
    expect(connection.value).toBe("joined");
    for (const frame of ['{"t":"tip","urgent":true}', '{"t":"news"}', '{"t":"ping"}', "noise", "null"])
      newest().say(frame);
    expect(listener.rung).toHaveBeenCalledTimes(2);
    expect(listener.missed).not.toHaveBeenCalled();
  });

  it("tells who else is where, and looks again without a ring where a colleague did something", () => {
    newest().open();
    newest().say('{"t":"here","open":{"t":["s-2"]},"changed":[]}');
    expect(listener.here).toHaveBeenLastCalledWith({ t: ["s-2"] });
    expect(listener.changed).not.toHaveBeenCalled();
    newest().say('{"t":"here","open":{},"changed":["t"]}');
    expect(listener.here).toHaveBeenLastCalledWith({});
    expect(listener.changed).toHaveBeenCalledExactlyOnceWith(["t"]);
    expect(listener.rung).not.toHaveBeenCalled();
  });

  it("says where this console is, anew on every line", async () => {
    listening.say({ t: "at", tip: null });
    newest().open();
    listening.say({ t: "at", tip: null });
    expect(newest().said).toEqual([
      { t: "at", tip: "t" },
      { t: "at", tip: null },
    ]);
    newest().close();
    await vi.advanceTimersByTimeAsync(2_000);
    newest().open();
    expect(newest().said).toEqual([{ t: "at", tip: "t" }]);
  });

  it("knows at once that the machine has no network", async () => {
    newest().open();
    answers = false;
    heard.get("offline")?.();
    expect(connection.value).toBe("away");
    await vi.advanceTimersByTimeAsync(0);
    expect(connection.value).toBe("away");
  });

  it("looks again after it was away", async () => {
    newest().open();
    answers = false;
    newest().close();
    await vi.advanceTimersByTimeAsync(0);
    expect(connection.value).toBe("away");
    await vi.advanceTimersByTimeAsync(2_000);
    expect(TestWire.made).toHaveLength(2);
    newest().open();
    expect(connection.value).toBe("joined");
    expect(listener.missed).toHaveBeenCalledTimes(1);
  });

  it("is not lost while the server answers, and looks at every try", async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      newest().close();
      await vi.advanceTimersByTimeAsync(10_000);
    }
    expect(connection.value).toBe("joining");
    expect(listener.missed).toHaveBeenCalledTimes(3);
  });

  it("waits longer and longer, at most half a minute", async () => {
    answers = false;
    for (let turn = 0; turn < 8; turn += 1) {
      newest().close();
      await vi.advanceTimersByTimeAsync(38_000);
    }
    const made = TestWire.made.length;
    newest().close();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(TestWire.made).toHaveLength(made);
    await vi.advanceTimersByTimeAsync(18_000);
    expect(TestWire.made).toHaveLength(made + 1);
  });

  it("takes a server that pinged and fell silent for gone, and one that never pinged not", async () => {
    newest().open();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(TestWire.made).toHaveLength(1);
    newest().say('{"t":"ping"}');
    await vi.advanceTimersByTimeAsync(80_000);
    expect(TestWire.made).toHaveLength(2);
  });

  it("makes no further try once ended", async () => {
    newest().open();
    listening.end();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(TestWire.made).toHaveLength(1);
  });
});
