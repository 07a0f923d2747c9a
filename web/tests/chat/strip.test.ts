import { describe, expect, it } from "vitest";
import { erasedAt } from "../../src/chat/strip.tsx";

const HOUR = 3600 * 1000;

describe("when the draft is erased", () => {
  it("is a day after the box last spoke of it", () => {
    expect(erasedAt(1000, 1000)).toBe(1000 + 24 * HOUR);
    expect(erasedAt(1000, 1000 + 23 * HOUR)).toBe(1000 + 47 * HOUR);
  });

  it("is not promised for longer than two days after the draft began", () => {
    expect(erasedAt(1000, 1000 + 24 * HOUR)).toBe(null);
  });

  it("is nothing without a draft", () => {
    expect(erasedAt(null, null)).toBe(null);
  });
});
