/** The page that everything lies in: its policy names what it runs, and nothing may end its element early. */
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { pageOf } from "../../tools/onepage.ts";

const page = { file: "x.html", title: "Ký danh sách khóa", root: "x" };

describe("one page", () => {
  it("lets its own script and style be used and nothing be asked for", () => {
    const html = pageOf(page, "let a = 1;", "p{}");
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? "";
    const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      `script-src ${hash("let a = 1;")} 'wasm-unsafe-eval'`,
      `style-src ${hash("p{}")}`,
      "font-src data:",
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
    expect(html).toContain('<script type="module">let a = 1;</script>');
  });

  it("refuses what would end its element", () => {
    for (const [script, style] of [
      ["'</script>'", ""],
      ["'<!--'", ""],
      ["'\r'", ""],
      ["", "</style>"],
    ] as const)
      expect(() => pageOf(page, script, style)).toThrow("cannot stand inside a page");
  });
});
