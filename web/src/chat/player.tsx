/** Hearing a recording again: one button, its length in figures. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Pictogram } from "../shared/pictogram.tsx";
import type { Texts } from "../shared/texts.ts";

/** Seconds as a clock shows them: 1:04. */
export function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Plays what lies at an object URL. `seconds` 0: not known. */
export function Player({ url, seconds, text }: { url: string; seconds: number; text: Texts }) {
  const [playing, setPlaying] = useState(false);
  const sound = useRef<HTMLAudioElement | null>(null);
  useEffect(() => () => sound.current?.pause(), []);
  const toggle = () => {
    sound.current ??= new Audio(url);
    const audio = sound.current;
    audio.onended = audio.onpause = audio.onerror = () => setPlaying(false);
    if (playing) audio.pause();
    else
      void audio.play().then(
        () => setPlaying(true),
        () => setPlaying(false),
      );
  };
  return (
    <div class="player">
      <button type="button" onClick={toggle}>
        <Pictogram name={playing ? "pause" : "play"} />{" "}
        {text(playing ? "page-voice-pause" : "page-voice-play")}
      </button>
      {seconds > 0 && <span class="num">{clock(seconds)}</span>}
    </div>
  );
}
