/** The console's words: every key it names exists in both languages with the same placeables, and clauses are short. */
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { FluentBundle, FluentResource } from "@fluent/bundle";
import { describe, expect, it, vi } from "vitest";
import { extract } from "../../tools/catalogue.ts";
import { source } from "./vectors.ts";

const FOLDER = resolve(import.meta.dirname, "../../src/desk");
const NAMED = /"((?:desk|enrol|login|org)-[a-z-]+)"/g;
const NOT_A_KEY = new Set(["desk-keys", "desk-page", "enrol-", "login-failed", "org-col-"]);
const LONGEST = { vi: 28, en: 22 };

const files = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((name) =>
  /\.tsx?$/.test(name),
);
const code = files.map((name) => source(`web/src/desk/${name}`)).join("\n");
const named = [...new Set([...code.matchAll(NAMED)].map((found) => found[1] ?? ""))];

function own(language: "vi" | "en"): Map<string, string> {
  const lines = source(`locales/${language}.ftl`).matchAll(
    /^((?:desk|enrol|login|org)-[a-z0-9-]+) =(.*(?:\n .*)*)/gm,
  );
  return new Map([...lines].map((found) => [found[1] ?? "", found[2] ?? ""]));
}

const placeables = (text: string) => [...new Set(text.match(/\$[a-z-]+/g) ?? [])].sort();

function longestClause(text: string): number {
  const plain = text.replace(/\{ \$[a-z-]+ \}/g, "x").replace(/[{}$>*[\]-]|\b(?:count|other)\b/g, " ");
  const words = plain.split(/[.,:;?…()\n]/).map((clause) => clause.split(/\s+/).filter(Boolean).length);
  return Math.max(...words);
}

describe.each(["vi", "en"] as const)("words in %s", (language) => {
  const words = own(language);

  it("hold every key the console names", () => {
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter((key) => !words.has(key) && !NOT_A_KEY.has(key))).toEqual([]);
  });

  it("parse", () => {
    const bundle = new FluentBundle(language, { useIsolating: false });
    expect(bundle.addResource(new FluentResource(source(`locales/${language}.ftl`)))).toEqual([]);
    expect([...words.keys()].filter((key) => !bundle.hasMessage(key))).toEqual([]);
  });

  it("keep every clause short", () => {
    const long = [...words].filter(([, text]) => longestClause(text) > LONGEST[language]).map(([key]) => key);
    expect(long).toEqual([]);
  });
});

it("are the same keys with the same placeables in both languages", () => {
  const [vi, en] = [own("vi"), own("en")];
  expect([...en.keys()].sort()).toEqual([...vi.keys()].sort());
  for (const [key, text] of vi) expect([key, placeables(en.get(key) ?? "")]).toEqual([key, placeables(text)]);
});

describe("words that come with a page", () => {
  const [, prefixes = ""] = /virtual:catalogue\/vi\/([^"]+)"/.exec(source("web/src/desk/words.ts")) ?? [];
  const first = new FluentBundle("vi", { useIsolating: false });
  first.addResource(new FluentResource(extract(source("locales/vi.ftl"), prefixes.split(","))));
  const later = /^(?:audit\/(?:log|lines)|organisation\/)/;

  it("are not among those that come at first, and nothing that comes at first names one", () => {
    const early = files.filter((name) => !later.test(name)).map((name) => source(`web/src/desk/${name}`));
    const keys = new Set([...early.join("\n").matchAll(NAMED)].map((found) => found[1] ?? ""));
    expect([...keys].filter((key) => !first.hasMessage(key) && !NOT_A_KEY.has(key))).toEqual([]);
    expect(["org-saved", "desk-log-file", "row-at"].filter((key) => first.hasMessage(key))).toEqual([]);
  });

  it("are said in either language once the page was gone to", async () => {
    vi.stubGlobal("document", { documentElement: {} });
    vi.stubGlobal("localStorage", { setItem: vi.fn() });
    const { learn, speak, t } = await import("../../src/desk/words.ts");
    const page = {
      vi: async () => ({ default: "org-x = một" }),
      en: async () => ({ default: "org-x = one" }),
    };
    expect(t("org-x")).toBe("org-x");
    await learn(page);
    expect(t("org-x")).toBe("một");
    await speak("en");
    expect([t("org-x"), t("desk-lock")]).toEqual(["one", "Lock"]);
    vi.unstubAllGlobals();
  });
});
