/** What every step is written on: how far one is, heading, what went wrong, what is going on. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Why } from "./refusal.ts";
import { t, told } from "./words.ts";
import { busy, failed } from "./work.ts";

const STEPS = 6;

/** A reason, read aloud when it appears. */
export function Trouble({ why }: { why: Why | null }) {
  return (
    <p class={why ? "notice" : "notice empty"} role="alert">
      {why ? told(why) : null}
    </p>
  );
}

function Busy() {
  const now = busy.value;
  if (!now) return null;
  return (
    <div class="going" role="status">
      <p>{now.of > 0 ? t(now.key, { done: now.done, of: now.of }) : t(now.key)}</p>
      {now.of > 0 ? <progress max={now.of} value={now.done} aria-label={t("auth-busy")} /> : null}
    </div>
  );
}

interface StepProps {
  title: string;
  at: number;
  children: ComponentChildren;
}

export function SheetStep({ title, at, children }: StepProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${t("auth-title")}`;
    if (at > 1) heading.current?.focus();
    scrollTo(0, 0);
  }, [title, at]);
  return (
    <main class="step" id="main">
      <p class="muted">{t("auth-step", { step: at, of: STEPS })}</p>
      <ol class="progress" aria-hidden="true">
        {Array.from({ length: STEPS }, (_, n) => (
          <li key={n} class={n < at ? "done" : ""} />
        ))}
      </ol>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
      <Busy />
      <Trouble why={failed.value} />
    </main>
  );
}
