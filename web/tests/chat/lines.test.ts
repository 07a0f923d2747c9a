/** Which sentences stand out as a call for help. */
import { expect, it } from "vitest";
import { warns } from "../../src/chat/lines.tsx";

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
