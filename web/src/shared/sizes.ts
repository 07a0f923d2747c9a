/** How large a file is, in words: one way for the residents' page and the desk. Pure. */
import type { Texts } from "./texts.ts";

const KB = 1000;
const MB = KB * KB;

/** "1.2 MB", "46 KB", "under 1 KB" as `text` puts it. Units are those of the limits: a million bytes are a megabyte. */
export function sizeOf(bytes: number, text: Texts): string {
  if (bytes < KB) return text("size-under");
  const kilobytes = rounded(bytes / KB);
  return kilobytes < KB ? text("size-kb", { n: kilobytes }) : text("size-mb", { n: rounded(bytes / MB) });
}

/** To one digit below ten, whole above. */
function rounded(value: number): number {
  return value < 9.95 ? Math.round(value * 10) / 10 : Math.round(value);
}
