/** What holds for the whole desk at this moment: no connection, a sheet that cannot be believed or is old. */
import { connection } from "../api/live.ts";
import { dayMonth } from "../clock.ts";
import type { SheetVerdict } from "../keys/messages.ts";
import { sheet } from "../session.ts";
import { t } from "../words.ts";

const SHEET: Record<string, string> = {
  none: "desk-sheet-none",
  forged: "desk-sheet-forged",
  older: "desk-sheet-older",
  "other-key": "enrol-other-key",
};

function wrong(verdict: SheetVerdict): string | null {
  if (verdict.state !== "good") return SHEET[verdict.state] ?? null;
  return verdict.sheet.expired ? "desk-sheet-expired" : null;
}

function SheetBanner({ verdict }: { verdict: SheetVerdict }) {
  const key = wrong(verdict);
  if (key)
    return (
      <p class="banner strong" role="alert">
        {t(key)}
      </p>
    );
  const { ending, expires } = verdict.sheet ?? { ending: null, expires: 0 };
  if (ending === null) return null;
  return (
    <p class="banner" role="status">
      {t("desk-sheet-soon", { day: dayMonth(expires - 1), days: ending })}
    </p>
  );
}

export function Banners() {
  return (
    <>
      <p class={connection.value === "away" ? "banner" : "banner empty"} role="alert">
        {connection.value === "away" ? t("desk-offline") : null}
      </p>
      {sheet.value ? <SheetBanner verdict={sheet.value} /> : null}
    </>
  );
}
