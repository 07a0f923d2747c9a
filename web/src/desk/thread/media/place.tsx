/** A place: its coordinates to copy, and a sketch of it among the tip's other places. No map is asked for anywhere. */
import { useState } from "preact/hooks";
import type { Coordinates } from "../../../crypto/contents.ts";
import { Pictogram } from "../../../shared/pictogram.tsx";
import { t } from "../../words.ts";
import { sketch } from "./sketch.ts";

const SIDE = 200;
const EDGE = SIDE / 2;
const LINES = [-2, -1, 0, 1, 2];

function Drawing({
  place,
  n,
  places,
}: {
  place: Coordinates;
  n: number;
  places: ReadonlyMap<number, Coordinates>;
}) {
  const { points, reach, bar } = sketch(place, places);
  const px = (metres: number) => (metres / reach) * (EDGE - 14);
  const ruler = px(bar);
  return (
    <svg
      class="sketch"
      viewBox={`${-EDGE} ${-EDGE} ${SIDE} ${SIDE}`}
      role="img"
      aria-label={t("desk-place-sketch", { metres: bar })}
    >
      <g class="grid">
        {LINES.map((line) => (
          <path key={line} d={`M${line * ruler} ${-EDGE}V${EDGE}M${-EDGE} ${line * ruler}H${EDGE}`} />
        ))}
      </g>
      {points.map((point) => (
        <g key={point.n} class={point.n === n ? "point here" : "point"}>
          <circle cx={px(point.x)} cy={px(point.y)} r={point.n === n ? 6 : 4} />
          <text x={px(point.x) + 9} y={px(point.y) + 4}>
            {point.n}
          </text>
        </g>
      ))}
      <g class="north">
        <path d={`M${EDGE - 16} ${-EDGE + 34}V${-EDGE + 14}m-5 7l5-7l5 7`} />
        <text x={EDGE - 16} y={-EDGE + 46} text-anchor="middle">
          {t("desk-place-north")}
        </text>
      </g>
      <g class="bar">
        <path d={`M${-EDGE + 10} ${EDGE - 10}h${ruler}m0-4v8m${-ruler}-8v8`} />
        <text x={-EDGE + 10} y={EDGE - 18}>
          {bar} m
        </text>
      </g>
    </svg>
  );
}

interface PlaceProps {
  place: Coordinates;
  n: number;
  /** Every place of the thread by its number. */
  places: ReadonlyMap<number, Coordinates>;
}

export function PlacePart({ place, n, places }: PlaceProps) {
  const [copied, setCopied] = useState(false);
  const written = `${place.latitude}, ${place.longitude}`;
  const copy = async () => {
    await navigator.clipboard.writeText(written);
    setCopied(true);
  };
  return (
    <div class="place">
      <p class="row tight">
        <Pictogram name="place" /> <span>{t("desk-place", { n })}</span>
      </p>
      <p class="row">
        <span class="hidden">{t("desk-place-coordinates")}</span>
        <code class="num">{written}</code>
        <button class="button" type="button" onClick={copy}>
          {t("desk-place-copy")}
        </button>
        <span class="small muted" role="status">
          {copied ? t("desk-place-copied") : null}
        </span>
      </p>
      <Drawing place={place} n={n} places={places} />
      <p class="small muted">{t("desk-place-no-map")}</p>
    </div>
  );
}
