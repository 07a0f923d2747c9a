/** Step 1: whose link this is and until when. */
import { dayMonth, minute } from "../clock.ts";
import { Card } from "../frame/card.tsx";
import { language, t } from "../words.ts";
import { invitation, newPhrase, step } from "./enrolment.ts";

export function LinkStep() {
  const told = invitation.value;
  if (!told) return null;
  const begin = () => {
    newPhrase();
    step.value = "phrase";
  };
  return (
    <Card title={t("enrol-link")} step={1}>
      <dl class="facts">
        <dt>{t("enrol-officer")}</dt>
        <dd>{told.name}</dd>
        <dt>{t("enrol-unit")}</dt>
        <dd>{language.value === "en" ? told.unit.name_en : told.unit.name_vi}</dd>
        <dt>{t("enrol-role")}</dt>
        <dd>{t(`desk-role-${told.role}`)}</dd>
        <dt>{t("enrol-until")}</dt>
        <dd class="num">
          {t("enrol-until-at", { time: minute(told.expires), day: dayMonth(told.expires) })}
        </dd>
      </dl>
      <p>{t("enrol-need")}</p>
      <p>{t("enrol-not-me")}</p>
      <button class="button main" type="button" onClick={begin}>
        {t("enrol-begin")}
      </button>
    </Card>
  );
}
