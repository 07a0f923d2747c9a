/** Step 1: the folder of the key is opened, or a key is made first. */
import { useState } from "preact/hooks";
import { verifyKeyOf } from "../crypto/signing.ts";
import { overwrite } from "../shared/bytes.ts";
import { save } from "./files.ts";
import { hexOf, KEY_FILE } from "./office.ts";
import { Picker } from "./picker.tsx";
import { SheetStep } from "./sheet-step.tsx";
import { language, t } from "./words.ts";
import { busy, go, openFolder, today } from "./work.ts";

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

/** Makes a key, hands its file out, and keeps of it what everybody may know. */
async function makeKey(): Promise<string> {
  const seed = crypto.getRandomValues(new Uint8Array(32));
  const open = hexOf(await verifyKeyOf(seed));
  save({ name: KEY_FILE, body: seed });
  overwrite(seed);
  return open;
}

export function MakeStep() {
  const [made, setMade] = useState("");
  return (
    <SheetStep title={t("auth-make")} at={1}>
      <p>{t("auth-make-how", { file: KEY_FILE })}</p>
      {made ? (
        <>
          <p>{t("auth-make-public")}</p>
          <p class="public">{made.match(/.{8}/g)?.join(" ")}</p>
          <p class="notice">{t("auth-make-keep", { file: KEY_FILE })}</p>
        </>
      ) : null}
      <div class="row">
        {made ? (
          <button class="button main" type="button" onClick={() => go("open")}>
            {t("auth-make-done")}
          </button>
        ) : (
          <button class="button main" type="button" onClick={async () => setMade(await makeKey())}>
            {t("auth-make-go", { file: KEY_FILE })}
          </button>
        )}
        {made ? null : (
          <button class="button" type="button" onClick={() => go("open")}>
            {t("btn-back")}
          </button>
        )}
      </div>
    </SheetStep>
  );
}
