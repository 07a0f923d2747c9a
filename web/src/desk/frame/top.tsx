/** The top bar: unit, demonstration mark, connection in words, the bell's line, lock. */

import { Pictogram } from "../../shared/pictogram.tsx";
import { connection } from "../api/live.ts";
import { rung } from "../bell.ts";
import { demo, lock, me, sheet } from "../session.ts";
import { language, t } from "../words.ts";
import { LanguageSwitch } from "./language.tsx";

const CONNECTION = { joined: "desk-online", joining: "desk-joining", away: "desk-away" };

/** A unit's name as the beginning of a line. */
function capital(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

export function Top({ onBell }: { onBell: () => void }) {
  const unit = me.value?.unit;
  const signed = sheet.value?.sheet?.name;
  return (
    <header class="top">
      <b>{capital((language.value === "en" ? unit?.name_en : (signed ?? unit?.name_vi)) ?? "")}</b>
      {demo.value ? <span class="demo">{t("desk-demo")}</span> : null}
      <span class={`connection ${connection.value}`} role="status">
        {t(CONNECTION[connection.value])}
      </span>
      <span role="status" class="bell">
        {rung.value > 0 ? (
          <button class="button" type="button" onClick={onBell}>
            {t("desk-bell", { count: rung.value })}
          </button>
        ) : null}
      </span>
      <span class="end row tight">
        <span class="muted me">{me.value?.name}</span>
        <LanguageSwitch />
        <button class="button" type="button" onClick={() => lock("login-locked-now")}>
          <Pictogram name="lock" /> {t("desk-lock")}
        </button>
      </span>
    </header>
  );
}
