/**
 * "Dùng khóa máy" at log-in, loaded where this desk's address can have passkeys: one answer opens the session at the
 * server, and what it derives opens the keys in the worker.
 */
import type { FunctionComponent } from "preact";
import type { Account } from "../api/shapes.ts";
import { post, Refused } from "../api/wire.ts";
import { explain } from "../failure.ts";
import { ask } from "../keys/client.ts";
import { asMe, lock, unlock } from "../session.ts";
import { learn, type PageWords, t } from "../words.ts";
import { answer, isAble, NoPasskey } from "./passkey.ts";

const words: PageWords = {
  vi: () => import("virtual:catalogue/vi/passkey-"),
  en: () => import("virtual:catalogue/en/passkey-"),
};

export interface ByPasskeyProps {
  host: string;
  disabled: boolean;
  /** Runs what signs in; it answers with the catalogue key of why not, or null. */
  during: (work: () => Promise<string | null>) => void;
}

async function signIn(host: string): Promise<string | null> {
  const { challenge } = await post<{ challenge: string }>("login/passkey/start");
  const { sent, secret } = await answer(challenge, host);
  const account = await post<Account>("login/passkey", sent);
  const asked = { me: asMe(account), locked: account.locked, secret };
  const outcome = await unlock(account, () => ask("unlockByPasskey", asked, [secret.buffer]));
  if (outcome === "no-device") lock("passkey-elsewhere");
  if (outcome === "other-authority") return "login-authority";
  return outcome === "wrong" ? "login-blob" : null;
}

function whyNot(error: unknown): string | null {
  if (error instanceof NoPasskey) return error.key;
  return error instanceof Refused && error.status !== 429 ? "passkey-bad" : explain(error);
}

function ByPasskey({ host, disabled, during }: ByPasskeyProps) {
  return (
    <button
      type="button"
      class="button wide"
      disabled={disabled}
      onClick={() => during(() => signIn(host).catch(whyNot))}
    >
      {t("login-passkey")}
    </button>
  );
}

/** The button, with its words; null in a browser that derives nothing from a passkey. */
export async function offered(): Promise<FunctionComponent<ByPasskeyProps> | null> {
  if (!(await isAble())) return null;
  await learn(words);
  return ByPasskey;
}
