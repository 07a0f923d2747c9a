/**
 * A photo: opened when tapped, decoded in the worker, drawn on a canvas, larger when tapped again. Its bytes never
 * become a document.
 */
import { useRef, useState } from "preact/hooks";
import { Pictogram } from "../../../shared/pictogram.tsx";
import { sizeOf } from "../../../shared/sizes.ts";
import type { MediaView } from "../../keys/messages.ts";
import { t } from "../../words.ts";
import { fetchPhoto, useOpening } from "./fetching.ts";

const WIDEST = 1600;

function draw(canvas: HTMLCanvasElement, picture: ImageBitmap): void {
  const scale = Math.min(1, WIDEST / Math.max(picture.width, picture.height));
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
}

function label(stand: string, done: number, about: string): string {
  return stand === "opening" ? t("desk-media-opening", { done }) : about;
}

export function PhotoPart({ media, n }: { media: MediaView; n: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [large, setLarge] = useState(false);
  const { stand, done, open } = useOpening(async (progress) => {
    const picture = await fetchPhoto(media, progress);
    if (canvas.current) draw(canvas.current, picture);
    picture.close();
  });
  const drawn = stand === "open";
  return (
    <div class="media">
      <button
        class={`thumb ${drawn ? "drawn" : ""} ${large ? "large" : ""}`}
        type="button"
        disabled={stand === "opening"}
        aria-expanded={large}
        onClick={() => (drawn ? setLarge(!large) : open())}
      >
        <canvas ref={canvas} hidden={!drawn} />
        {drawn ? null : <Pictogram name="photo" />}
        <span class={drawn ? "hidden" : ""}>{t(large ? "desk-photo-less" : "desk-photo", { n })}</span>
        {drawn ? null : (
          <span class="small num" role="status">
            {label(stand, done, sizeOf(media.bytes, t))}
          </span>
        )}
      </button>
      {stand === "bad" ? (
        <span class="bad small" role="alert">
          {t("desk-photo-bad")}
        </span>
      ) : null}
    </div>
  );
}
