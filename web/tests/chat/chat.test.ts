/** What a person can do, and what the server hears of it. */
import { beforeEach, describe, expect, it } from "vitest";
import { Chat, pieces } from "../../src/chat/chat.ts";
import { Conversation } from "../../src/chat/conversation.ts";
import { Socket } from "../../src/chat/socket.ts";
import type { Delivery } from "../../src/chat/uploads.ts";
import { FakeClock, FakeWire, say } from "./fakes.ts";

let wire: FakeWire;
let chat: Chat;
let deliveries: { id: string; answer: (delivery: Delivery) => void }[];
let typed: { code: string } | { count: number } | null;

const settle = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};
const acts = () => wire.sent.filter((frame) => frame.t !== "hello" && frame.t !== "ack");
const ready = () => {
  wire.onopen?.();
  wire.hear({ t: "ready", site: { salt: "AAAA", demo: false } });
};
const menu = { serial: "s1", choices: [{ n: 1, label: "Gửi tin", act: "send" }] };
const moved = { serial: "s2", choices: [{ n: 3, label: "Gửi tin", act: "send" }] };
const asked = { serial: "s1", choices: [{ n: 1, label: "Gửi tin", act: "submit" }] };
const askedAgain = { serial: "s2", choices: [{ n: 3, label: "Gửi tin", act: "submit" }] };
const adding = { serial: "s1", choices: [...menu.choices, { n: 0, label: "Quay lại", act: "leave" }] };
const file = (type: string, size: number, name = "a") => ({ size, type, name }) as File;
const photo = (size: number) => file("image/jpeg", size);

beforeEach(() => {
  wire = new FakeWire();
  deliveries = [];
  typed = null;
  chat = new Chat({
    conversation: new Conversation({ drop: () => {} }, ["ĐÃ TIẾP NHẬN"], () => 0, "vi"),
    socket: (listener) =>
      new Socket(
        () => wire,
        () => ({ session: "s", box: null, lang: "vi", reloaded: false }),
        listener,
        new FakeClock(),
      ),
    deliver: ({ id }) => new Promise((answer) => deliveries.push({ id, answer })),
    clock: new FakeClock(),
    receipts: {
      recognise: () => typed,
      stretch: async (code) => ({ lookup: `lookup of ${code}`, seed: "seed" }),
    },
    text: (key) => key,
    url: () => "blob:x",
  });
  chat.open();
});

describe("writing", () => {
  it("a lone number of the menu is a press, any other text is text", async () => {
    ready();
    wire.hear(say({ n: 1, menu }));
    await chat.write(" 1. ");
    await chat.write("12");
    await chat.write("113");
    await chat.write("   ");
    await chat.write("half \uD83D");
    expect(acts()).toMatchObject([
      { t: "press", serial: "s1", n: 1 },
      { t: "text", text: "12" },
      { t: "text", text: "113" },
      { t: "text", text: "half \uFFFD" },
    ]);
  });

  it("a good code is stretched here and never sent", async () => {
    ready();
    typed = { code: "111122223333444455556666" };
    await chat.write("1111 2222 3333 4444 5555 6666");
    expect(acts()).toMatchObject([{ t: "code", lookup: "lookup of 111122223333444455556666", seed: "seed" }]);
    expect(JSON.stringify(chat.conversation.items.value)).not.toContain("1111");
  });

  it("a code typed before the connection is up goes when it is", async () => {
    typed = { code: "111122223333444455556666" };
    await chat.write("1111 2222 3333 4444 5555 6666");
    ready();
    await settle();
    expect(acts()).toMatchObject([{ t: "code" }]);
  });

  it("a mistyped code tells its digits alone; a text with many digits is text", async () => {
    ready();
    typed = { count: 20 };
    await chat.write("11112222333344445555");
    typed = null;
    await chat.write("so 0912345678 va 0912345679 goi cho nhau");
    expect(acts()).toMatchObject([{ t: "typo", count: 20 }, { t: "text" }]);
  });

  it("a mistyped code goes back into the field by fours, and is said where it is too long", async () => {
    ready();
    typed = { count: 26 };
    await chat.write("11112222333344445555666677");
    expect(chat.refill.value).toBe("1111 2222 3333 4444 5555 6666 77");
    expect(chat.conversation.items.value).toContainEqual(
      expect.objectContaining({ lines: ["page-code-long"] }),
    );
    expect(JSON.stringify(acts())).not.toContain("1111");
  });

  it("where a code is asked for, many digits never leave the page; words do", async () => {
    ready();
    wire.hear(say({ n: 1, state: "code" }));
    await chat.write("1111-2222");
    await chat.write("ma 1111 2222 3333 4444 5555 6666 7777 8888");
    expect(chat.refill.value).toBe("ma 1111 2222 3333 4444 5555 6666 7777 8888");
    await chat.write("so 0912345678 hay ban thuoc o quan");
    expect(acts()).toMatchObject([
      { t: "typo", count: 8 },
      { t: "typo", count: 32 },
      { t: "text", text: "so 0912345678 hay ban thuoc o quan" },
    ]);
  });

  it("long text goes in pieces and loses nothing", () => {
    const words = `${"chữ ".repeat(9000)}hết`;
    expect(pieces(words).every((piece) => piece.length <= 16_000)).toBe(true);
    expect(pieces(words).join(" ").replace(/\s+/g, " ")).toBe(words);
    expect(pieces("x".repeat(40_000)).join("")).toBe("x".repeat(40_000));
  });
});

describe("photos", () => {
  it("too large are refused before a byte is sent", () => {
    ready();
    chat.attach([photo(20_000_001)], "photo");
    expect(deliveries).toEqual([]);
    expect(chat.conversation.items.value[0]).toMatchObject({ standing: "failed", again: false });
  });

  it("wait for the connection, and sending waits for them", async () => {
    chat.attach([photo(10)], "photo");
    expect(deliveries).toEqual([]);
    ready();
    wire.hear(say({ n: 1, menu: asked }));
    chat.pressNumber(1);
    expect(acts()).toEqual([]);
    expect(chat.holding.value).toBe(true);
    deliveries[0]?.answer("stored");
    await settle();
    expect(chat.holding.value).toBe(false);
    expect(acts()).toEqual([]);
    wire.hear(say({ n: 2, menu: askedAgain, draft: ["p1"] }));
    expect(acts()).toMatchObject([{ t: "press", serial: "s2", n: 3 }]);
  });

  it("told of before their upload answers, and two at once, hold sending until the last of them", async () => {
    ready();
    wire.hear(say({ n: 1, menu: asked }));
    chat.attach([photo(10), photo(11)], "photo");
    chat.pressNumber(1);
    chat.pressNumber(1);
    wire.hear(say({ n: 2, menu: asked, draft: ["p1"] }));
    deliveries[0]?.answer("stored");
    await settle();
    deliveries[1]?.answer("stored");
    await settle();
    expect(acts()).toEqual([]);
    wire.hear(say({ n: 3, menu: askedAgain, draft: ["p1", "p2"] }));
    expect(acts()).toMatchObject([{ t: "press", serial: "s2", n: 3 }]);
  });

  it("that became no part free the sending with the next answer", async () => {
    ready();
    wire.hear(say({ n: 1, menu: asked }));
    chat.attach([photo(10)], "photo");
    chat.pressNumber(1);
    deliveries[0]?.answer("stored");
    await settle();
    wire.hear(say({ n: 2, menu: askedAgain }));
    expect(acts()).toMatchObject([{ t: "press", serial: "s2" }]);
    chat.pressNumber(3);
    expect(acts()).toHaveLength(2);
  });

  it("on their way let the card's choice ask, and hold back the sending alone", async () => {
    ready();
    wire.hear(say({ n: 1, menu, draft: ["p1"] }));
    chat.attach([photo(10)], "photo");
    chat.pressNumber(1);
    expect(acts()).toMatchObject([{ t: "press", serial: "s1", n: 1 }]);
    expect(chat.holding.value).toBe(false);
    wire.hear(say({ n: 2, menu: askedAgain, draft: ["p1"] }));
    chat.pressNumber(3);
    expect([acts().length, chat.holding.value]).toEqual([1, true]);
  });

  it("hold back an addition, which goes without being asked about", async () => {
    ready();
    wire.hear(say({ n: 1, menu: adding, draft: ["p1"] }));
    chat.attach([photo(10)], "photo");
    chat.pressNumber(1);
    expect([acts(), chat.holding.value]).toEqual([[], true]);
  });

  it("that are not taken stop the sending that waited for them", async () => {
    ready();
    wire.hear(say({ n: 1, menu: asked, draft: ["p1"] }));
    chat.attach([photo(10)], "photo");
    chat.pressNumber(1);
    deliveries[0]?.answer("bad");
    await settle();
    expect([acts(), chat.holding.value]).toEqual([[], false]);
    expect(chat.conversation.items.value.filter((item) => item.from === "own")).toMatchObject([
      { what: "photo", standing: "failed" },
    ]);
    chat.pressNumber(1);
    expect(acts()).toMatchObject([{ t: "press", serial: "s1", n: 1 }]);
  });

  it("of a draft put aside hold nothing", async () => {
    ready();
    await chat.write("một");
    const [one] = acts() as { id: string }[];
    wire.hear({ t: "noted", id: one?.id ?? "", parts: ["p1"] });
    wire.hear(say({ n: 1, draft: ["p1"] }));
    typed = { code: "111122223333444455556666" };
    await chat.write("1111 2222 3333 4444 5555 6666");
    wire.hear(say({ n: 2, menu, state: "mail" }));
    chat.pressNumber(1);
    expect(acts().at(-1)).toMatchObject({ t: "press", serial: "s1" });
  });

  it("lost on the way go again under the same id", async () => {
    ready();
    chat.attach([photo(10)], "photo");
    deliveries[0]?.answer("offline");
    await settle();
    wire.hear({ t: "ready", site: { salt: "AAAA", demo: false } });
    expect(deliveries.map(({ id }) => id)).toEqual([deliveries[0]?.id, deliveries[0]?.id]);
  });

  it("that cannot be read free the choice that waited", async () => {
    ready();
    wire.hear(say({ n: 1, menu }));
    chat.attach([photo(10)], "photo");
    chat.pressNumber(1);
    deliveries[0]?.answer("bad");
    await settle();
    expect(acts()).toMatchObject([{ t: "press" }]);
    expect(chat.conversation.items.value[1]).toMatchObject({ standing: "failed", trouble: "media-bad" });
  });

  it("refused because the box is busy can be tried again", async () => {
    ready();
    chat.attach([photo(10)], "photo");
    deliveries[0]?.answer("busy");
    await settle();
    await chat.retry(deliveries[0]?.id ?? "");
    expect(deliveries).toHaveLength(2);
  });
});

describe("files", () => {
  it("are told apart by what they are, and each kind has its limit", () => {
    ready();
    chat.attach(
      [file("video/mp4", 30_000_000), file("application/pdf", 200_000_001), file("audio/mp4", 9)],
      "file",
    );
    expect(chat.conversation.items.value).toMatchObject([
      { what: "video", standing: "waiting", size: 30_000_000 },
      { what: "file", standing: "failed", trouble: "too-big-here", again: false },
      { what: "voice", standing: "waiting" },
    ]);
  });

  it("given up on their way are removed where they were stored all the same", async () => {
    ready();
    chat.attach([photo(10)], "photo");
    const id = deliveries[0]?.id ?? "";
    chat.remove(id);
    expect(chat.conversation.items.value).toEqual([]);
    wire.hear({ t: "noted", id, parts: ["p1"] });
    wire.hear({ t: "noted", id, parts: ["p1"] });
    expect(acts()).toMatchObject([{ t: "drop", part: "p1" }]);
  });

  it("that were not taken as a part say so", async () => {
    ready();
    chat.attach([photo(10)], "photo");
    wire.hear({ t: "noted", id: deliveries[0]?.id ?? "", parts: [] });
    expect(chat.conversation.items.value).toMatchObject([{ standing: "failed", again: false }]);
  });

  it("given up free the sending that waited for them", () => {
    ready();
    wire.hear(say({ n: 1, menu: asked }));
    chat.attach([photo(10)], "photo");
    chat.pressNumber(1);
    expect(chat.holding.value).toBe(true);
    chat.remove(deliveries[0]?.id ?? "");
    expect(acts()).toMatchObject([{ t: "press", serial: "s1" }]);
    expect(chat.holding.value).toBe(false);
  });
});

describe("a recording and a place", () => {
  it("become parts as anything else", async () => {
    ready();
    chat.addVoice(file("audio/webm", 5000), 24);
    chat.addPlace({ latitude: "18.53210", longitude: "105.70450" });
    expect(chat.conversation.items.value).toMatchObject([
      { what: "voice", seconds: 24, url: "blob:x" },
      { what: "place", text: "18.53210, 105.70450" },
    ]);
    expect(acts()).toMatchObject([{ t: "place", latitude: "18.53210", longitude: "105.70450" }]);
    const [place] = acts() as { id: string }[];
    wire.hear({ t: "error", id: place?.id ?? "", text: "no" });
    await chat.retry(place?.id ?? "");
    expect(acts()[1]).toEqual(acts()[0]);
  });

  it("end with the page", () => {
    const ended: string[] = [];
    chat.endWith(() => ended.push("voice"));
    chat.endWith(() => ended.push("never"))();
    chat.wipe();
    expect(ended).toEqual(["voice"]);
  });
});

describe("a choice made without a network", () => {
  it("is looked up in the menu that stands when the words before it are in", async () => {
    ready();
    wire.hear(say({ n: 1, menu }));
    chat.network(false);
    await chat.write("một");
    chat.pressNumber(1);
    chat.network(true);
    ready();
    const [one] = acts() as { id: string }[];
    wire.hear({ t: "noted", id: one?.id ?? "", parts: ["p1"] });
    wire.hear(say({ n: 2, menu: moved, draft: ["p1"] }));
    expect(acts()).toMatchObject([
      { t: "text", text: "một" },
      { t: "press", serial: "s2", n: 3 },
    ]);
  });

  it("that stands there no more leaves the page", async () => {
    ready();
    wire.hear(say({ n: 1, menu }));
    await chat.write("một");
    chat.pressNumber(1);
    const [one] = acts() as { id: string }[];
    wire.hear({ t: "noted", id: one?.id ?? "", parts: ["p1"] });
    wire.hear(say({ n: 2, menu: { serial: "s3", choices: [] }, draft: ["p1"] }));
    expect(acts()).toHaveLength(1);
    expect(chat.conversation.items.value).not.toContainEqual(expect.objectContaining({ what: "choice" }));
  });
});

describe("removing", () => {
  it("a part is dropped at the server; a failed message only here", async () => {
    ready();
    await chat.write("một");
    await chat.write("hai");
    const [one, two] = acts() as { id: string }[];
    wire.hear({ t: "noted", id: one?.id ?? "", parts: ["p1"] });
    wire.hear({ t: "error", id: two?.id ?? "", text: "no" });
    chat.remove(one?.id ?? "");
    chat.remove(two?.id ?? "");
    expect(acts().slice(2)).toMatchObject([{ t: "drop", part: "p1" }]);
    expect(chat.conversation.items.value).toHaveLength(1);
  });
});

describe("a message without choices", () => {
  it("leaves the way to the main menu, typed or pressed", async () => {
    ready();
    wire.hear(say({ n: 1, menu, state: "idle" }));
    wire.hear(say({ n: 2, menu: null, state: "idle" }));
    expect(chat.menu.value?.choices).toMatchObject([{ n: 0, label: "page-menu" }]);
    await chat.write("0");
    expect(acts()).toMatchObject([{ t: "text", text: "menu" }]);
  });

  it("that asks for a ward leaves the way to a list", () => {
    ready();
    wire.hear(say({ n: 1, menu: null, state: "find" }));
    expect(chat.menu.value?.choices).toMatchObject([{ n: 0, label: "page-find-list" }]);
    expect(chat.pressNumber(0)).toBe(true);
    expect(acts()).toMatchObject([{ t: "text", text: "0" }]);
  });

  it("that asks for a number leaves the way back", () => {
    ready();
    wire.hear(say({ n: 1, menu: null, state: "review", draft: ["p1"] }));
    expect(chat.pressNumber(0)).toBe(true);
    expect(acts()).toMatchObject([{ t: "text", text: "0" }]);
  });

  it("leaves none while a draft is written, nor on an empty page", () => {
    expect(chat.menu.value).toBeNull();
    ready();
    wire.hear(say({ n: 1, menu: null, state: "collect", draft: ["p1"] }));
    expect(chat.menu.value).toBeNull();
  });
});

describe("language", () => {
  it("follows what the box speaks", () => {
    ready();
    wire.hear(say({ n: 1, lang: "en" }));
    expect(chat.conversation.language.value).toBe("en");
  });
});

describe("doors and leaving", () => {
  it("a door chooses from the first menu, once", () => {
    const other = new Chat({ ...means(), conversation: chat.conversation });
    other.open(1);
    ready();
    wire.hear(say({ n: 1, menu }));
    wire.hear(say({ n: 2, menu }));
    expect(acts()).toHaveLength(1);
  });

  it("wiping ends the connection and empties the page", async () => {
    ready();
    await chat.write("một");
    chat.wipe();
    expect(wire.closed).toBe(true);
    expect(chat.conversation.items.value).toEqual([]);
  });
});

function means() {
  return {
    socket: (listener: ConstructorParameters<typeof Socket>[2]) =>
      new Socket(
        () => wire,
        () => ({ session: "s", box: null, lang: "vi" as const, reloaded: false }),
        listener,
        new FakeClock(),
      ),
    deliver: async () => "stored" as const,
    receipts: { recognise: () => null, stretch: async () => ({ lookup: "", seed: "" }) },
    text: (key: string) => key,
    clock: new FakeClock(),
    url: () => "",
  };
}
