/** The page's words: both catalogues lie in the page, only the keys it shows. Remembers no language. */
import english from "virtual:catalogue/en/auth-,btn-back$,login-show$,login-hide$";
import vietnamese from "virtual:catalogue/vi/auth-,btn-back$,login-show$,login-hide$";
import { signal } from "@preact/signals";
import { type Language, texts } from "../shared/texts.ts";
import type { Why } from "./refusal.ts";

const spoken = { vi: texts("vi", vietnamese), en: texts("en", english) };

export const language = signal<Language>("vi");

/** A text of the catalogue in the chosen language. */
export function t(key: string, args?: Record<string, string | number>): string {
  return spoken[language.value](key, args);
}

/** A reason in words. */
export function told(why: Why): string {
  return t(why.key, why.args);
}

/** Changes the language of every screen. */
export function speak(next: Language): void {
  language.value = next;
  document.documentElement.lang = next;
}
