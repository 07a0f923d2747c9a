/** Steps 5 and 6: what will be signed, the signing, and the files on their way out. */
import { shownDay } from "./open-step.tsx";
import { Picker } from "./picker.tsx";
import { fileOf, proveSaved, saveArchive, saveSheet } from "./saving.ts";
import { SheetStep } from "./sheet-step.tsx";
import { dayOf, type Plan, type Status } from "./signing.ts";
import { RefusedFiles } from "./task-step.tsx";
import { t, told } from "./words.ts";
import { busy, close, go, plans, sign, signed, task, unsaved } from "./work.ts";

const ORDER: readonly Status[] = ["ready", "already", "waiting", "refused"];

export function SignStep() {
  const ready = plans.value.filter((one) => one.status === "ready").length;
  const some = plans.value.some((one) => one.status === "ready" || one.status === "already");
  const off = busy.value !== null;
  return (
    <SheetStep title={t("auth-summary")} at={5}>
      <p>{ready > 0 ? t("auth-summary-how") : t("auth-summary-none")}</p>
      {ORDER.map((status) => (
        <Some key={status} status={status} />
      ))}
      {task.value === "requests" ? <RefusedFiles /> : null}
      <div class="row">
        <button class="button main" type="button" disabled={!some || off} onClick={sign}>
          {ready > 0 ? t("auth-sign", { count: ready }) : t("auth-hand-out")}
        </button>
        <button class="button" type="button" disabled={off} onClick={() => go("dates")}>
          {t("btn-back")}
        </button>
      </div>
    </SheetStep>
  );
}

function Some({ status }: { status: Status }) {
  const these = plans.value.filter((one) => one.status === status);
  if (these.length === 0) return null;
  return (
    <section class="plans">
      <h2>{t(`auth-plans-${status}`, { count: these.length })}</h2>
      <ul>
        {these.map((one) => (
          <li key={`${one.sheet.site}/${one.sheet.unit}`}>
            <b>
              <span class="num">{one.sheet.unit}</span> {one.sheet.name}
            </b>
            : {about(one)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function about({ status, sheet, waiting, left, why }: Plan): string {
  const facts = { n: String(sheet.n), count: sheet.officers.length, day: shownDay(dayOf(sheet.expires)) };
  const whole = status === "ready" || status === "already";
  return [
    ...(whole ? [t("auth-sheet-about", facts)] : []),
    ...why.map(told),
    ...(waiting.length > 0 ? [t("auth-not-compared", { names: waiting.join(", ") })] : []),
    ...(left.length > 0 ? [t("auth-gone", { names: left.join(", ") })] : []),
  ].join(" · ");
}

export function OutStep() {
  return (
    <SheetStep title={t("auth-out")} at={6}>
      <p>{t("auth-out-how", { count: signed.value.length })}</p>
      <p>
        <button class="button main" type="button" onClick={saveArchive}>
          {t("auth-out-save")}
        </button>
      </p>
      <ol class="then">
        <li>{t("auth-out-keep")}</li>
        <li>
          {t("auth-out-check")}
          <Picker
            label={t("auth-out-check-choose")}
            accept=".zip,.txt"
            take={proveSaved}
            off={busy.value !== null}
          />
        </li>
        <li>
          {t("auth-out-take")} <code>hopthu unit sheet sheets-….zip</code>
        </li>
      </ol>
      <p class="notice" role="status">
        {unsaved.value ? t("auth-out-unsaved") : t("auth-out-saved", { count: signed.value.length })}
      </p>
      <details>
        <summary>{t("auth-out-single")}</summary>
        <ul class="singles">
          {signed.value.map((one) => (
            <li key={`${one.sheet.site}/${one.sheet.unit}`}>
              <button class="button quiet" type="button" onClick={() => saveSheet(one)}>
                {fileOf(one)}
              </button>{" "}
              {one.sheet.name}
            </li>
          ))}
        </ul>
      </details>
      <div class="row">
        <button class="button" type="button" disabled={unsaved.value} onClick={() => go("task")}>
          {t("auth-out-more")}
        </button>
        <button class="button" type="button" disabled={unsaved.value} onClick={close}>
          {t("auth-close-key")}
        </button>
      </div>
    </SheetStep>
  );
}
