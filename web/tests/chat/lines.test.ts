/** Which sentences stand out as a call for help. */

import { describe, expect, it } from "vitest";
import { dialled, folded, pieces, warns } from "../../src/chat/lines.tsx";
import { shared } from "../desk/vectors.ts";

const LEAD = "Nguy hiểm: gọi";

it("a sentence that sends people in danger to a number stands out", () => {
  expect(warns("Có người đang gặp nguy hiểm: gọi 113. ", LEAD)).toBe(true);
  expect(warns("GỌI NGAY 113 nếu có người đang gặp nguy hiểm.", LEAD)).toBe(true);
  expect(warns("Đang bị đánh, bị đe dọa: gọi 113.", LEAD)).toBe(true);
  expect(warns("CALL 113 NOW if someone is in danger. ", "In danger: call")).toBe(true);
});

it("one that merely names it does not", () => {
  expect(warns('Lúc nào cũng gõ được: "menu", "riêng tư", "113", "english".', LEAD)).toBe(false);
  expect(warns("Hòm thư không thay cho 113.", LEAD)).toBe(false);
  expect(warns("Tránh chỗ nguy hiểm.", LEAD)).toBe(false);
});

describe("numbers to dial", () => {
  const vectors = shared<[shown: string, address: string][]>("handlers/telephone_vectors.json");
  const text = (key: string) => key;
  const numbers = (line: string, board: boolean) =>
    pieces(line, board, text)
      .filter(({ what }) => what === "number")
      .map(({ piece }) => piece);

  it.each(vectors)("%s is called by %s, as on the board's page", (shown, address) => {
    expect(dialled(shown)).toBe(address);
    expect(numbers(`Trực ban: ${shown} (24/24)`, true)).toEqual([shown]);
    expect(numbers(`Trực ban, tỉnh Hà Tĩnh: ${shown}`, true)).toEqual([shown]);
  });

  it("are only those that stand for themselves", () => {
    expect(numbers("Số này kiểm tra lần cuối ngày 02/05, có thể đã đổi.", true)).toEqual([]);
    expect(numbers("Chợ 2026: 12 giờ", true)).toEqual([]);
    expect(numbers("Mã: 4821 0937 5562 1804", false)).toEqual([]);
    expect(numbers("Gọi 113 ngay.", false)).toEqual(["113"]);
  });

  it("leave the other words of a line as they are", () => {
    const line = "page-received. Trực ban: 0239 000 0000 (24/24)";
    expect(
      pieces(line, true, text)
        .map(({ piece }) => piece)
        .join(""),
    ).toBe(line);
    expect(pieces(line, true, text)[0]).toEqual({ piece: "page-received", what: "state" });
  });
});

describe("what was sent before", () => {
  it("is folded: the numbered lines under its heading, and no others", () => {
    const lines = ["Tin gửi", "Phần đã gửi", '1. Chữ: "a…"', "2. Ảnh", "Bà con viết", "1. x"];
    expect(folded(lines, "Phần đã gửi")).toEqual({
      shown: ["Tin gửi", "Phần đã gửi", "Bà con viết", "1. x"],
      sent: ['1. Chữ: "a…"', "2. Ảnh"],
    });
  });

  it("is nothing where there is no heading", () => {
    expect(folded(["a", "1. b"], "Phần đã gửi")).toEqual({ shown: ["a", "1. b"], sent: [] });
  });
});
