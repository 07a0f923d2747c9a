/**
 * The console's words: Fluent catalogues by language, only the keys the console shows. English is fetched when asked,
 * and so are the words of a page that is loaded on demand.
 */

import vietnamese from "virtual:catalogue/vi/desk-,~desk-changed$,~desk-log-,desk-log-number$,desk-log-reading$,desk-log-reason-,enrol-,login-,st-,cat-,start-demo$,btn-back$,btn-close$,btn-yes$,size-";
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { signal } from "@preact/signals";

export type Language = "vi" | "en";

/** The words of a page, a catalogue module in each language. */
export type PageWords = Readonly<Record<Language, () => Promise<{ default: string }>>>;

const KEPT = "hopthu-desk-language";

function bundle(language: Language, source: string): FluentBundle {
  const made = new FluentBundle(language, { useIsolating: false });
  made.addResource(new FluentResource(source));
  return made;
}

const bundles = new Map<Language, FluentBundle>([["vi", bundle("vi", vietnamese)]]);
/** Words of pages that were gone to. */
const pages = new Set<PageWords>();

export const language = signal<Language>("vi");

/** The text of a catalogue key in the chosen language; the key itself where a text is missing. */
export function t(key: string, args?: Record<string, FluentVariable>): string {
  const words = bundles.get(language.value);
  const message = words?.getMessage(key);
  if (!words || !message?.value) return key;
  return words.formatPattern(message.value, args ?? null, []);
}

/** A text of a page in Vietnamese and in English, whatever the screen speaks: for what is read elsewhere. */
export async function inBoth(words: PageWords, key: string): Promise<string[]> {
  const texts = (["vi", "en"] as const).map(async (one) => {
    const found = bundle(one, (await words[one]()).default);
    return found.formatPattern(found.getMessage(key)?.value ?? key, null, []);
  });
  return Promise.all(texts);
}

/** Whether the catalogue knows this key; used for keys that come from the server. */
export function known(key: string): boolean {
  return bundles.get(language.value)?.hasMessage(key) ?? false;
}

/** Brings the words of a page, in the language of the screen; in another one once it is spoken. */
export async function learn(words: PageWords): Promise<void> {
  pages.add(words);
  await hear(words, language.value);
}

async function hear(words: PageWords, at: Language): Promise<void> {
  bundles.get(at)?.addResource(new FluentResource((await words[at]()).default));
}

/** Changes the language of every screen and remembers it on this machine. */
export async function speak(next: Language): Promise<void> {
  if (next === "en" && !bundles.has("en")) {
    const source = await import(
      "virtual:catalogue/en/desk-,~desk-changed$,~desk-log-,desk-log-number$,desk-log-reading$,desk-log-reason-,enrol-,login-,st-,cat-,start-demo$,btn-back$,btn-close$,btn-yes$,size-"
    );
    bundles.set("en", bundle("en", source.default));
  }
  await Promise.all([...pages].map((words) => hear(words, next)));
  language.value = next;
  document.documentElement.lang = next;
  localStorage.setItem(KEPT, next);
}

/** Takes up the language chosen earlier on this machine. */
export async function speakAsBefore(): Promise<void> {
  if (localStorage.getItem(KEPT) === "en") await speak("en");
}
