/** Enrolment, one step a screen: picks the screen of the step that is under way. */
import { useEffect } from "preact/hooks";
import { Card } from "../frame/card.tsx";
import { Notice } from "../frame/notice.tsx";
import { t } from "../words.ts";
import { DigitsStep } from "./digits-step.tsx";
import { failed, followed, leave, makeKeys, open, step } from "./enrolment.ts";
import { LinkStep } from "./link-step.tsx";
import { NameStep, PhraseStep, RepeatStep } from "./phrase-step.tsx";
import { CheckStep, WordsStep } from "./words-step.tsx";

function Opening() {
  return (
    <Card title={t("enrol-title")}>
      <p role="status">{t("enrol-opening")}</p>
    </Card>
  );
}

/** A link that is used up or cut leads to the log-in; anything else may go better at a second try. */
function Spent() {
  const spent = failed.value === "enrol-link-bad" || failed.value === "enrol-link-cut";
  return (
    <Card title={t("enrol-title")}>
      <Notice say={failed.value} strong />
      <div class="row">
        <button class={`button ${spent ? "main" : ""}`} type="button" onClick={leave}>
          {t("enrol-to-login")}
        </button>
        {spent ? null : (
          <button class="button main" type="button" onClick={open}>
            {t("desk-again")}
          </button>
        )}
      </div>
    </Card>
  );
}

function Making() {
  return (
    <Card title={t("enrol-making")} step={3}>
      <p role="status">{t("enrol-making-why")}</p>
      <Notice say={failed.value} strong />
      {failed.value ? (
        <button class="button main" type="button" onClick={makeKeys}>
          {t("desk-again")}
        </button>
      ) : null}
    </Card>
  );
}

const SCREENS = {
  opening: Opening,
  spent: Spent,
  link: LinkStep,
  phrase: PhraseStep,
  repeat: RepeatStep,
  making: Making,
  words: WordsStep,
  check: CheckStep,
  name: NameStep,
  digits: DigitsStep,
};

export function Enrol() {
  const link = followed.value;
  useEffect(() => {
    if (link > 0) open();
  }, [link]);
  const Screen = SCREENS[step.value];
  return <Screen />;
}
