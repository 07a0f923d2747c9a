/** The buttons at the foot of a panel: leaving it, and beside that the one step on. */
import { useEffect, useRef } from "preact/hooks";
import type { Texts } from "../shared/texts.ts";

/** Leaves a panel in which there is nothing to do. */
export function Close({ text, close }: { text: Texts; close: () => void }) {
  return (
    <div class="acts">
      <button class="button" type="button" onClick={close}>
        {text("btn-close")}
      </button>
    </div>
  );
}

interface Way {
  /** What the button says, a key of the catalogue. */
  say: string;
  act: () => void;
}

/** Leaving or going on; going on has the focus. */
export function Ways({ text, leave, go }: { text: Texts; leave: Way; go: Way }) {
  const first = useFocus();
  return (
    <div class="acts">
      <button class="button big" type="button" onClick={leave.act}>
        {text(leave.say)}
      </button>
      <button class="button big main" type="button" ref={first} onClick={go.act}>
        {text(go.say)}
      </button>
    </div>
  );
}

/** The control that is next has the focus, for those who use the keyboard alone. */
export function useFocus() {
  const control = useRef<HTMLButtonElement>(null);
  useEffect(() => control.current?.focus({ preventScroll: true }), []);
  return control;
}
