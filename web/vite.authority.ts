/** How the authority's page is built: one file, carried on a stick, opened without any network. */
import { resolve } from "node:path";
import { defineConfig } from "vite";
import { catalogue } from "./tools/catalogue.ts";
import { hybridOnly } from "./tools/hybrid-only.ts";
import { onePage } from "./tools/onepage.ts";

const here = import.meta.dirname;

export default defineConfig({
  root: here,
  base: "./",
  publicDir: false,
  plugins: [
    catalogue(resolve(here, "../locales")),
    hybridOnly(),
    onePage({ file: "authority.html", title: "Ký danh sách khóa", root: "authority" }),
  ],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "dist",
    emptyOutDir: false,
    modulePreload: false,
    target: "es2022",
    assetsInlineLimit: () => true,
    sourcemap: false,
    reportCompressedSize: false,
    rolldownOptions: { input: resolve(here, "src/authority/main.tsx") },
  },
});
