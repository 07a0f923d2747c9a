/** How parts are told and shown: lengths, names, what may play, the sketch of places. */
import { describe, expect, it } from "vitest";
import { fileName, length, plainMime, shownAs } from "../../src/desk/thread/media/shown.ts";
import { sketch } from "../../src/desk/thread/media/sketch.ts";

it("tells lengths as people read them", () => {
  expect([
    length(38),
    length(725.9),
    length(3723),
    length(Number.NaN),
    length(Number.POSITIVE_INFINITY),
  ]).toEqual(["0:38", "12:05", "1:02:03", "0:00", "0:00"]);
});

it("names a download by its number alone", () => {
  expect([fileName(2, "application/pdf"), fileName(1, "text/html")]).toEqual(["phan-2.pdf", "phan-1.bin"]);
  expect(plainMime("Audio/WebM; codecs=opus")).toBe("audio/webm");
});

it.each([
  ["voice", "audio/ogg", true, "voice"],
  ["voice", "audio/ogg; codecs=opus", true, "voice"],
  ["voice", "audio/ogg", false, "file"],
  ["voice", "text/html", true, "file"],
  ["video", "video/mp4", true, "video"],
  ["video", "video/x-msvideo", true, "file"],
  ["photo", "image/jpeg", true, "photo"],
  ["photo", "image/jpeg", false, "file"],
  ["file", "video/mp4", true, "file"],
] as const)("a %s of %s, cleaned %s, is shown as a %s", (kind, mime, cleaned, as) => {
  expect(shownAs(kind, { mime, cleaned })).toBe(as);
});

describe("the sketch of a place", () => {
  const middle = { latitude: "18.52000", longitude: "105.70000" };

  it("is to scale, north above", () => {
    const north = { latitude: "18.52100", longitude: "105.70000" };
    const east = { latitude: "18.52000", longitude: "105.70100" };
    const { points } = sketch(
      middle,
      new Map([
        [1, middle],
        [2, north],
        [3, east],
      ]),
    );
    expect(points.map(({ n, x, y }) => [n, Math.round(x) + 0, Math.round(y) + 0])).toEqual([
      [1, 0, 0],
      [2, 0, -111],
      [3, 106, 0],
    ]);
  });

  it("has a round scale bar that fits, alone or with others near, and leaves out what is far", () => {
    const alone = sketch(middle, new Map([[1, middle]]));
    expect([alone.reach, alone.bar]).toEqual([150, 100]);
    const near = { latitude: "18.53000", longitude: "105.70000" };
    const far = { latitude: "19.52000", longitude: "105.70000" };
    const { points, reach, bar } = sketch(
      middle,
      new Map([
        [1, middle],
        [2, near],
        [3, far],
      ]),
    );
    expect(points.map(({ n }) => n)).toEqual([1, 2]);
    expect(bar).toBe(500);
    expect(reach).toBeGreaterThan(1113);
  });
});
