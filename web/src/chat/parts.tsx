/** What the person wrote or attached, drawn by its kind. */
import { Pictogram } from "../shared/pictogram.tsx";
import { sizeOf } from "../shared/sizes.ts";
import type { Texts } from "../shared/texts.ts";
import type { Own } from "./conversation.ts";
import { Player } from "./player.tsx";

/** The content of one own part. */
export function Content({ own, text }: { own: Own; text: Texts }) {
  if (own.what === "photo") return <Photo own={own} text={text} />;
  if (own.what === "video") return <Video own={own} text={text} />;
  if (own.what === "voice") return <Voice own={own} text={text} />;
  if (own.what === "file" || own.what === "place") return <Named own={own} text={text} />;
  return <p class="words">{own.text}</p>;
}

function Photo({ own, text }: { own: Own; text: Texts }) {
  return (
    <figure>
      {own.url && <img src={own.url} alt="" decoding="async" onError={hide} />}
      <figcaption>
        <Pictogram name="photo" /> {text("page-photo-part")}
      </figcaption>
    </figure>
  );
}

function Video({ own, text }: { own: Own; text: Texts }) {
  return (
    <figure>
      {own.url && <video src={own.url} muted playsInline preload="metadata" tabIndex={-1} onError={hide} />}
      <figcaption>
        <Pictogram name="video" /> {text("page-part-video", { size: sizeOf(own.size, text) })}
      </figcaption>
    </figure>
  );
}

function Voice({ own, text }: { own: Own; text: Texts }) {
  return (
    <figure>
      <figcaption>
        <Pictogram name="mic" />{" "}
        {own.seconds > 0
          ? text("page-part-voice", { seconds: own.seconds })
          : text("page-part-sound", { size: sizeOf(own.size, text) })}
      </figcaption>
      {own.url && <Player url={own.url} seconds={own.seconds} text={text} />}
    </figure>
  );
}

function Named({ own, text }: { own: Own; text: Texts }) {
  const file = own.what === "file";
  return (
    <figure>
      <figcaption>
        <Pictogram name={file ? "attach" : "place"} />{" "}
        {file ? text("page-part-file", { size: sizeOf(own.size, text) }) : text("page-add-place")}
      </figcaption>
      <p class={file ? "named" : "num"}>{own.text}</p>
    </figure>
  );
}

function hide(event: Event): void {
  if (event.target instanceof HTMLElement) event.target.hidden = true;
}
