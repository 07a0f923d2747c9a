/** Places of a thread as points in metres around the one shown: enough for a sketch, with no map and no server. Pure. */

import type { Coordinates } from "../../../crypto/contents.ts";

export interface Point {
  /** In metres: east of the middle, and south of it (down the screen). */
  x: number;
  y: number;
  n: number;
}

export interface Sketch {
  points: Point[];
  /** Metres from the middle to each edge. */
  reach: number;
  /** Metres the scale bar stands for. */
  bar: number;
}

const DEGREE = 111_320;
const LEAST_REACH = 150;
const FARTHEST = 5_000;

/** The largest of 1, 2 and 5 times a power of ten that is not over `metres`. */
function round(metres: number): number {
  const power = 10 ** Math.floor(Math.log10(metres));
  return ([5, 2, 1].find((one) => one * power <= metres) ?? 1) * power;
}

/** `places` by their number in the thread; those farther than five kilometres away are left out. */
export function sketch(middle: Coordinates, places: ReadonlyMap<number, Coordinates>): Sketch {
  const [latitude, longitude] = [Number(middle.latitude), Number(middle.longitude)];
  const wide = Math.cos((latitude * Math.PI) / 180);
  const points = [...places]
    .map(([n, one]) => ({
      n,
      x: (Number(one.longitude) - longitude) * DEGREE * wide,
      y: (latitude - Number(one.latitude)) * DEGREE,
    }))
    .filter(({ x, y }) => Math.hypot(x, y) <= FARTHEST);
  const farthest = Math.max(0, ...points.map(({ x, y }) => Math.max(Math.abs(x), Math.abs(y))));
  const reach = Math.max(LEAST_REACH, farthest * 1.2);
  return { points, reach, bar: round(reach * 0.7) };
}
