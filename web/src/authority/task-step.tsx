/** Step 2: what is to be done: sign requests, or sign again what was signed before. */
import { hexOf } from "./office.ts";
import { Picker } from "./picker.tsx";
import { ENDING } from "./requests.ts";
import { SheetStep } from "./sheet-step.tsx";
import { t, told } from "./words.ts";
import { begin, busy, close, go, kept, office, refused, takeRequests } from "./work.ts";

export function TaskStep() {
  const off = busy.value !== null;
  const none = off || kept().length === 0;
  return (
    <SheetStep title={t("auth-task")} at={2}>
      <dl class="facts">
        <div>
          <dt>{t("auth-key-public")}</dt>
          <dd class="num">{office.value ? hexOf(office.value.authority).slice(0, 16) : ""}…</dd>
        </div>
        <div>
          <dt>{t("auth-kept")}</dt>
          <dd>{kept().length > 0 ? t("auth-kept-count", { count: kept().length }) : t("auth-kept-none")}</dd>
        </div>
      </dl>
      {office.value?.isOpen ? (
        <div class="notice stack">
          <p>{t("auth-lock-why")}</p>
          <button class="button" type="button" disabled={off} onClick={() => go("lock")}>
            {t("auth-lock")}
          </button>
        </div>
      ) : null}
      <section class="task">
        <h2>{t("auth-requests")}</h2>
        <p>{t("auth-requests-how")}</p>
        <Picker
          label={t("auth-requests-choose")}
          accept={`${ENDING},.zip`}
          take={takeRequests}
          main
          off={off}
        />
        <RefusedFiles />
      </section>
      <section class="task">
        <h2>{t("auth-renew")}</h2>
        <p>{t("auth-renew-how")}</p>
        <button class="button" type="button" disabled={none} onClick={() => begin("renew")}>
          {t("auth-renew-choose")}
        </button>
      </section>
      <section class="task">
        <h2>{t("auth-shorten")}</h2>
        <p>{t("auth-shorten-how")}</p>
        <button class="button" type="button" disabled={none} onClick={() => begin("shorten")}>
          {t("auth-shorten-choose")}
        </button>
      </section>
      <button class="button quiet" type="button" onClick={close}>
        {t("auth-close-key")}
      </button>
    </SheetStep>
  );
}

/** Files that are not worked on, each with its reason. */
export function RefusedFiles() {
  if (refused.value.length === 0) return null;
  return (
    <div class="refused" role="alert">
      <p>{t("auth-refused", { count: refused.value.length })}</p>
      <ul>
        {refused.value.map((one, n) => (
          <li key={n}>
            <b>{one.unit ? `${one.unit} ${one.name}` : one.file}</b>: {told(one.why)}
          </li>
        ))}
      </ul>
    </div>
  );
}
