/** Sizes as people read them, on the page and at the desk. */
import { expect, it } from "vitest";
import { words } from "../../src/chat/words.ts";
import { t } from "../../src/desk/words.ts";
import { sizeOf } from "../../src/shared/sizes.ts";

it.each([
  [0, "dưới 1 KB", "under 1 KB"],
  [30, "dưới 1 KB", "under 1 KB"],
  [999, "dưới 1 KB", "under 1 KB"],
  [1000, "1 KB", "1 KB"],
  [1234, "1,2 KB", "1.2 KB"],
  [9_960, "10 KB", "10 KB"],
  [46_400, "46 KB", "46 KB"],
  [999_400, "999 KB", "999 KB"],
  [999_600, "1 MB", "1 MB"],
  [1_258_291, "1,3 MB", "1.3 MB"],
  [200_000_000, "200 MB", "200 MB"],
])("%s bytes are %s", (bytes, vi, en) => {
  expect([sizeOf(bytes, words("vi")), sizeOf(bytes, words("en")), sizeOf(bytes, t)]).toEqual([vi, en, vi]);
});
