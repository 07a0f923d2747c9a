/** How the two pages are built: hashed files under assets/, a manifest for the server, no inline script. */
import { resolve } from "node:path";
import { defineConfig } from "vitest/config";
import { catalogue } from "./tools/catalogue.ts";
import { hybridOnly } from "./tools/hybrid-only.ts";

const here = import.meta.dirname;
const absent = resolve(here, "tools/absent.ts");

export default defineConfig({
  root: here,
  base: "/",
  // What jsPDF would load for web pages and drawings: never asked for here, so nothing of it is built.
  resolve: { alias: { html2canvas: absent, canvg: absent, dompurify: absent } },
  plugins: [catalogue(resolve(here, "../locales")), hybridOnly()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  worker: { format: "es", plugins: () => [hybridOnly()] },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    target: "es2022",
    assetsInlineLimit: 0,
    sourcemap: false,
    rolldownOptions: {
      input: {
        chat: resolve(here, "chat.html"),
        desk: resolve(here, "desk.html"),
        page: resolve(here, "src/page/main.ts"),
        worker: resolve(here, "src/page/board-worker.ts"),
      },
      output: {
        // The board's worker has an address of its own: where it lies says what it may answer for.
        entryFileNames: (chunk) => (chunk.name === "worker" ? "so/copy.js" : "assets/[name]-[hash].js"),
      },
    },
  },
  test: { include: ["tests/**/*.test.ts"], environment: "node", testTimeout: 30_000 },
});
