/** Keys: for a chief what the unit's recovery shares are for. Loaded on demand. */
import { me } from "../session.ts";
import { type PageWords, t } from "../words.ts";
import { Recovery } from "./recovery.tsx";

/** What this page says, and no other does. */
export const words: PageWords = {
  vi: () => import("virtual:catalogue/vi/keys-"),
  en: () => import("virtual:catalogue/en/keys-"),
};

export function AccessPage() {
  return (
    <main id="main">
      <h1>{t("desk-access")}</h1>
      {me.value?.role === "chief" ? <Recovery /> : null}
    </main>
  );
}
