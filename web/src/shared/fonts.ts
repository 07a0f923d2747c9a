/** Be Vietnam Pro, offered to the browser after first paint; skipped where the person saves data. */
import latin400 from "@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-400-normal.woff2?url";
import latin600 from "@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-600-normal.woff2?url";
import extended400 from "@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-ext-400-normal.woff2?url";
import extended600 from "@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-ext-600-normal.woff2?url";
import vietnamese400 from "@fontsource/be-vietnam-pro/files/be-vietnam-pro-vietnamese-400-normal.woff2?url";
import vietnamese600 from "@fontsource/be-vietnam-pro/files/be-vietnam-pro-vietnamese-600-normal.woff2?url";

// The ranges the files were cut to (@fontsource/be-vietnam-pro 400.css).
const VIETNAMESE =
  "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB";
const EXTENDED =
  "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF";
const LATIN =
  "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD";

// Later faces win where ranges overlap, so the Vietnamese ones come last.
const FACES: readonly (readonly [string, string, string])[] = [
  [extended400, "400", EXTENDED],
  [extended600, "600", EXTENDED],
  [latin400, "400", LATIN],
  [latin600, "600", LATIN],
  [vietnamese400, "400", VIETNAMESE],
  [vietnamese600, "600", VIETNAMESE],
];

/** True where the person asked the browser to load little. */
export function savesData(): boolean {
  return (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
}

/** Adds the faces once the page has painted; the browser fetches those it needs. */
export function offerFonts(): void {
  if (savesData()) return;
  requestAnimationFrame(() =>
    setTimeout(() => {
      for (const [url, weight, unicodeRange] of FACES) {
        document.fonts.add(
          new FontFace("Be Vietnam Pro", `url(${url})`, { weight, unicodeRange, display: "swap" }),
        );
      }
    }),
  );
}
