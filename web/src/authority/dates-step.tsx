/** Step 4: until when, and whether units are signed without those whom nobody has compared. */
import { SheetStep } from "./sheet-step.tsx";
import { DAY, endOf } from "./signing.ts";
import { t } from "./words.ts";
import { clock, compared, failed, go, lastDay, leaveOut, plan, task } from "./work.ts";

/** How long that is, in whole or begun days from now. */
function days(): number | null {
  const until = endOf(lastDay.value);
  return until === null ? null : Math.ceil((until - clock()) / DAY);
}

export function DatesStep() {
  const { of, said, other } = compared.value;
  const open = task.value === "requests" && of > said - other;
  const count = days();
  return (
    <SheetStep title={t("auth-dates")} at={4}>
      <p>{t(`auth-dates-${task.value}`)}</p>
      <p class="field">
        <label for="until">{t("auth-last-day")}</label>
        <input
          id="until"
          type="date"
          value={lastDay.value}
          onInput={(event) => {
            failed.value = null;
            lastDay.value = event.currentTarget.value;
          }}
        />
      </p>
      <p class="muted" role="status">
        {count === null || count < 1 ? "" : t("auth-last-day-is", { count })}
      </p>
      {open ? (
        <label class="pick">
          <input
            type="checkbox"
            checked={leaveOut.value}
            onChange={() => {
              leaveOut.value = !leaveOut.value;
            }}
          />
          <span>{t("auth-leave-out")}</span>
        </label>
      ) : null}
      <div class="row">
        <button class="button main" type="button" onClick={plan}>
          {t("auth-next")}
        </button>
        <button
          class="button"
          type="button"
          onClick={() => go(task.value === "requests" ? "compare" : "choose")}
        >
          {t("btn-back")}
        </button>
      </div>
    </SheetStep>
  );
}
