/** Every word the authority's page says is in both catalogues, and the catalogues hold no word for it that is never said. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");
const folder = join(root, "web/src/authority");
const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));

function found(pattern: RegExp): string[] {
  return sources.flatMap((text) => [...text.matchAll(pattern)].map((hit) => hit[1] ?? ""));
}

const said = new Set(found(/"(auth-[\w-]+)"/g));
/** Beginnings of keys whose rest is a value. */
const begun = new Set(found(/`(auth-[\w-]+-)\$\{/g));
/** A wrong unit and digits that differ have a sentence more. */
const TOLD = "-told";

it.each(["vi", "en"])("%s", (language) => {
  const catalogue = readFileSync(join(root, `locales/${language}.ftl`), "utf8");
  const keys = [...catalogue.matchAll(/^(auth-[\w-]+) =/gm)].map((hit) => hit[1] ?? "");
  expect([...said].filter((key) => !keys.includes(key))).toEqual([]);
  for (const key of ["auth-renew", "auth-shorten"]) expect(keys).toContain(key);
  const idle = keys.filter(
    (key) =>
      !said.has(key) &&
      !said.has(key.replace(TOLD, "")) &&
      ![...begun].some((beginning) => key.startsWith(beginning)),
  );
  expect(idle.filter((key) => !["auth-renew", "auth-shorten"].includes(key))).toEqual([]);
});
