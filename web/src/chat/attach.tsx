/** What can be attached, each with how large it may be, told before anything is chosen. */
import { Pictogram } from "../shared/pictogram.tsx";
import type { Texts } from "../shared/texts.ts";
import { Close, useFocus } from "./acts.tsx";
import { MEGABYTES, type MediaKind } from "./media.ts";

interface Props {
  text: Texts;
  choose: (kind: MediaKind) => void;
  place: () => void;
  close: () => void;
}

const OFFERED = [
  ["photo", "photo"],
  ["video", "video"],
  ["file", "attach"],
] as const;

/** The panel of things to attach. */
export function AttachPanel({ text, choose, place, close }: Props) {
  const first = useFocus();
  return (
    <section class="panel" aria-label={text("btn-photo")}>
      <ul class="offers">
        {OFFERED.map(([kind, pictogram], at) => (
          <li key={kind}>
            <button class="offer" type="button" ref={at === 0 ? first : null} onClick={() => choose(kind)}>
              <Pictogram name={pictogram} /> <b>{text(`page-add-${kind}`)}</b>{" "}
              <span class="small">{text("page-limit", { limit: MEGABYTES[kind] })}</span>
            </button>
          </li>
        ))}
        <li>
          <button class="offer" type="button" onClick={place}>
            <Pictogram name="place" /> <b>{text("page-add-place")}</b>{" "}
            <span class="small">{text("page-add-place-how")}</span>
          </button>
        </li>
      </ul>
      <p class="small">{text("page-add-cleaned")}</p>
      <Close text={text} close={close} />
    </section>
  );
}
