/** Keys of the console: one listener that turns a key into an intent, and the list that "?" shows. */
import { useEffect, useRef } from "preact/hooks";
import { t } from "../words.ts";

export type Intent = "next" | "previous" | "search" | "write" | "due" | "back" | "help";

const KEYS: Record<string, Intent> = {
  j: "next",
  k: "previous",
  "/": "search",
  r: "write",
  g: "due",
  u: "back",
  "?": "help",
};

const SHOWN: readonly [string, string][] = [
  ["j k", "desk-key-move"],
  ["Enter", "desk-key-open"],
  ["/", "desk-key-search"],
  ["r", "desk-key-write"],
  ["g", "desk-key-due"],
  ["u", "desk-key-back"],
  ["?", "desk-key-help"],
];

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, dialog") !== null;
}

/** Escape leaves a field, so that the keys work again. */
function leaveField(): void {
  const { activeElement } = document;
  if (activeElement?.matches("input, textarea, select")) (activeElement as HTMLElement).blur();
}

/** Calls `act` for a key pressed outside of fields. */
export function useKeys(act: (intent: Intent) => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (document.querySelector("dialog[open]")) return;
      if (event.key === "Escape") leaveField();
      const intent = KEYS[event.key];
      if (!intent || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      event.preventDefault();
      act(intent);
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [act]);
}

/** Puts the focus back on the row of a tip, where it is on the page. */
export function focusRow(tip: string): void {
  [...document.querySelectorAll<HTMLElement>("[data-tip]")].find((row) => row.dataset.tip === tip)?.focus();
}

/** Moves the focus among the rows of the list. */
export function moveFocus(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>("[data-tip], [data-row]")];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = at < 0 ? (by === 1 ? 0 : links.length - 1) : at + by;
  links[Math.min(Math.max(next, 0), links.length - 1)]?.focus();
}

export function KeyHelp({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} class="keys" onClose={onClose} aria-labelledby="keys-title">
      <h2 id="keys-title">{t("desk-keys")}</h2>
      <dl class="facts">
        {SHOWN.map(([key, means]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(means)}</dd>
          </div>
        ))}
      </dl>
      <button class="button" type="button" onClick={() => dialog.current?.close()}>
        {t("btn-close")}
      </button>
    </dialog>
  );
}
