/** Which sentences stand out as a call for help. */

import { describe, expect, it } from "vitest";
import { folded, warns } from "../../src/chat/lines.tsx";

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
