/**
 * A recording or a film: fetched and opened when tapped, played from an address of this page alone, gone with it.
 *
 * Own controls: play, place, speed; all by keyboard. Only cleaned media of known kinds come here. What this browser
 * cannot play, or plays without its pictures, is handed out as a file.
 */
import { useRef, useState } from "preact/hooks";
import { Pictogram } from "../../../shared/pictogram.tsx";
import { sizeOf } from "../../../shared/sizes.ts";
import type { MediaView } from "../../keys/messages.ts";
import { language, t } from "../../words.ts";
import { fetchBytes, useAddress, useOpening } from "./fetching.ts";
import { Broken, Opener } from "./opener.tsx";
import { fileName, length, plainMime } from "./shown.ts";

const SPEEDS = [1, 1.25, 1.5, 2] as const;
const STEP = 5;

interface PlayerProps {
  kind: "voice" | "video";
  media: MediaView;
  n: number;
}

interface ControlsProps {
  of: { current: HTMLMediaElement | null };
  name: string;
  seconds: number | null;
  playing: boolean;
  at: number;
}

function speedShown(speed: number): string {
  return `${new Intl.NumberFormat(language.value).format(speed)}×`;
}

function Controls({ of, name, seconds, playing, at }: ControlsProps) {
  const [speed, setSpeed] = useState(0);
  const own = of.current?.duration;
  const whole = own !== undefined && Number.isFinite(own) ? own : (seconds ?? 0);
  const toggle = () => (of.current?.paused ? of.current.play() : of.current?.pause());
  const seek = (to: number) => {
    if (of.current) of.current.currentTime = Math.min(Math.max(0, to), whole || to);
  };
  const faster = () => {
    const next = (speed + 1) % SPEEDS.length;
    setSpeed(next);
    if (of.current) of.current.playbackRate = SPEEDS[next] ?? 1;
  };
  return (
    <>
      <button
        class="button"
        type="button"
        aria-label={`${t(playing ? "desk-pause" : "desk-play")}, ${name}`}
        onClick={toggle}
      >
        {playing ? <span aria-hidden="true">❚❚</span> : <Pictogram name="play" />}
      </button>
      <input
        class="seek"
        type="range"
        min={0}
        max={Math.max(1, Math.ceil(whole))}
        step={1}
        value={Math.floor(at)}
        aria-label={`${t("desk-seek")}, ${name}`}
        aria-valuetext={t("desk-at", { at: length(at), length: length(whole) })}
        onInput={(event) => seek(Number(event.currentTarget.value))}
        onKeyDown={(event) => {
          const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
          if (step === undefined) return;
          event.preventDefault();
          seek((of.current?.currentTime ?? 0) + step);
        }}
      />
      <span class="num small">
        {length(at)} / {length(whole)}
      </span>
      <button
        class="button num"
        type="button"
        aria-label={t("desk-speed", { speed: speedShown(SPEEDS[speed] ?? 1) })}
        onClick={faster}
      >
        {speedShown(SPEEDS[speed] ?? 1)}
      </button>
    </>
  );
}

/** For another program: as a browser may lack what decodes it. */
function Elsewhere({ address, media, n }: { address: string } & Pick<PlayerProps, "media" | "n">) {
  return (
    <div class="media file">
      <p class="bad small" role="alert">
        {t("desk-media-unplayed")}
      </p>
      <p class="small">{t("desk-file-warn")}</p>
      <a class="button" href={address} download={fileName(n, plainMime(media.mime))}>
        <Pictogram name="attach" /> {t("desk-file-get", { size: sizeOf(media.bytes, t) })}
      </a>
    </div>
  );
}

function Playing({ address, name, kind, media, n }: { address: string; name: string } & PlayerProps) {
  const element = useRef<HTMLMediaElement & HTMLVideoElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [unplayed, setUnplayed] = useState(false);
  const events = {
    onPlay: () => setPlaying(true),
    onPause: () => setPlaying(false),
    onTimeUpdate: () => setAt(element.current?.currentTime ?? 0),
    onLoadedMetadata: () => {
      setAt(0);
      if (kind === "video" && !element.current?.videoWidth) setUnplayed(true);
    },
    onError: () => setUnplayed(true),
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a player, not fields of a form
    <div class={`player ${kind}`} role="group" aria-label={name}>
      {kind === "video" ? (
        <video ref={element} src={address} preload="metadata" playsInline {...events} />
      ) : (
        <audio ref={element} src={address} preload="metadata" {...events} />
      )}
      <Controls of={element} name={name} seconds={media.seconds} playing={playing} at={at} />
      {unplayed ? <Elsewhere address={address} media={media} n={n} /> : null}
    </div>
  );
}

export function Player({ kind, media, n }: PlayerProps) {
  const [address, hold] = useAddress();
  const { stand, done, open } = useOpening(async (progress, alive) => {
    const bytes = await fetchBytes(media, progress);
    if (alive()) hold(bytes, plainMime(media.mime));
  });
  const name = t(`desk-${kind}`, { n });
  if (stand === "open" && address)
    return <Playing address={address} name={name} kind={kind} media={media} n={n} />;
  const about = [media.seconds ? length(media.seconds) : "", sizeOf(media.bytes, t)];
  return (
    <div class="media">
      <Opener
        name={name}
        about={about.filter(Boolean).join(" · ")}
        pictogram={kind === "voice" ? "mic" : "play"}
        stand={stand}
        done={done}
        onOpen={open}
      />
      <Broken stand={stand} />
    </div>
  );
}
