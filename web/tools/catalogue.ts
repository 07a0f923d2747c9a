/**
 * Vite plugin: `virtual:catalogue/<lang>/<prefix>[,<prefix>…]` is a module whose default export is the Fluent
 * source of those keys alone, so that each page carries only the words it shows. A prefix is the beginning of a
 * key ("page-") or a whole key followed by "$" ("btn-exit$"); behind "~" it leaves keys out. Of several that fit
 * a key the last one counts.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const NAME = "virtual:catalogue/";

function fits(key: string, prefix: string): boolean {
  return prefix.endsWith("$") ? key === prefix.slice(0, -1) : key.startsWith(prefix);
}

/** The entries of a Fluent source whose key a prefix asks for, comments dropped. */
export function extract(source: string, prefixes: readonly string[]): string {
  const kept: string[] = [];
  let wanted = false;
  for (const line of source.split("\n")) {
    const key = /^(-?[a-zA-Z][\w-]*)\s*=/.exec(line)?.[1];
    if (key) wanted = prefixes.findLast((one) => fits(key, one.replace(/^~/, "")))?.startsWith("~") === false;
    else if (!/^[ }[*.]/.test(line)) wanted = false;
    if (wanted) kept.push(line);
  }
  return kept.join("\n");
}

/** Serves the catalogue modules out of the folder that holds `vi.ftl` and `en.ftl`. */
export function catalogue(folder: string): Plugin {
  return {
    name: "hopthu-catalogue",
    resolveId: (id) => (id.startsWith(NAME) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${NAME}`)) return null;
      const [language = "", prefixes = ""] = id.slice(NAME.length + 1).split("/");
      const file = join(folder, `${language}.ftl`);
      this.addWatchFile(file);
      return `export default ${JSON.stringify(extract(readFileSync(file, "utf8"), prefixes.split(",")))};`;
    },
  };
}
