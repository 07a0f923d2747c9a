/** The words of the residents' pages, both languages, as cut from the catalogues at build time. */
import english from "virtual:catalogue/en/page-,web-,btn-exit$,btn-back$,btn-copy$,btn-copied$,btn-close$,btn-tip$,btn-photo$,btn-mic$,btn-mic-stop$,too-big-here$,code-check,mail-question$,mail-answer$,mail-free$,mail-next$,media-bad$,send-wait$,too-fast$,urgent$,start-demo$,size-";
import vietnamese from "virtual:catalogue/vi/page-,web-,btn-exit$,btn-back$,btn-copy$,btn-copied$,btn-close$,btn-tip$,btn-photo$,btn-mic$,btn-mic-stop$,too-big-here$,code-check,mail-question$,mail-answer$,mail-free$,mail-next$,media-bad$,send-wait$,too-fast$,urgent$,start-demo$,size-";
import { type Language, type Texts, texts } from "../shared/texts.ts";

const BOTH: Record<Language, Texts> = { vi: texts("vi", vietnamese), en: texts("en", english) };

/** Lookup in a language. */
export function words(language: Language): Texts {
  return BOTH[language];
}
