/**
 * Vite plugin: what was built becomes one HTML file that holds its script, its style and everything they show, and whose
 * policy lets it run these and ask nobody for anything. The same sources give the same bytes.
 */
import { createHash } from "node:crypto";
import type { Plugin } from "vite";

/** The file's name, its title before the script runs, and the id of the element it draws into. */
export interface OnePage {
  file: string;
  title: string;
  root: string;
}

function hash(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/** The page around a script and a style. Throws where one of them would end its own element. */
export function pageOf(page: OnePage, script: string, style: string): string {
  if (/<\/script|<!--|\r/i.test(script) || /<\/style|\r/i.test(style))
    throw new Error("script or style cannot stand inside a page");
  const policy = [
    "default-src 'none'",
    `script-src ${hash(script)} 'wasm-unsafe-eval'`,
    `style-src ${hash(style)}`,
    "font-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="vi" translate="no">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${page.title}</title>
<style>${style}</style>
</head>
<body>
<div id="${page.root}"></div>
<script type="module">${script}</script>
</body>
</html>
`;
}

/** Puts the one script and the one style of a build into a page, and drops them. */
export function onePage(page: OnePage): Plugin {
  return {
    name: "hopthu-one-page",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const scripts: string[] = [];
        const styles: string[] = [];
        for (const [name, part] of Object.entries(bundle)) {
          if (part.type === "chunk") scripts.push(part.code);
          else if (name.endsWith(".css")) styles.push(String(part.source));
          else this.error(`${name} would lie beside the page`);
          delete bundle[name];
        }
        const [script, style] = [scripts[0] ?? "", styles[0] ?? ""];
        if (scripts.length !== 1 || styles.length !== 1) this.error("one script and one style make the page");
        this.emitFile({ type: "asset", fileName: page.file, source: pageOf(page, script, style) });
      },
    },
  };
}
