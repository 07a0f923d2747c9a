/**
 * An officer's own phone: how it stands, a one-time code that links one, an end to it. A chief sees whose are linked.
 *
 * A code is shown here alone, and gone with the page.
 */
import "../look/phone.css";
import { useCallback, useEffect, useState } from "preact/hooks";
import { get, post } from "../api/wire.ts";
import { minute } from "../clock.ts";
import { explain } from "../failure.ts";
import { Notice } from "../frame/notice.tsx";
import { me } from "../session.ts";
import { language, type PageWords, t } from "../words.ts";

/** What this page says, and no other does. */
export const words: PageWords = {
  vi: () => import("virtual:catalogue/vi/phone-"),
  en: () => import("virtual:catalogue/en/phone-"),
};

type State = "none" | "linked" | "lost";

interface Phone {
  state: State;
  /** The public name of the bot; null where none is connected. */
  bot: string | null;
}

interface Colleague {
  officer: string;
  name: string;
  state: State;
}

interface Code {
  code: string;
  expires: number;
}

/** How often it is asked whether the code was typed, while one is shown. */
const LOOK_MS = 3_000;
/** How long a code works. */
const LIVES_MS = 600_000;

const fours = (digits: string) => digits.match(/\d{4}/g)?.join(" ") ?? digits;

function Shown({ code, bot }: { code: Code; bot: string }) {
  return (
    <section class="phone-code" aria-label={t("phone-code")}>
      <p>{t("phone-type", { bot })}</p>
      <p class="num digits-line">{fours(code.code)}</p>
      <p class="muted">{t("phone-until", { time: minute(code.expires) })}</p>
    </section>
  );
}

function Unit({ found }: { found: readonly Colleague[] }) {
  return (
    <section>
      <h2>{t("phone-unit")}</h2>
      <table class="phones">
        <thead>
          <tr>
            <th scope="col">{t("phone-col-who")}</th>
            <th scope="col">{t("phone-col-phone")}</th>
          </tr>
        </thead>
        <tbody>
          {found.map(({ officer, name, state }) => (
            <tr key={officer}>
              <td>
                {name} <span class="muted small">{officer}</span>
              </td>
              <td class={state === "lost" ? "bad" : undefined}>{t(`phone-is-${state}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The phone as the server says it, asked again where it changed. */
function usePhone() {
  const [phone, setPhone] = useState<Phone | null>(null);
  const [unit, setUnit] = useState<readonly Colleague[]>([]);
  const [failed, setFailed] = useState<string | null>(null);
  const look = useCallback(async () => {
    try {
      setPhone(await get<Phone>("phone"));
      if (me.value?.role === "chief") setUnit((await get<{ phones: Colleague[] }>("phones")).phones);
      setFailed(null);
    } catch (error) {
      if (me.value) setFailed(explain(error));
    }
  }, []);
  const act = useCallback(
    async (work: () => Promise<unknown>) => {
      try {
        await work();
        await look();
      } catch (error) {
        if (me.value) setFailed(explain(error));
      }
    },
    [look],
  );
  useEffect(() => {
    look();
  }, [look]);
  return { phone, unit, failed, look, act };
}

export function PhonePage() {
  const { phone, unit, failed, look, act } = usePhone();
  const [code, setCode] = useState<Code | null>(null);
  useEffect(() => {
    if (code === null) return;
    const looking = setInterval(look, LOOK_MS);
    const over = setTimeout(() => setCode(null), LIVES_MS);
    return () => {
      clearInterval(looking);
      clearTimeout(over);
    };
  }, [code, look]);
  useEffect(() => {
    if (phone?.state === "linked") setCode(null);
  }, [phone?.state]);
  const link = () =>
    act(async () => {
      if (phone?.state === "linked") await post("phone/unlink");
      setCode(await post<Code>("phone/code", { language: language.value }));
    });
  const unlink = () => act(() => post("phone/unlink"));
  return (
    <main id="main" class="phone-page">
      <h1>{t("desk-phone")}</h1>
      <p>{t("phone-about")}</p>
      <p class="muted">{t("phone-messenger")}</p>
      <Notice say={failed} strong />
      {phone ? (
        <p role="status">
          <b>{t(`phone-state-${phone.state}`)}</b>
        </p>
      ) : null}
      {phone && phone.bot === null ? <p>{t("phone-no-bot")}</p> : null}
      {code && phone?.bot ? <Shown code={code} bot={phone.bot} /> : null}
      <p class="row">
        {phone?.bot ? (
          <button class="button main" type="button" onClick={link}>
            {t(phone.state === "linked" ? "phone-other" : code ? "phone-again" : "phone-get")}
          </button>
        ) : null}
        {phone && phone.state !== "none" ? (
          <button class="button" type="button" onClick={unlink}>
            {t("phone-unlink")}
          </button>
        ) : null}
      </p>
      {unit.length > 0 ? <Unit found={unit} /> : null}
    </main>
  );
}
