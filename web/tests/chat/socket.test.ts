/** The socket over a connection that comes and goes. */
import { beforeEach, describe, expect, it } from "vitest";
import type { Frame } from "../../src/chat/protocol.ts";
import { type Link, Socket } from "../../src/chat/socket.ts";
import { FakeClock, FakeServer, FakeWire, say } from "./fakes.ts";

let clock: FakeClock;
let wires: FakeWire[];
let heard: Frame[];
let links: Link[];
let socket: Socket;

const last = (): FakeWire => {
  const wire = wires.at(-1);
  if (!wire) throw new Error("no connection");
  return wire;
};
const text = (id: string) => ({ t: "text" as const, id, text: id });
const ids = (wire: FakeWire) => wire.sent.flatMap((frame) => ("id" in frame ? [frame.id] : []));
const ready = () => {
  last().onopen?.();
  last().hear({ t: "ready", site: { salt: "AAAA", demo: false } });
};
const up = () => {
  ready();
  last().hear({ t: "noted", id: "open", parts: [] });
};

beforeEach(() => {
  clock = new FakeClock();
  wires = [];
  heard = [];
  links = [];
  const connect = () => {
    const wire = new FakeWire();
    wires.push(wire);
    return wire;
  };
  const hello = () => ({ session: "s", box: null, lang: "vi" as const, reloaded: false });
  const listener = { frame: (f: Frame) => heard.push(f), link: (l: Link) => links.push(l) };
  socket = new Socket(connect, hello, listener, clock);
  socket.open();
});

describe("hello", () => {
  it("says that the page was opened until the server has answered, and what it has seen", () => {
    last().onopen?.();
    last().break();
    clock.pass(300);
    up();
    last().hear(say({ n: 7 }));
    last().break();
    clock.pass(300);
    up();
    expect(wires.map((wire) => wire.sent[0])).toMatchObject([
      { t: "hello", open: true, seen: 0 },
      { t: "hello", open: true, seen: 0 },
      { t: "hello", open: false, seen: 7 },
    ]);
  });
});

describe("an opening that the server could not note", () => {
  const hellos = () => wires.map((wire) => wire.sent[0]);

  it("is told again over a new connection, after growing waits, until it is noted", () => {
    ready();
    last().hear({ t: "error", id: "open", text: "later" });
    expect(links.at(-1)).toBe("lost");
    clock.pass(300);
    ready();
    last().hear({ t: "error", id: "open", text: "later" });
    clock.pass(999);
    expect(wires).toHaveLength(2);
    clock.pass(1);
    up();
    last().break();
    clock.pass(300);
    up();
    expect(hellos().map((hello) => hello && "open" in hello && hello.open)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it("is no line in the chat as long as that may help, and then the person may write", () => {
    for (let tried = 0; tried < 6; tried += 1) {
      ready();
      last().hear({ t: "error", id: "open", text: "later" });
      clock.pass(15_000);
    }
    expect(heard.map((frame) => frame.t)).toEqual(Array(6).fill("ready"));
    ready();
    last().hear({ t: "error", id: "open", text: "later" });
    expect(heard.at(-1)).toMatchObject({ t: "error", id: "open" });
    expect(links.at(-1)).toBe("open");
  });
});

describe("acts", () => {
  it("wait for ready and go in order", () => {
    socket.send(text("a"));
    last().onopen?.();
    socket.send(text("b"));
    expect(ids(last())).toEqual([]);
    last().hear({ t: "ready", site: { salt: "AAAA", demo: false } });
    expect(ids(last())).toEqual(["a", "b"]);
  });

  it("are sent again after a loss until noted, and no longer", () => {
    up();
    socket.send(text("a"));
    socket.send(text("b"));
    last().hear({ t: "noted", id: "a", parts: [] });
    last().break();
    clock.pass(300);
    up();
    expect(ids(last())).toEqual(["b"]);
  });

  it("refused ones are not sent again by themselves", () => {
    up();
    socket.send(text("a"));
    last().hear({ t: "error", id: "a", text: "no" });
    last().break();
    clock.pass(300);
    up();
    expect(ids(last())).toEqual([]);
    expect(heard.at(-3)).toMatchObject({ t: "error", id: "a" });
  });
});

describe("what the box says", () => {
  it("is passed on once and acknowledged each time", () => {
    up();
    last().hear(say({ n: 1 }));
    last().hear(say({ n: 1 }));
    last().hear(say({ n: 2 }));
    expect(heard.filter((frame) => frame.t === "say").map((frame) => frame.n)).toEqual([1, 2]);
    expect(last().sent.filter((frame) => frame.t === "ack")).toHaveLength(3);
  });

  it("of an unknown kind is ignored", () => {
    up();
    last().hear({ t: "noise" });
    last().onmessage?.({ data: "not json" });
    expect(heard).toHaveLength(2);
  });
});

describe("reconnecting", () => {
  it("waits longer each time, up to fifteen seconds", () => {
    const waits = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const before = clock.now;
      const count = wires.length;
      last().break();
      while (wires.length === count) clock.pass(100);
      waits.push(clock.now - before);
    }
    expect(waits).toEqual([300, 1000, 2000, 4000, 8000, 15000, 15000, 15000]);
  });

  it("starts over after an answer, and at once when the network is back", () => {
    last().break();
    clock.pass(300);
    last().break();
    socket.open();
    expect(wires).toHaveLength(3);
    up();
    last().break();
    clock.pass(300);
    expect(wires).toHaveLength(4);
  });

  it("takes a silent connection for dead while something is not noted", () => {
    up();
    clock.pass(60_000);
    expect(wires).toHaveLength(1);
    socket.send(text("a"));
    clock.pass(10_000);
    expect(links.at(-1)).toBe("lost");
    clock.pass(300);
    expect(wires).toHaveLength(2);
    expect(wires[0]?.closed).toBe(true);
  });

  it("hears nothing more from a connection it gave up", () => {
    up();
    const old = last();
    socket.drop();
    old.hear(say({ n: 1 }));
    old.break();
    clock.pass(300);
    expect(heard.filter((frame) => frame.t === "say")).toEqual([]);
    expect(wires).toHaveLength(2);
  });

  it("ends for good", () => {
    up();
    socket.send(text("a"));
    socket.end();
    last().break();
    clock.pass(60_000);
    socket.send(text("b"));
    expect(wires).toHaveLength(1);
    expect(ids(last())).toEqual(["a"]);
  });
});

describe("no loss and no doubling", () => {
  it("whatever moment the connection breaks at", () => {
    for (let breakAt = 0; breakAt <= 12; breakAt += 1) {
      const server = new FakeServer();
      const own: FakeWire[] = [];
      const hear: number[] = [];
      const timers = new FakeClock();
      const chat = new Socket(
        () => own[own.push(new FakeWire()) - 1] as FakeWire,
        () => ({ session: "s", box: null, lang: "vi", reloaded: false }),
        { frame: (frame) => frame.t === "say" && hear.push(frame.n), link: () => {} },
        timers,
      );
      run(chat, own, server, timers, breakAt);
      expect(server.stored, `broken at ${breakAt}`).toEqual(["one", "two", "three"]);
      expect(hear, `broken at ${breakAt}`).toEqual([1, 2, 3]);
    }
  });
});

/** Three texts; the connection breaks at step `breakAt`, with the server's last answer lost at odd steps. */
function run(chat: Socket, wires: FakeWire[], server: FakeServer, clock: FakeClock, breakAt: number): void {
  let served = 0;
  let step = 0;
  const turn = () => {
    const wire = wires.at(-1) as FakeWire;
    const breaks = step === breakAt;
    served = server.serve(wire, served, breaks && breakAt % 2 === 1);
    step += 1;
    if (!breaks) return;
    wire.break();
    clock.pass(20_000);
    wires.at(-1)?.onopen?.();
    served = 0;
  };
  chat.open();
  wires[0]?.onopen?.();
  turn();
  for (const word of ["one", "two", "three"]) {
    chat.send({ t: "text", id: word, text: word });
    for (let again = 0; again < 4; again += 1) turn();
  }
}
