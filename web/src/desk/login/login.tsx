/** Log-in: account, passphrase, one sentence when wrong. The same page unlocks after ten idle minutes. */
import { useEffect, useState } from "preact/hooks";
import { PhraseField } from "../../shared/phrase-field.tsx";
import { Pictogram } from "../../shared/pictogram.tsx";
import type { offered } from "../access/by-passkey.tsx";
import { Refused } from "../api/wire.ts";
import { explain } from "../failure.ts";
import { Card } from "../frame/card.tsx";
import { Notice } from "../frame/notice.tsx";
import { prepare } from "../keys/client.ts";
import { lastAccount, passkeyHost, signIn, whyLogin } from "../session.ts";
import { t } from "../words.ts";

function reasonOf(error: unknown): string {
  if (error instanceof Refused && error.status !== 429) return "login-bad";
  return explain(error);
}

function useSignIn() {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const submit = async (account: string, passphrase: string) => {
    setBusy(true);
    setFailed(null);
    whyLogin.value = null;
    try {
      const outcome = await signIn(account.trim(), passphrase);
      if (outcome === "other-authority") setFailed("login-authority");
      if (outcome === "wrong") setFailed("login-blob");
    } catch (error) {
      setFailed(reasonOf(error));
    } finally {
      setBusy(false);
    }
  };
  const during = async (work: () => Promise<string | null>) => {
    setBusy(true);
    setFailed(null);
    whyLogin.value = null;
    try {
      setFailed(await work());
    } finally {
      setBusy(false);
    }
  };
  return { busy, failed, submit, during };
}

/** The button of passkeys, once it is known that they can be used here; the passphrase is there all the same. */
function useByPasskey() {
  const [Button, come] = useState<Awaited<ReturnType<typeof offered>>>(null);
  const host = passkeyHost.value;
  useEffect(() => {
    if (!host || !("PublicKeyCredential" in globalThis)) return;
    const load = async () => (await import("../access/by-passkey.tsx")).offered();
    load().then(
      (found) => come(() => found),
      () => undefined,
    );
  }, [host]);
  return { Button, host };
}

export function Login() {
  const [account, setAccount] = useState(lastAccount.value);
  const [passphrase, setPassphrase] = useState("");
  const { busy, failed, submit, during } = useSignIn();
  const { Button, host } = useByPasskey();
  useEffect(prepare, []);
  const send = (event: Event) => {
    event.preventDefault();
    submit(account, passphrase).finally(() => setPassphrase(""));
  };
  return (
    <Card title={t("login-title")}>
      <Notice say={whyLogin.value} />
      <form class="stack" onSubmit={send}>
        <div class="field">
          <label for="account">{t("login-account")}</label>
          <input
            id="account"
            value={account}
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            required
            onInput={(event) => setAccount(event.currentTarget.value)}
          />
        </div>
        <PhraseField
          say={t}
          id="passphrase"
          label={t("login-passphrase")}
          value={passphrase}
          onInput={setPassphrase}
        />
        <button type="submit" class="button main wide" disabled={busy}>
          <Pictogram name="lock" /> {t("login-open")}
        </button>
        {Button && host ? <Button host={host} disabled={busy} during={during} /> : null}
        <Notice say={busy ? "login-opening" : failed} strong={!busy && failed !== null} />
      </form>
      <details class="small muted">
        <summary>{t("login-lost")}</summary>
        <p>{t("login-lost-how")}</p>
      </details>
    </Card>
  );
}
