/** Rule 11 in the composer: the same verdicts as the server, and the second tap for questions about identity. */
import { describe, expect, it } from "vitest";
import { asksIdentity, cleaned, forbidden } from "../../src/desk/thread/wording.ts";
import { shared } from "./vectors.ts";

const invisible = shared<[first: string, last: string][]>("handlers/invisible_vectors.json");
const vectors = shared<{ text: string; fit: boolean }[]>("handlers/wording_vectors.json");

describe("words to a reporter", () => {
  it.each(vectors)("$text is fit: $fit", ({ text, fit }) => {
    expect(forbidden(text)).toBe(!fit);
  });

  it("sends what it checked: composed, without invisible marks", () => {
    expect(cleaned(" 123\u200b456 ")).toBe("123456");
    expect(cleaned("o\u031b\u0309 d\u0323a\u0302u")).toBe("o\u031b\u0309 d\u0323a\u0302u".normalize("NFC"));
  });
});

describe("marks that show nothing", () => {
  const ranges = invisible.map(
    ([first, last]) => [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const,
  );
  const among = (code: number) => ranges.some(([first, last]) => first <= code && code <= last);

  it("go, all of them and nothing else, as on the server", () => {
    const other: string[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const gone = cleaned(`x${String.fromCodePoint(code)}y`) === "xy";
      if (gone !== among(code)) other.push(code.toString(16));
    }
    expect(other).toEqual([]);
  });
});

describe("questions about identity", () => {
  it.each([
    "Bà con tên gì?",
    "ten ba con la gi",
    "Xin số điện thoại để tiện liên lạc",
    "Nhà ở đâu?",
    "Địa chỉ ở chỗ nào",
    "Người gửi tin là ai",
    "What is your name?",
  ])("%s needs a second tap", (text) => expect(asksIdentity(text)).toBe(true));

  it.each([
    "Những người đó thường đến lúc mấy giờ, đi xe gì?",
    "Tối nay có thấy trên đường không, ở đâu?",
    "Việc này xảy ra từ ngày nào?",
    "Cảm ơn, tin đã được kiểm tra.",
  ])("%s does not", (text) => expect(asksIdentity(text)).toBe(false));
});
