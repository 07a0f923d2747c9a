/** An officer's passkeys: which there are, one more, one less. */
import { useEffect, useState } from "preact/hooks";
import { PhraseField } from "../../shared/phrase-field.tsx";
import { myself } from "../api/routes.ts";
import { get, post, Refused } from "../api/wire.ts";
import { dayMonth } from "../clock.ts";
import { explain } from "../failure.ts";
import { Notice } from "../frame/notice.tsx";
import { ask } from "../keys/client.ts";
import { asMe, me, passkeyHost, whileIn } from "../session.ts";
import { t } from "../words.ts";
import { isAble, make, NoPasskey } from "./passkey.ts";

interface Own {
  id: string;
  hour: number;
}

const listed = async () => (await whileIn(() => get<{ passkeys: Own[] }>("passkeys"))).passkeys;

/** Makes one and has the officer's keys locked under it; his passphrase opens them once more for that. */
async function add(passphrase: string): Promise<void> {
  const account = me.value;
  const host = passkeyHost.value;
  if (!account || !host) return;
  const { challenge, salt } = await whileIn(() =>
    post<{ challenge: string; salt: string }>("passkeys/start"),
  );
  const { sent, secret } = await make(challenge, {
    host,
    account: account.officer,
  });
  const { locked } = await whileIn(myself);
  const asked = { passphrase, salt, me: asMe(account), locked, secret };
  const made = await ask("lockForPasskey", asked, [secret.buffer]);
  if (!made) throw new NoPasskey("login-bad");
  await whileIn(() => post("passkeys", { ...sent, ...made }));
}

function why(error: unknown): string | null {
  if (error instanceof NoPasskey) return error.key;
  return error instanceof Refused && error.key === "login-bad" ? "login-bad" : explain(error);
}

/** Why none can be made here, as a catalogue key; null where one can, undefined before that is known. */
function useUnable(): string | null | undefined {
  const [unable, tell] = useState<string | null | undefined>(undefined);
  useEffect(() => {
    if (!passkeyHost.value) tell("passkey-no-address");
    else isAble().then((able) => tell(able ? null : "passkey-unable"));
  }, []);
  return unable;
}

function usePasskeys() {
  const [own, setOwn] = useState<Own[] | null>(null);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const acting = async (work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setFailed(null);
    try {
      await work();
      setOwn(await listed());
      return true;
    } catch (error) {
      if (me.value) setFailed(why(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  useEffect(() => {
    acting(async () => undefined);
  }, []);
  return { own, busy, failed, acting };
}

export function Passkeys() {
  const { own, busy, failed, acting } = usePasskeys();
  const [passphrase, setPassphrase] = useState("");
  const unable = useUnable();
  const send = (event: Event) => {
    event.preventDefault();
    acting(() => add(passphrase)).finally(() => setPassphrase(""));
  };
  const remove = (id: string) => acting(() => whileIn(() => post("passkeys/remove", { id })));
  return (
    <section class="stack">
      <h2>{t("keys-passkeys")}</h2>
      <p>{t("keys-passkeys-what")}</p>
      {own?.length === 0 ? <p class="muted">{t("keys-passkeys-none")}</p> : null}
      <ul class="passkeys">
        {(own ?? []).map((one, n) => (
          <li key={one.id} class="row">
            <span>{t("keys-passkey", { n: n + 1, day: dayMonth(one.hour) })}</span>
            <button class="button quiet" type="button" disabled={busy} onClick={() => remove(one.id)}>
              {t("keys-passkey-remove")}
            </button>
          </li>
        ))}
      </ul>
      {unable ? <p class="muted">{t(unable)}</p> : null}
      {unable === null ? (
        <form class="stack" onSubmit={send}>
          <PhraseField
            say={t}
            id="keys-passphrase"
            label={t("keys-passphrase")}
            value={passphrase}
            onInput={setPassphrase}
          />
          <p class="row">
            <button type="submit" class="button" disabled={busy || passphrase.trim() === ""}>
              {t("keys-passkey-add")}
            </button>
          </p>
        </form>
      ) : null}
      <Notice say={busy ? "keys-busy" : failed} strong={!busy && failed !== null} />
    </section>
  );
}
