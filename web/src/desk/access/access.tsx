/** An officer's own keys, and for a chief what the unit's recovery shares are for. Loaded on demand. */
import { me } from "../session.ts";
import { type PageWords, t } from "../words.ts";
import { Passkeys } from "./passkeys.tsx";
import { Recovery } from "./recovery.tsx";

/** What this page says, and no other does. */
export const words: PageWords = {
  vi: () => import("virtual:catalogue/vi/keys-,passkey-"),
  en: () => import("virtual:catalogue/en/keys-,passkey-"),
};

export function AccessPage() {
  return (
    <main id="main">
      <h1>{t("desk-access")}</h1>
      <Passkeys />
      {me.value?.role === "chief" ? <Recovery /> : null}
    </main>
  );
}
