/** What stands on the page, as a transcript of frames and acts. */
import { beforeEach, describe, expect, it } from "vitest";
import { Conversation, type Own } from "../../src/chat/conversation.ts";
import { say } from "./fakes.ts";

let dropped: string[];
let page: Conversation;

const standing = () =>
  page.items.value.flatMap((item) => (item.from === "own" ? [[item.id, item.standing]] : []));
const lines = () => page.items.value.flatMap((item) => (item.from === "box" ? item.lines : []));
const write = (id: string, part: string, what: Own["what"] = "text") => {
  page.add({ id, what, text: id });
  page.noted({ t: "noted", id, parts: [part] });
};

beforeEach(() => {
  dropped = [];
  page = new Conversation(
    { drop: (url) => dropped.push(url) },
    ["ĐÃ TIẾP NHẬN", "RECEIVED"],
    () => 1000,
    "vi",
  );
});

describe("own messages", () => {
  it("wait, then are noted with their parts", () => {
    page.add({ id: "a", what: "text", text: "a" });
    expect(page.waiting.value).toBe(true);
    page.noted({ t: "noted", id: "a", parts: ["p"] });
    expect(standing()).toEqual([["a", "noted"]]);
    expect(page.waiting.value).toBe(false);
  });

  it("that became no part are passed", () => {
    page.add({ id: "a", what: "text", text: "menu" });
    page.noted({ t: "noted", id: "a", parts: [] });
    expect(standing()).toEqual([["a", "passed"]]);
  });

  it("that were stored before find their parts in the draft; what is no part was a command", () => {
    page.add({ id: "a", what: "text", text: "a" });
    page.add({ id: "b", what: "text", text: "menu" });
    page.noted({ t: "noted", id: "a", parts: null });
    page.noted({ t: "noted", id: "b", parts: null });
    page.said(say({ n: 1, draft: ["p1"] }));
    expect(page.own("a")).toMatchObject({ standing: "noted", parts: ["p1"] });
    expect(page.own("b")).toMatchObject({ standing: "passed" });
  });

  it("that were refused say why and can be tried again", () => {
    page.add({ id: "a", what: "text", text: "a" });
    page.refused({ id: "a", text: "why" });
    expect(page.own("a")).toMatchObject({ standing: "failed", trouble: "why", again: true });
    page.retry("a");
    expect(page.own("a")).toMatchObject({ standing: "waiting", trouble: "" });
  });

  it("a refused act without a message of its own is told in a line", () => {
    page.refused({ id: "unknown", text: "why" });
    expect(lines()).toEqual(["why"]);
  });
});

describe("the draft", () => {
  it("keeps only the newest card and the time it was last spoken of", () => {
    write("a", "p1");
    page.said(say({ n: 1, text: ["one"], draft: ["p1"] }));
    write("b", "p2");
    page.said(say({ n: 2, text: ["two"], draft: ["p1", "p2"] }));
    expect(lines()).toEqual(["two"]);
    expect(page.draft.value?.count).toBe(2);
    expect(page.draftHeard.value).toBe(1000);
  });

  it("parts taken out leave the page", () => {
    write("a", "p1");
    write("b", "p2");
    page.said(say({ n: 1, draft: ["p1", "p2"] }));
    page.said(say({ n: 2, draft: ["p2"] }));
    expect(standing()).toEqual([["b", "noted"]]);
  });

  it("erased whole leaves the page, its pictures dropped", () => {
    page.add({ id: "a", what: "photo", text: "", url: "blob:a" });
    page.stored("a");
    page.said(say({ n: 1, draft: ["p1"] }));
    page.said(say({ n: 2, kind: "plain", text: ["Đã xóa hết phần chưa gửi."], draft: null, state: "idle" }));
    expect(standing()).toEqual([]);
    expect(dropped).toEqual(["blob:a"]);
    expect(page.draftHeard.value).toBe(null);
  });

  it("put aside while a tip is open stays as it is", () => {
    write("a", "p1");
    page.said(say({ n: 1, draft: ["p1"] }));
    page.add({ id: "c", what: "code", text: "code" });
    page.noted({ t: "noted", id: "c", parts: [] });
    page.said(say({ n: 2, kind: "plain", draft: null, state: "mail" }));
    expect(standing()).toEqual([
      ["a", "noted"],
      ["c", "passed"],
    ]);
  });

  it("an addition that was received is solid", () => {
    write("a", "p1");
    page.said(say({ n: 1, draft: ["p1"] }));
    page.said(say({ n: 2, kind: "plain", text: ["ĐÃ TIẾP NHẬN phần bổ sung."], draft: null, state: "idle" }));
    expect(standing()).toEqual([["a", "sent"]]);
    expect(page.received.value).toBe(1);
    expect(lines()).toEqual(["ĐÃ TIẾP NHẬN phần bổ sung."]);
  });

  it("a photo stored without a frame takes the part no other message has", () => {
    page.add({ id: "a", what: "photo", text: "" });
    page.add({ id: "b", what: "text", text: "b" });
    page.said(say({ n: 1, draft: ["p1", "p2"] }));
    page.stored("a");
    expect(page.own("a")?.parts).toEqual([]);
    page.noted({ t: "noted", id: "b", parts: ["p2"] });
    expect(page.own("a")?.parts).toEqual(["p1"]);
  });
});

it("what was signed stays in one piece, behind what it says", () => {
  const armour = "-----BEGIN-----\nc2lnbmVk\n-----END-----";
  page.said(say({ n: 1, kind: "paper", text: ["Một tin đã được nhận.", armour], state: "mail" }));
  expect(page.items.value).toMatchObject([{ kind: "paper", lines: ["Một tin đã được nhận.", armour] }]);
});

it("the greeting stands above what was written before it came", () => {
  page.add({ id: "a", what: "text", text: "a" });
  page.said(say({ n: 1, kind: "plain", text: ["hello"] }));
  page.said(say({ n: 2, text: ["card"] }));
  expect(page.items.value.map((item) => (item.from === "own" ? item.id : item.lines[0]))).toEqual([
    "hello",
    "a",
    "card",
  ]);
});

describe("the receipt", () => {
  const received = () => {
    write("a", "p1");
    page.said(say({ n: 1, draft: ["p1"] }));
    page.said(
      say({
        n: 2,
        kind: "plain",
        text: ["ĐÃ TIẾP NHẬN tin báo. Mã ở dưới.\nGhi mã ra giấy."],
        state: "idle",
      }),
    );
    page.said(say({ n: 3, kind: "code", text: ["1111 2222 3333 4444 5555 6666"], state: "idle" }));
    page.said(say({ n: 4, kind: "plain", text: ["Cán bộ có thể hỏi thêm."], state: "idle" }));
  };

  it("covers the page with what was said beside it, and is in no message", () => {
    received();
    expect(page.receipt.value).toEqual({
      code: "1111 2222 3333 4444 5555 6666",
      before: ["Ghi mã ra giấy."],
      lines: ["Cán bộ có thể hỏi thêm."],
    });
    expect(JSON.stringify(page.items.value)).not.toContain("1111");
    expect(standing()).toEqual([["a", "sent"]]);
  });

  it("is gone when closed, and all but what was received", () => {
    received();
    page.closeReceipt();
    expect(page.receipt.value).toBe(null);
    expect(page.items.value).toMatchObject([{ id: "a", standing: "sent" }]);
  });

  it("keeps what an urgent tip was told", () => {
    const head = "ĐÃ TIẾP NHẬN. Hòm thư đang báo cán bộ trực. Nguy hiểm thì vẫn gọi 113. Mã ở tin nhắn dưới.";
    page.said(say({ n: 1, kind: "plain", text: [head] }));
    page.said(say({ n: 2, kind: "code", text: ["1111"] }));
    expect(page.receipt.value?.before).toEqual(["Hòm thư đang báo cán bộ trực. Nguy hiểm thì vẫn gọi 113."]);
  });
});

it("wiping leaves nothing", () => {
  page.add({ id: "a", what: "photo", text: "", url: "blob:a" });
  page.said(say({ n: 1, kind: "code", text: ["1111"], draft: ["p"], menu: { serial: "s", choices: [] } }));
  page.wipe();
  expect([page.items.value, page.menu.value, page.draft.value, page.receipt.value, page.state.value]).toEqual(
    [[], null, null, null, ""],
  );
  expect(dropped).toEqual(["blob:a"]);
});
