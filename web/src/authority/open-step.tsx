/** Step 1: the folder of the key is opened, with its passphrase where the key is locked. */
import { useState } from "preact/hooks";
import { PhraseField } from "../shared/phrase-field.tsx";
import { KEY_FILE } from "./office.ts";
import { Picker } from "./picker.tsx";
import { SheetStep } from "./sheet-step.tsx";
import { language, t } from "./words.ts";
import { busy, close, go, openFolder, today, unlock } from "./work.ts";

/** A day as people write it. */
export function shownDay(iso: string): string {
  const [year, month, day] = iso.split("-");
  return language.value === "vi" ? `${day}/${month}/${year}` : iso;
}

export function OpenStep() {
  return (
    <SheetStep title={t("auth-open")} at={1}>
      {navigator.onLine ? <p class="notice">{t("auth-online")}</p> : null}
      <p>{t("auth-open-how", { file: KEY_FILE })}</p>
      <Picker folder label={t("auth-open-choose")} take={openFolder} main off={busy.value !== null} />
      <p class="muted">{t("auth-open-asks")}</p>
      <p>{t("auth-today", { day: shownDay(today()) })}</p>
      <details>
        <summary>{t("auth-make-first")}</summary>
        <p>{t("auth-make-why")}</p>
        <button class="button" type="button" onClick={() => go("make")}>
          {t("auth-make")}
        </button>
      </details>
    </SheetStep>
  );
}

export function UnlockStep() {
  const [typed, setTyped] = useState("");
  const open = (event: Event) => {
    event.preventDefault();
    unlock(typed);
  };
  return (
    <SheetStep title={t("auth-unlock")} at={1}>
      <form class="stack" onSubmit={open}>
        <PhraseField say={t} id="phrase" label={t("auth-unlock-label")} value={typed} onInput={setTyped} />
        <p class="muted">{t("auth-unlock-how")}</p>
        <div class="row">
          <button class="button main" type="submit" disabled={busy.value !== null}>
            {t("auth-unlock-go")}
          </button>
          <button class="button" type="button" onClick={close}>
            {t("btn-back")}
          </button>
        </div>
      </form>
    </SheetStep>
  );
}
