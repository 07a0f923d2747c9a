/** Keys change hands: a whole desk's for a successor, and new keys for tips that somebody reads no more. */
import "./hands.css";
import { useEffect, useState } from "preact/hooks";
import { Digits } from "../enrol/digits.tsx";
import { Notice } from "../frame/notice.tsx";
import { shortNumber } from "../inbox/order.ts";
import { ask } from "../keys/client.ts";
import type { SheetOfficer } from "../keys/messages.ts";
import { checkSheet, mayAct, me, sheet, whileIn } from "../session.ts";
import { type PageWords, t } from "../words.ts";
import { handingOver, handOver, READERS, rekeyAll, rekeying, why } from "./acting.ts";
import * as api from "./api.ts";
import type { Run, Running } from "./running.ts";

export const words: PageWords = {
  vi: () => import("virtual:catalogue/vi/hands-"),
  en: () => import("virtual:catalogue/en/hands-"),
};

/** Whoever else reads here, by the accepted sheet. */
export function others(): SheetOfficer[] {
  const people = sheet.value?.sheet?.officers ?? [];
  return people.filter(({ serial, role }) => READERS.includes(role) && serial !== me.value?.serial);
}

/** Looks for a newer sheet: whoever joined since log-in is on it. Keys are given by what the worker accepted alone. */
export function useNewestSheet(): void {
  useEffect(() => {
    const account = me.value;
    if (account) whileIn(() => checkSheet(account)).catch(() => undefined); // the one in hand goes on counting
  }, []);
}

/** What was asked for once its question is there; a question asked before it is forgotten. */
export function useAnswer<T>(question: (() => Promise<T>) | null, again: unknown): [T | null, string | null] {
  const [answer, setAnswer] = useState<T | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  useEffect(() => {
    let here = true;
    setAnswer(null);
    setFailed(null);
    question?.().then(
      (found) => here && setAnswer(() => found),
      (error: unknown) => here && me.value && setFailed(why(error)),
    );
    return () => {
      here = false;
    };
  }, [again]);
  return [answer, failed];
}

/** Whom a new key is sealed to, by name. */
export function Names({ serials }: { serials: readonly string[] }) {
  const people = sheet.value?.sheet?.officers ?? [];
  const names = serials.map((one) => people.find(({ serial }) => serial === one)?.officer ?? one);
  return <p>{t("hands-readers", { names: names.join(", ") })}</p>;
}

function told({ state, done, of, left, why: reason }: Run): string {
  if (state === "running" && left !== null) return t("hands-progress", { done, of, seconds: left });
  if (state === "broken") return t("hands-broken", { done, of, why: t(reason ?? "hands-failed") });
  return t(`hands-${state}`, { done, of });
}

function Failures({ failed }: Pick<Run, "failed">) {
  if (failed.length === 0) return null;
  return (
    <details open>
      <summary>{t("hands-failures", { count: failed.length })}</summary>
      <ul>
        {failed.map(({ tip, why: reason }) => (
          <li key={tip}>
            <span class="num">{shortNumber({ id: tip, register: null, year: null })}</span>{" "}
            {t(`hands-why-${reason}`)}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Progress({ of: running }: { of: Running }) {
  const run = running.run.value;
  if (!run) return null;
  const gone = run.done + run.failed.length;
  return (
    <div class="stack">
      <progress value={gone} max={Math.max(run.of, 1)} aria-label={t("hands-progress-of")} />
      <p role="status" class="num">
        {told(run)}
      </p>
      {run.state === "running" ? (
        <p class="row">
          <button class="button" type="button" onClick={() => running.pause()}>
            {t("hands-pause")}
          </button>
          <span class="small muted">{t("hands-leave")}</span>
        </p>
      ) : null}
      <Failures failed={run.failed} />
    </div>
  );
}

const busy = ({ run }: Running) => run.value?.state === "running";

function Successor({ to }: { to: SheetOfficer }) {
  const [digits, unknown] = useAnswer(() => ask("digitsOf", { serial: to.serial }), to.serial);
  const state = handingOver.run.value?.state;
  const [found, failed] = useAnswer(
    () => whileIn(() => api.lacking(to.serial, null)),
    `${to.serial} ${state === "running"}`,
  );
  const total = found?.total ?? 0;
  return (
    <>
      <p>{t("hands-digits", { name: to.officer })}</p>
      {digits ? <Digits value={digits} /> : null}
      <Notice say={unknown ?? failed} strong />
      {found && !busy(handingOver) ? <p>{t("hands-lacking", { name: to.officer, count: total })}</p> : null}
      <p class="row">
        <button
          class="button main"
          type="button"
          disabled={busy(handingOver) || total === 0 || !digits || !mayAct.value}
          onClick={() => handOver(to.serial, total)}
        >
          {t(state === "paused" ? "hands-go-on" : "hands-go", { count: total })}
        </button>
      </p>
    </>
  );
}

function HandOver() {
  const [serial, setSerial] = useState("");
  const people = others();
  const to = people.find((one) => one.serial === serial);
  const choose = (next: string) => {
    setSerial(next);
    if (!busy(handingOver)) handingOver.forget();
  };
  return (
    <section class="stack" aria-labelledby="hands-over">
      <h2 id="hands-over">{t("hands-over")}</h2>
      <p>{t("hands-over-how")}</p>
      <label for="hands-to">{t("hands-to")}</label>
      <select
        id="hands-to"
        value={serial}
        disabled={busy(handingOver)}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        <option value="">{t(people.length === 0 ? "hands-nobody" : "hands-choose")}</option>
        {people.map((one) => (
          <option key={one.serial} value={one.serial}>
            {t("desk-reader", { name: one.officer, role: t(`desk-role-${one.role}`) })}
          </option>
        ))}
      </select>
      {to ? <Successor to={to} key={to.serial} /> : null}
      <Progress of={handingOver} />
    </section>
  );
}

function NewKeys() {
  const state = rekeying.run.value?.state;
  const [found, failed] = useAnswer(() => whileIn(() => api.stale(null)), state === "running");
  const total = found?.total ?? 0;
  const named = [...new Set(found?.tips.flatMap(({ readers }) => readers) ?? [])].sort();
  return (
    <section class="stack" aria-labelledby="hands-new">
      <h2 id="hands-new">{t("hands-new")}</h2>
      <p>{t("hands-new-how")}</p>
      <Notice say={failed} strong />
      {found && !busy(rekeying) ? <p>{t("hands-stale", { count: total })}</p> : null}
      {named.length > 0 ? <Names serials={named} /> : null}
      <p class="row">
        <button
          class="button main"
          type="button"
          disabled={busy(rekeying) || total === 0 || !mayAct.value}
          onClick={() => rekeyAll(total, named)}
        >
          {t("hands-new-go", { count: total })}
        </button>
      </p>
      <Progress of={rekeying} />
    </section>
  );
}

export function HandsPage() {
  useNewestSheet();
  return (
    <main id="main" class="hands">
      <h1>{t("desk-hands")}</h1>
      <HandOver />
      <NewKeys />
      <section class="stack">
        <h2>{t("hands-lost")}</h2>
        <p>{t("hands-lost-how")}</p>
      </section>
    </main>
  );
}
