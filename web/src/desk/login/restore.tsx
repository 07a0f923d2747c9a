/** A machine that has never held this officer's device secret: the 24 recovery words bring it here. */
import { useState } from "preact/hooks";
import { explain } from "../failure.ts";
import { Card } from "../frame/card.tsx";
import { Notice } from "../frame/notice.tsx";
import { ask } from "../keys/client.ts";
import { asMe, enter, lock, me } from "../session.ts";
import { t } from "../words.ts";

const WORDS = 24;

/** The words of what was typed or pasted, numbers and punctuation of a list dropped. */
export function splitWords(typed: string): string[] {
  return typed
    .normalize("NFC")
    .toLowerCase()
    .split(/[^\p{L}\p{M}-]+/u)
    .filter((word) => word !== "");
}

async function restore(words: string[]): Promise<string | null> {
  const account = me.value;
  if (!account) return null;
  const done = await ask("restoreDevice", { words, me: asMe(account), locked: account.locked });
  if (!done) return "login-words-wrong";
  await enter(account);
  return null;
}

export function Restore() {
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const count = splitWords(typed).length;
  const send = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFailed(null);
    try {
      setFailed(await restore(splitWords(typed)));
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
        </div>
        <div class="row">
          <button type="submit" class="button main" disabled={busy || count !== WORDS}>
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
