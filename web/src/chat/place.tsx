/** A place: first a sentence on what it tells, then the browser is asked, then the coordinates are shown, then added. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Pictogram } from "../shared/pictogram.tsx";
import type { Texts } from "../shared/texts.ts";
import { Close, Ways } from "./acts.tsx";
import type { Chat, Spot } from "./chat.ts";

/** Longest search, in ms. */
const SEARCH = 30_000;
/** Digits after the point: about a metre. */
const DIGITS = 5;

type State = { now: "told" | "asking" | "denied" | "none" } | { now: "found"; spot: Spot; metres: number };

interface Props {
  chat: Chat;
  text: Texts;
  close: () => void;
}

/** The panel of one place. Nothing is asked of the browser before the person taps. */
export function PlacePanel({ chat, text, close }: Props) {
  const [state, setState] = useState<State>({ now: "told" });
  const there = useRef(true);
  useEffect(
    () => () => {
      there.current = false;
    },
    [],
  );
  const ask = () => {
    setState({ now: "asking" });
    search((found) => there.current && setState(found));
  };
  const add = (spot: Spot) => {
    chat.addPlace(spot);
    close();
  };
  const { state: asked, draft } = chat.conversation;
  const use = asked.value === "find" && !draft.value ? "page-place-use" : "page-into-tip";
  return (
    <section class="panel" aria-label={text("page-add-place")}>
      {state.now === "told" && <Told text={text} ask={ask} close={close} />}
      {state.now === "asking" && <p role="status">{text("page-place-asking")}</p>}
      {state.now === "found" && (
        <Found {...state} use={use} text={text} add={() => add(state.spot)} drop={close} />
      )}
      {(state.now === "denied" || state.now === "none") && (
        <p role="alert">{text(`page-place-${state.now}`)}</p>
      )}
      {state.now !== "told" && state.now !== "found" && <Close text={text} close={close} />}
    </section>
  );
}

function search(found: (state: State) => void): void {
  if (!("geolocation" in navigator)) {
    found({ now: "none" });
    return;
  }
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const spot = { latitude: coords.latitude.toFixed(DIGITS), longitude: coords.longitude.toFixed(DIGITS) };
      found({ now: "found", spot, metres: Math.round(coords.accuracy) });
    },
    (error) => found({ now: error.code === error.PERMISSION_DENIED ? "denied" : "none" }),
    { enableHighAccuracy: true, timeout: SEARCH, maximumAge: 0 },
  );
}

function Told({ text, ask, close }: { text: Texts; ask: () => void; close: () => void }) {
  return (
    <>
      <p>{text("page-place-how")}</p>
      <p class="small">{text("page-place-known")}</p>
      <Ways text={text} leave={{ say: "btn-close", act: close }} go={{ say: "page-place-ask", act: ask }} />
    </>
  );
}

interface FoundProps {
  spot: Spot;
  metres: number;
  /** What the step forward is called: of a tip it becomes a part, else the ward is found by it. */
  use: string;
  text: Texts;
  add: () => void;
  drop: () => void;
}

function Found({ spot, metres, use, text, add, drop }: FoundProps) {
  return (
    <>
      <p class="spot" role="status">
        <Pictogram name="place" /> <b class="num">{`${spot.latitude}, ${spot.longitude}`}</b>{" "}
        <span class="small">{text("page-place-near", { metres })}</span>
      </p>
      <Ways text={text} leave={{ say: "page-remove", act: drop }} go={{ say: use, act: add }} />
    </>
  );
}
