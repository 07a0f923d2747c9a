/** Step 6: looks every few seconds whether the authority has signed the sheet with these keys. */
import { useEffect, useState } from "preact/hooks";
import { explain } from "../failure.ts";
import { Card } from "../frame/card.tsx";
import { Notice } from "../frame/notice.tsx";
import { ask } from "../keys/client.ts";
import { asMe, enter, lock, me, sheet, whileIn } from "../session.ts";
import { t } from "../words.ts";
import { Digits } from "./digits.tsx";

const LOOK_EVERY_MS = 5_000;

function useWaiting(): { digits: string; failed: string | null } {
  const [digits, setDigits] = useState("");
  const [failed, setFailed] = useState<string | null>(null);
  useEffect(() => {
    const account = me.value;
    if (!account) return;
    const { officer, unit, role, site } = asMe(account);
    ask("fingerprint", { officer, unit, role, site }).then(setDigits, () => undefined);
    const look = () =>
      whileIn(() => enter(account)).then(
        () => setFailed(null),
        (error) => setFailed(explain(error)),
      );
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return { digits, failed };
}

export function Waiting() {
  const { digits, failed } = useWaiting();
  const wrongKey = sheet.value?.state === "other-key";
  return (
    <Card title={t("enrol-waiting")} step={6}>
      <p role="status">{t("enrol-waiting-how")}</p>
      <Digits value={digits} />
      <Notice say={wrongKey ? "enrol-other-key" : failed} strong />
      <button class="button" type="button" onClick={() => lock(null)}>
        {t("enrol-waiting-close")}
      </button>
    </Card>
  );
}
