/** A machine that has never held this officer's device secret: the 24 recovery words bring it here. */
import { useState } from "preact/hooks";
import { explain } from "../failure.ts";
import { Card } from "../frame/card.tsx";
import { useLater } from "../frame/later.ts";
import { Notice } from "../frame/notice.tsx";
import { ask } from "../keys/client.ts";
import { asMe, enter, lock, me } from "../session.ts";
import { t } from "../words.ts";

const WORDS = 24;
const NOTHING = { count: 0, candidates: [], unknown: null };

async function restore(candidates: readonly string[][]): Promise<string | null> {
  const account = me.value;
  if (!account) return null;
  for (const words of candidates) {
    if (!(await ask("restoreDevice", { words, me: asMe(account), locked: account.locked }))) continue;
    await enter(account);
    return null;
  }
  return "login-words-wrong";
}

/** The list of 2,048 words weighs more than the rest of the log-in, and is needed here alone. */
const load = () => import("./recovery.ts");

export function Restore() {
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const recovery = useLater(load, setFailed);
  const { count, candidates, unknown } = recovery ? recovery.readTyped(typed, WORDS) : NOTHING;
  const send = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFailed(null);
    try {
      setFailed(await restore(candidates));
    } catch (error) {
      setFailed(explain(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card title={t("login-words-title")}>
      <p>{t("login-words-why")}</p>
      <form class="stack" onSubmit={send}>
        <div class="field">
          <label for="words">{t("login-words-label")}</label>
          <textarea
            id="words"
            rows={5}
            value={typed}
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
          <p class="small muted num">{t("login-words-count", { count, of: WORDS })}</p>
          <p class="small bad" role="status">
            {unknown === null ? null : t("login-words-unknown", { word: unknown })}
          </p>
        </div>
        <div class="row">
          <button type="submit" class="button main" disabled={busy || candidates.length === 0}>
            {t("login-words-go")}
          </button>
          <button class="button" type="button" onClick={() => lock(null)}>
            {t("btn-back")}
          </button>
        </div>
        <Notice say={failed} strong />
      </form>
    </Card>
  );
}
