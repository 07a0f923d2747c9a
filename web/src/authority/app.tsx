/** The page's frame, and the step that the work is at. */
import type { ComponentType } from "preact";
import { ChooseStep } from "./choose-step.tsx";
import { CompareStep } from "./compare-step.tsx";
import { DatesStep } from "./dates-step.tsx";
import { LockStep, MakeStep } from "./key-step.tsx";
import { OpenStep, UnlockStep } from "./open-step.tsx";
import { OutStep, SignStep } from "./sign-step.tsx";
import { TaskStep } from "./task-step.tsx";
import { language, speak, t } from "./words.ts";
import { office, type Step, step } from "./work.ts";

const STEPS: Record<Step, ComponentType> = {
  open: OpenStep,
  unlock: UnlockStep,
  make: MakeStep,
  lock: LockStep,
  task: TaskStep,
  compare: CompareStep,
  choose: ChooseStep,
  dates: DatesStep,
  sign: SignStep,
  out: OutStep,
};

function LanguageSwitch() {
  const other = language.value === "vi" ? "en" : "vi";
  return (
    <button class="button quiet" type="button" lang={other} onClick={() => speak(other)}>
      {t("auth-other-language")}
    </button>
  );
}

export function App() {
  const Now = STEPS[step.value];
  return (
    <div class="desk-page">
      <header class="brand">
        <span class="mark">{t("auth-title")}</span>
        {office.value ? <span class="open-key">{t("auth-key-open")}</span> : null}
        <LanguageSwitch />
      </header>
      <Now key={step.value} />
    </div>
  );
}
