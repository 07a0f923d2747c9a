/** The composer: a photo, the field, and the arrow that adds a part and sends nothing. */
import { useEffect, useRef } from "preact/hooks";
import { Pictogram } from "../shared/pictogram.tsx";
import type { Texts } from "../shared/texts.ts";
import type { Chat } from "./chat.ts";
import { sends } from "./start.ts";

/** Tallest the field grows, in lines. */
const LINES = 6;

/** Field and buttons at the foot of the page. */
export function Composer({ chat, text }: { chat: Chat; text: Texts }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const refill = chat.refill.value;
  useEffect(() => {
    if (refill === "" || !field.current) return;
    chat.refill.value = "";
    if (field.current.value !== "") return;
    field.current.value = refill;
    grow(field.current);
  }, [refill, chat]);
  const submit = (event: Event) => {
    event.preventDefault();
    if (field.current) take(field.current, chat);
  };
  return (
    <section class="composer" aria-label={text("page-write")}>
      <form onSubmit={submit}>
        <Attach chat={chat} text={text} />
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
      </form>
    </section>
  );
}

function Attach({ chat, text }: { chat: Chat; text: Texts }) {
  const choose = (event: Event & { currentTarget: HTMLInputElement }) => {
    chat.attach([...(event.currentTarget.files ?? [])]);
    event.currentTarget.value = "";
  };
  return (
    <label class="tool photo">
      <input class="hidden" type="file" accept="image/*" multiple onChange={choose} />
      <Pictogram name="photo" /> <span>{text("page-photo")}</span>
    </label>
  );
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
