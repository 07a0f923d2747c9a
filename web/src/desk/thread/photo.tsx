/**
 * A photo: decoded in the worker, drawn on a canvas, small until tapped. Its bytes never become a document.
 *
 * Small ones open by themselves when they come into view; a large one waits for a tap.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { Pictogram } from "../../shared/pictogram.tsx";
import type { Photo } from "../keys/messages.ts";
import { t } from "../words.ts";
import { openPhoto } from "./thread.ts";

const WIDEST = 1600;
const OPENS_ITSELF = 6 * 1024 * 1024;

function draw(canvas: HTMLCanvasElement, picture: ImageBitmap): void {
  const scale = Math.min(1, WIDEST / Math.max(picture.width, picture.height));
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
}

type State = "shut" | "opening" | "drawn" | "bad";

function useDrawing(photo: Photo) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [state, setState] = useState<State>("shut");
  const open = async () => {
    setState("opening");
    try {
      const picture = await openPhoto(photo);
      if (canvas.current) draw(canvas.current, picture);
      setState("drawn");
    } catch {
      setState("bad");
    }
  };
  return { canvas, state, open };
}

/** Calls `seen` once, when the element comes into view. */
function useFirstSight(element: { current: HTMLElement | null }, seen: () => void): void {
  useEffect(() => {
    const found = element.current;
    if (!found) return;
    const watch = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      seen();
    });
    watch.observe(found);
    return () => watch.disconnect();
  }, []);
}

export function PhotoPart({ photo, n }: { photo: Photo; n: number }) {
  const { canvas, state, open } = useDrawing(photo);
  const [large, setLarge] = useState(false);
  const frame = useRef<HTMLButtonElement>(null);
  useFirstSight(frame, () => {
    if (photo.bytes <= OPENS_ITSELF) open();
  });
  const drawn = state === "drawn";
  const press = () => (drawn ? setLarge(!large) : open());
  return (
    <div class="media">
      <button
        class={`thumb ${drawn ? "drawn" : ""} ${large ? "large" : ""}`}
        type="button"
        ref={frame}
        disabled={state === "opening"}
        aria-expanded={large}
        onClick={press}
      >
        <canvas ref={canvas} hidden={!drawn} />
        {drawn ? null : <Pictogram name="photo" />}
        <span class={drawn ? "hidden" : "small"}>
          {state === "opening" ? t("desk-photo-opening") : t(large ? "desk-photo-less" : "desk-photo", { n })}
        </span>
      </button>
      {state === "bad" ? (
        <span class="bad small" role="alert">
          {t("desk-photo-bad")}
        </span>
      ) : null}
    </div>
  );
}
