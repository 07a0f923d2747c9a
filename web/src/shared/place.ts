/** What the server wrote into the page: whose box this is, its language, where quick exit leads. */
import type { Language } from "./texts.ts";

export interface Place {
  readonly language: Language;
  /** Link code of the box, if the page came with one. */
  readonly box: string | null;
  /** Name under "Hòm thư" in the bar; empty if unknown. */
  readonly label: string;
  /** Neutral page that quick exit replaces this one with. */
  readonly exit: string;
  /** True where nothing reaches the police. */
  readonly demo: boolean;
  /** Address of the chat page of this box, for the history entry. */
  readonly chat: string;
}

/** Reads the place from the element's data attributes. */
export function placeOf(element: HTMLElement): Place {
  const { lang, box, label, exit, chat, demo } = element.dataset;
  return {
    language: lang === "en" ? "en" : "vi",
    box: box ? box : null,
    label: label ?? "",
    demo: demo === "1",
    exit: exit ? exit : "about:blank",
    chat: chat ? chat : "/chat",
  };
}
