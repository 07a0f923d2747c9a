/**
 * What holds for the whole desk at this moment: no connection, a sheet that cannot be believed or is old; for a chief
 * also that numbers of the unit's board want calling, or that the recovery shares were used.
 */
import { connection } from "../api/live.ts";
import type { Account } from "../api/shapes.ts";
import { dayMonth } from "../clock.ts";
import { due } from "../hands/due.ts";
import type { SheetVerdict } from "../keys/messages.ts";
import { mayAct, me, sheet } from "../session.ts";
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

/** How many numbers a chief is to have called; whoever else is at the desk is not asked. */
export function numbersToCall(account: Account | null): number {
  return account?.role === "chief" ? (account.stale_numbers ?? 0) : 0;
}

/** Tips that somebody reads no more: whoever is at the desk first gives them new keys. */
function KeysDue({ onKeys }: { onKeys: () => void }) {
  if (due.value === 0 || !mayAct.value) return null;
  return (
    <p class="banner row">
      {t("desk-hands-due", { count: due.value })}{" "}
      <button class="button" type="button" onClick={onKeys}>
        {t("desk-hands-due-go")}
      </button>
    </p>
  );
}

export function Banners({ onKeys }: { onKeys: () => void }) {
  const stale = numbersToCall(me.value);
  return (
    <>
      <p class={connection.value === "away" ? "banner" : "banner empty"} role="alert">
        {connection.value === "away" ? t("desk-offline") : null}
      </p>
      {sheet.value ? <SheetBanner verdict={sheet.value} /> : null}
      <KeysDue onKeys={onKeys} />
      {me.value?.recovery_used ? (
        <p class="banner strong" role="status">
          {t("desk-recovery-used")}
        </p>
      ) : null}
      {stale > 0 ? <p class="banner">{t("desk-numbers-stale", { count: stale })}</p> : null}
    </>
  );
}
