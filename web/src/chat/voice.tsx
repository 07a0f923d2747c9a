/** Recording: tap to begin, tap to end, hear it again, then drop it or add it. Seconds stand in figures. */
import { useEffect, useMemo } from "preact/hooks";
import { Pictogram } from "../shared/pictogram.tsx";
import type { Texts } from "../shared/texts.ts";
import { Close, Ways } from "./acts.tsx";
import type { Chat } from "./chat.ts";
import { clock, Player } from "./player.tsx";
import { microphone, Recorder, type Recording } from "./recorder.ts";

interface Props {
  chat: Chat;
  text: Texts;
  close: () => void;
}

/** The panel of one recording; closing it drops what was not added. */
export function VoicePanel({ chat, text, close }: Props) {
  const recorder = useMemo(() => new Recorder(microphone), []);
  useEffect(() => {
    const release = chat.endWith(() => recorder.drop());
    void recorder.start();
    return () => {
      release();
      recorder.drop();
    };
  }, [recorder, chat]);
  const state = recorder.state.value;
  const add = (done: Recording & { now: "done" }) => {
    chat.addVoice(done.sound, done.seconds);
    close();
  };
  return (
    <section class="panel" aria-label={text("btn-mic")}>
      <p class="hidden" role="status">
        {state.now === "running" && text("page-voice-running")}
        {state.now === "done" && text("page-part-voice", { seconds: state.seconds })}
      </p>
      {state.now === "asking" && <p role="status">{text("page-voice-asking")}</p>}
      {state.now === "running" && <Running state={state} recorder={recorder} text={text} drop={close} />}
      {state.now === "done" && <Done state={state} text={text} drop={close} add={() => add(state)} />}
      {(state.now === "denied" || state.now === "none") && (
        <p role="alert">{text(state.now === "denied" ? "web-mic-denied" : "page-voice-none")}</p>
      )}
      {state.now !== "running" && state.now !== "done" && <Close text={text} close={close} />}
    </section>
  );
}

interface RunningProps {
  state: { seconds: number };
  recorder: Recorder;
  text: Texts;
  drop: () => void;
}

function Running({ state, recorder, text, drop }: RunningProps) {
  return (
    <>
      <p class="recording">
        <Pictogram name="mic" /> <b class="num">{clock(state.seconds)}</b>{" "}
        <span>{text("page-voice-running")}</span>
      </p>
      <p class="small">{text("page-voice-known")}</p>
      <Ways
        text={text}
        leave={{ say: "page-remove", act: drop }}
        go={{ say: "btn-mic-stop", act: () => recorder.stop() }}
      />
    </>
  );
}

interface DoneProps {
  state: { seconds: number; sound: Blob; full: boolean };
  text: Texts;
  drop: () => void;
  add: () => void;
}

function Done({ state, text, drop, add }: DoneProps) {
  const { sound } = state;
  const url = useMemo(() => URL.createObjectURL(sound), [sound]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return (
    <>
      {state.full && <p role="status">{text("page-voice-full")}</p>}
      <Player url={url} seconds={state.seconds} text={text} />
      <p class="small">{text("page-voice-known")}</p>
      <Ways text={text} leave={{ say: "page-remove", act: drop }} go={{ say: "page-into-tip", act: add }} />
    </>
  );
}
