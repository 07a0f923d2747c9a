/** Searching what was opened: accents optional, every word, fast enough while typing. */
import { describe, expect, it } from "vitest";
import { folded } from "../../src/desk/search/folding.ts";
import { Words } from "../../src/desk/search/words.ts";

const TIP = "Nhà cuối ngõ cạnh nhà văn hóa tổ dân phố 4, tối nào cũng có thanh niên lạ ra vào";

function opened(): Words {
  const words = new Words();
  words.name("a", "#4127 Tổ 4 Ma túy");
  words.put("a", ["toi nghi ban ma tuy", TIP]);
  words.name("b", "#0001 Thôn 2 Cờ bạc, lô đề");
  return words;
}

const found = (question: string) => opened().find(question);

describe("folding", () => {
  it("drops marks and case, letter for letter", () => {
    for (const text of [TIP, "ĐƯỜNG Ấp", "a\u0323\u0302 😀 ﬁ İ ß 数"])
      expect(folded(text)).toHaveLength(text.length);
    expect(folded("Đường Ấp Đông")).toBe("duong ap dong");
  });
});

describe("a search", () => {
  it.each([
    ["ngõ", ["a"]],
    ["ngo", ["a"]],
    ["NGO CUOI", ["a"]],
    ["thanh   niên", ["a"]],
    ["ma túy 4127", ["a"]],
    ["thôn", ["b"]],
    ["lô ngõ", []],
    ["to", ["a"]],
    ["   ", []],
    ["không có", []],
  ])("for “%s” finds %j", (question, tips) => {
    expect(found(question)).toEqual(tips);
  });

  it("takes what is typed in any normal form", () => {
    expect(found("ngõ".normalize("NFD"))).toEqual(["a"]);
  });

  it("shows the piece around the first find, beginning at a word", () => {
    expect(opened().excerpt("a", "thanh")).toMatch(/^…\S+ .*có thanh niên lạ ra vào$/);
    expect(opened().excerpt("a", "toi nghi")).toBe("toi nghi ban ma tuy");
    expect(opened().excerpt("b", "co bac")).toBe("");
  });

  it("keeps a thread's words when its name changes, and knows nothing once forgotten", () => {
    const words = opened();
    words.name("a", "61/2026");
    expect(words.find("61/2026 niên")).toEqual(["a"]);
    words.forget();
    expect([words.size, words.find("ngo")]).toEqual([0, []]);
  });

  it("answers within a tenth of a second over ten thousand opened entries", () => {
    const words = new Words();
    for (let tip = 0; tip < 2_000; tip += 1) {
      words.name(`t${tip}`, `#${tip}`);
      words.put(
        `t${tip}`,
        Array.from({ length: 5 }, (_, part) => `${TIP} ${tip}-${part} `.repeat(4)),
      );
    }
    const took = Array.from({ length: 5 }, () => {
      const began = performance.now();
      expect(words.find("vao 1999-4 nhà")).toHaveLength(1);
      return performance.now() - began;
    });
    expect(Math.min(...took)).toBeLessThan(100);
  });
});
