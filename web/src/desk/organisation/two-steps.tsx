/** A button for what cannot be taken back: the first press asks, the second does it. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Notice } from "../frame/notice.tsx";
import { t } from "../words.ts";
import { mayChange } from "./listing.ts";

interface TwoStepsProps {
  ask: string;
  first: string;
  second: string;
  busy: boolean;
  failed: string | null;
  onDo: () => void;
  /** What is chosen before the second press. */
  children?: ComponentChildren;
}

export function TwoSteps({ ask, first, second, busy, failed, onDo, children }: TwoStepsProps) {
  const [asks, setAsks] = useState(false);
  return (
    <section class="ending stack">
      {asks ? <p role="alert">{ask}</p> : null}
      {asks ? children : null}
      <p class="row">
        <button
          class="button"
          type="button"
          disabled={busy || !mayChange.value}
          onClick={asks ? onDo : () => setAsks(true)}
        >
          {asks ? second : first}
        </button>
        {asks ? (
          <button class="button quiet" type="button" onClick={() => setAsks(false)}>
            {t("desk-cancel")}
          </button>
        ) : null}
      </p>
      <Notice say={failed} strong />
    </section>
  );
}
