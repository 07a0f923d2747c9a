/** The sheet of paper that log-in, recovery and enrolment are written on: heading, steps, one thing to do. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Pictogram } from "../../shared/pictogram.tsx";
import { demo } from "../session.ts";
import { t } from "../words.ts";
import { LanguageSwitch } from "./language.tsx";

const STEPS = 6;

function Progress({ step }: { step: number }) {
  return (
    <>
      <p class="muted">{t("enrol-step", { step, of: STEPS })}</p>
      <ol class="progress" aria-hidden="true">
        {Array.from({ length: STEPS }, (_, n) => (
          <li key={n} class={n < step ? "done" : ""} />
        ))}
      </ol>
    </>
  );
}

interface CardProps {
  title: string;
  step?: number;
  children: ComponentChildren;
}

export function Card({ title, step, children }: CardProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title;
    if (step && step > 1) heading.current?.focus();
  }, [title, step]);
  return (
    <div class="desk-page">
      <header class="brand">
        <span class="mark">
          <Pictogram name="box" /> {t("desk-title")}
        </span>
        {demo.value ? <span class="demo">{t("desk-demo")}</span> : null}
        <LanguageSwitch />
      </header>
      <main class="step" id="main">
        {step ? <Progress step={step} /> : null}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
      </main>
    </div>
  );
}
