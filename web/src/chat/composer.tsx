/** The composer: attaching, the microphone, the field, and the arrow that adds a part and sends nothing. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Pictogram } from "../shared/pictogram.tsx";
import type { Texts } from "../shared/texts.ts";
import type { Chat } from "./chat.ts";
import { fetchAhead, type Opened, Panel } from "./panel.tsx";
import { sends } from "./start.ts";

/** Tallest the field grows, in lines. */
const LINES = 6;

/** Field and buttons at the foot of the page; `first` is the panel that is open at the beginning. */
export function Composer({ chat, text, first }: { chat: Chat; text: Texts; first: Opened }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const refill = chat.refill.value;
  useEffect(() => {
    if (refill === "" || !field.current) return;
    chat.refill.value = "";
    if (field.current.value !== "") return;
    field.current.value = refill;
    grow(field.current);
  }, [refill, chat]);
  const [opened, open] = useState<Opened>(first);
  useEffect(fetchAhead, []);
  const submit = (event: Event) => {
    event.preventDefault();
    if (field.current) take(field.current, chat);
  };
  return (
    <section class="composer" aria-label={text("page-write")}>
      <Panel chat={chat} text={text} opened={opened} open={open} />
      <form onSubmit={submit}>
        <div class="field">
          <label class="hidden" for="text">
            {text("page-write")}
          </label>
          <textarea
            id="text"
            ref={field}
            rows={1}
            placeholder={`${text("page-write")}…`}
            autocomplete="off"
            inputMode={chat.conversation.state.value === "code" ? "numeric" : "text"}
            spellcheck={false}
            onInput={(event) => grow(event.currentTarget)}
            onKeyDown={(event) => sendOnEnter(event, chat)}
          />
          <button type="submit" aria-label={text("page-add")}>
            <Pictogram name="send" />
          </button>
        </div>
        <Tool name="attach" pictogram="attach" word={text("btn-photo")} opened={opened} open={open} />
        <Tool name="voice" pictogram="mic" word={text("btn-mic")} opened={opened} open={open} />
      </form>
    </section>
  );
}

interface ToolProps {
  name: "attach" | "voice";
  pictogram: string;
  word: string;
  opened: Opened;
  open: (panel: Opened) => void;
}

/** Opens its panel, and closes it again; whoever closes the panel finds the focus here. */
function Tool({ name, pictogram, word, opened, open }: ToolProps) {
  const button = useRef<HTMLButtonElement>(null);
  const was = useRef<Opened>(null);
  const mine = opened === name;
  useEffect(() => {
    const lost = document.activeElement === document.body;
    if (was.current !== null && opened === null && button.current && lost && started(was.current) === name) {
      button.current.focus({ preventScroll: true });
    }
    was.current = opened;
  }, [opened, name]);
  return (
    <button
      class={`tool ${name}`}
      type="button"
      aria-expanded={mine}
      ref={button}
      onClick={() => open(mine ? null : name)}
    >
      <Pictogram name={pictogram} /> <span>{word}</span>
    </button>
  );
}

/** The tool a panel is reached by. */
function started(panel: Opened): Opened {
  return panel === "place" ? "attach" : panel;
}

function sendOnEnter(event: KeyboardEvent & { currentTarget: HTMLTextAreaElement }, chat: Chat): void {
  if (!sends(event)) return;
  event.preventDefault();
  take(event.currentTarget, chat);
}

function take(field: HTMLTextAreaElement, chat: Chat): void {
  const text = field.value;
  field.value = "";
  grow(field);
  void chat.write(text);
}

function grow(field: HTMLTextAreaElement): void {
  field.style.height = "auto";
  const line = Number.parseFloat(getComputedStyle(field).lineHeight);
  const most = line * LINES + 28;
  field.style.height = field.value === "" ? "" : `${Math.min(field.scrollHeight, most)}px`;
}
