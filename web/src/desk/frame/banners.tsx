/** What holds for the whole desk at this moment: no connection, a sheet that cannot be believed or is old. */
import { connection } from "../api/live.ts";
import { sheet } from "../session.ts";
import { t } from "../words.ts";

const SHEET: Record<string, string> = {
  none: "desk-sheet-none",
  forged: "desk-sheet-forged",
  older: "desk-sheet-older",
  "other-key": "enrol-other-key",
};

function sheetKey(): string | null {
  const verdict = sheet.value;
  if (!verdict) return null;
  if (verdict.state === "good") return verdict.sheet.expired ? "desk-sheet-expired" : null;
  return SHEET[verdict.state] ?? null;
}

export function Banners() {
  const told = sheetKey();
  return (
    <>
      <p class={connection.value === "away" ? "banner" : "banner empty"} role="alert">
        {connection.value === "away" ? t("desk-offline") : null}
      </p>
      {told ? (
        <p class="banner strong" role="alert">
          {t(told)}
        </p>
      ) : null}
    </>
  );
}
