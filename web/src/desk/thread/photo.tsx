/** A photo, opened on request: decoded in the worker, drawn on a canvas. Its bytes never become a document. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Pictogram } from "../../shared/pictogram.tsx";
import type { Photo } from "../keys/messages.ts";
import { t } from "../words.ts";
import { openPhoto } from "./thread.ts";

const WIDEST = 1600;

function draw(canvas: HTMLCanvasElement, picture: ImageBitmap): void {
  const scale = Math.min(1, WIDEST / Math.max(picture.width, picture.height));
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
}

function Drawing({ picture, label, onClose }: { picture: ImageBitmap; label: string; onClose: () => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) draw(canvas.current, picture);
  }, [picture]);
  return (
    <figure class="photo">
      <canvas ref={canvas} role="img" aria-label={label} />
      <figcaption>
        <button class="button" type="button" onClick={onClose}>
          {t("desk-photo-close", { label })}
        </button>
      </figcaption>
    </figure>
  );
}

export function PhotoPart({ photo, n }: { photo: Photo; n: number }) {
  const [picture, setPicture] = useState<ImageBitmap | null>(null);
  const [state, setState] = useState<"shut" | "opening" | "bad">("shut");
  const label = t("desk-photo", { n });
  const open = async () => {
    setState("opening");
    try {
      setPicture(await openPhoto(photo));
      setState("shut");
    } catch {
      setState("bad");
    }
  };
  if (picture) return <Drawing picture={picture} label={label} onClose={() => setPicture(null)} />;
  return (
    <div class="media">
      <button class="thumb" type="button" disabled={state === "opening"} onClick={open}>
        <Pictogram name="photo" />
        <span class="small">{state === "opening" ? t("desk-photo-opening") : label}</span>
      </button>
      {state === "bad" ? (
        <span class="bad small" role="alert">
          {t("desk-photo-bad")}
        </span>
      ) : null}
    </div>
  );
}
