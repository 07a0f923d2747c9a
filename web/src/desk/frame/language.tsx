/** Switches the console between Vietnamese and English. Each label is in its own language. */
import { language, speak, t } from "../words.ts";

export function LanguageSwitch() {
  const other = language.value === "vi" ? "en" : "vi";
  return (
    <button class="button quiet" type="button" lang={other} onClick={() => speak(other)}>
      {t("desk-other-language")}
    </button>
  );
}
