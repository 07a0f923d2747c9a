/** The button a part stands behind until it is tapped, with how far it has come; and the line that says it failed. */
import { Pictogram } from "../../../shared/pictogram.tsx";
import { t } from "../../words.ts";
import type { Stand } from "./fetching.ts";

interface OpenerProps {
  name: string;
  about: string;
  pictogram: string;
  stand: Stand;
  done: number;
  onOpen: () => void;
}

export function Opener({ name, about, pictogram, stand, done, onOpen }: OpenerProps) {
  return (
    <button class="button opener" type="button" disabled={stand === "opening"} onClick={onOpen}>
      <Pictogram name={pictogram} />
      <span>
        {name} <span class="small muted num">{about}</span>
      </span>
      {stand === "opening" ? (
        <span class="small num" role="status">
          {t("desk-media-opening", { done })}
        </span>
      ) : null}
    </button>
  );
}

export function Broken({ stand }: { stand: Stand }) {
  return stand === "bad" ? (
    <p class="bad small" role="alert">
      {t("desk-media-bad")}
    </p>
  ) : null;
}
