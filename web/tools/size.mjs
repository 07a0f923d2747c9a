/** Prints what each built page loads until it is usable, gzip, and fails when one is too heavy. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const dist = join(import.meta.dirname, "../dist");
const manifest = JSON.parse(readFileSync(join(dist, "manifest.json"), "utf8"));
const LIMITS = { chat: 45 * 1024, desk: 130 * 1024 };

/** File names an entry loads at once: itself, its static imports and styles, and its worker. */
function files(key, seen = new Set()) {
  const chunk = manifest[key];
  if (!chunk || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const css of chunk.css ?? []) seen.add(css);
  for (const asset of chunk.assets ?? []) if (asset.endsWith(".js")) seen.add(asset);
  for (const next of chunk.imports ?? []) files(next, seen);
  return seen;
}

const heavy = [];
for (const [page, extra] of [
  ["chat", ["chat.html", "pictograms.svg"]],
  ["desk", ["desk.html", "pictograms.svg"]],
]) {
  let total = 0;
  for (const name of [...files(`${page}.html`), ...extra]) {
    let size = 0;
    try {
      size = gzipSync(readFileSync(join(dist, name)), { level: 6 }).length;
    } catch {
      continue;
    }
    total += size;
    process.stdout.write(`  ${name.padEnd(44)} ${String(size).padStart(7)}\n`);
  }
  process.stdout.write(`${page}: ${(total / 1024).toFixed(1)} KiB gzip until usable\n`);
  if (total > LIMITS[page]) heavy.push(page);
}
for (const page of heavy) process.stderr.write(`${page} is heavier than ${LIMITS[page] / 1024} KiB\n`);
if (heavy.length > 0) process.exit(1);
