/** The numbered choices of the last message: buttons whose key cap says what to type instead. */
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Pictogram } from "../shared/pictogram.tsx";
import type { Texts } from "../shared/texts.ts";
import type { Chat } from "./chat.ts";
import type { Choice, Menu } from "./protocol.ts";

/** The menu shown; nothing while there is none. */
export function Choices({ chat, text }: { chat: Chat; text: Texts }) {
  const menu = chat.menu.value;
  const list = useRef<HTMLElement>(null);
  useKeptFocus(list, menu);
  if (!menu) return null;
  const state = chat.conversation.state.value;
  const tiles = asTiles(menu);
  const others = menu.choices.filter((choice) => !tiles.includes(choice));
  return (
    <nav aria-label={text("page-choices")} tabIndex={-1} ref={list}>
      {tiles.length > 0 && (
        <ol class="tiles">
          {tiles.map((choice) => (
            <li key={`${menu.serial}.${choice.n}`}>
              <button class="tile" type="button" onClick={() => chat.press(choice)}>
                <kbd>{choice.n}</kbd> <Pictogram name={pictogramOf(choice.act) ?? ""} /> {choice.label}
              </button>
            </li>
          ))}
        </ol>
      )}
      <ol class="choices">
        {others.map((choice) => (
          <li key={`${menu.serial}.${choice.n}`}>
            <button class={look(choice, state)} type="button" onClick={() => chat.press(choice)}>
              <kbd>{choice.n}</kbd> {choice.label}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Kinds of matter and times, by the end of an act's name: the pictograms they have. */
const DRAWN: Readonly<Record<string, string>> = {
  drug: "cat-drug",
  theft: "cat-theft",
  gambling: "cat-gambling",
  loan: "cat-loan",
  scam: "cat-scam",
  home: "cat-home",
  child: "cat-child",
  traffic: "cat-traffic",
  fight: "cat-fight",
  other: "cat-other",
  now: "now",
  today: "today",
  often: "often",
  past: "past",
};
/** Acts that name a kind or a time: "cat-drug", "when-now", "kind:drug". */
const NAMED = /^(?:cat|when|kind)[-:.](\w+)$/;

/** The pictogram of a choice; null for a choice that has none. */
export function pictogramOf(act: string): string | null {
  return DRAWN[NAMED.exec(act)?.[1] ?? ""] ?? null;
}

/** The choices drawn as tiles: all that step forward, where each of them has its pictogram. */
export function asTiles(menu: Menu): readonly Choice[] {
  const forward = menu.choices.filter((choice) => choice.n !== 0);
  return forward.every((choice) => pictogramOf(choice.act) !== null) ? forward : [];
}

/** Where the button that had the focus went with its menu, the next menu has it, so that Tab goes on from there. */
function useKeptFocus(list: RefObject<HTMLElement | null>, menu: Menu | null): void {
  const held = list.current?.contains(document.activeElement) === true;
  useLayoutEffect(() => {
    const lost = held && document.activeElement === document.body;
    if (menu && lost) list.current?.focus({ preventScroll: true });
  });
}

/** Acts that name a place: none of them is the step forward, whichever comes first. */
const PLACE = /^(?:take|over|under|ward|pass|stay|link|other)(?::|$)/;

/** Filled for the one step forward, red for erasing, quiet for going back. */
export function look(choice: Choice, state: string): string {
  if (/^(erase|forget-yes)/.test(choice.act)) return "choice erase";
  if (choice.n === 0) return "choice quiet";
  if (choice.act === "proof-yes") return "choice";
  const listed = state === "mail" || state === "board" || state === "review" || PLACE.test(choice.act);
  const forward = choice.n === 1 && !listed;
  return forward ? "choice first" : "choice";
}

/** Where no field has the focus, a digit chooses at once. In the field a lone digit chooses when sent. */
export function watchDigits(chat: Chat): () => void {
  const press = (event: KeyboardEvent) => {
    const typing = event.target instanceof Element && event.target.closest("textarea, input");
    if (typing || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^\d$/.test(event.key) && chat.pressNumber(Number(event.key))) event.preventDefault();
  };
  addEventListener("keydown", press);
  return () => removeEventListener("keydown", press);
}
