/** The words cut from the catalogues for a page. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { words } from "../src/chat/words.ts";
import { extract } from "../tools/catalogue.ts";

const source = (language: string) =>
  readFileSync(join(import.meta.dirname, `../../locales/${language}.ftl`), "utf8");

describe("extract", () => {
  it("leaves out what a prefix behind ~ names; of several that fit a key the last one counts", () => {
    const text = "a-one = x\na-log-two = y\na-log-three = z";
    expect(extract(text, ["a-", "~a-log-", "a-log-two$"])).toBe("a-one = x\na-log-two = y");
  });

  it("keeps whole entries of the asked keys, and no others", () => {
    const text =
      "# c\na-one = x\n    y\n\nb = z\na-two =\n    { $n ->\n        [one] 1\n       *[other] 2\n    }\nab = no\n";
    expect(extract(text, ["a-", "b$"])).toBe(
      "a-one = x\n    y\nb = z\na-two =\n    { $n ->\n        [one] 1\n       *[other] 2\n    }",
    );
  });
});

describe("the page's words", () => {
  it("are there in both languages for every key the page names", () => {
    for (const language of ["vi", "en"] as const) {
      const text = words(language);
      const keys = [...source(language).matchAll(/^(page-[\w-]+|web-[\w-]+|code-check[\w-]*) =/gm)];
      expect(keys.length).toBeGreaterThan(50);
      for (const [, key = ""] of keys) expect(text(key, everything)).not.toBe("");
    }
  });

  it("an unknown key is a mistake", () => {
    expect(() => words("vi")("page-nothing")).toThrow("no text page-nothing");
  });
});

const everything = {
  unit: "u",
  old: "o",
  n: 1,
  count: 2,
  time: "t",
  limit: 20,
  seconds: 24,
  size: 1.5,
  percent: 45,
  metres: 20,
  role: "r",
  number: "1",
  day: "d",
};
