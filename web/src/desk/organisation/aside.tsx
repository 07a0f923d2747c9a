/**
 * The sheet at the side of a list: one thing to read or do. Covers a phone's screen; Escape and the button close it.
 *
 * Owns that nothing typed is lost by a key: what was changed in a form, or `losing` says, is asked about first.
 */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../words.ts";

interface AsideProps {
  title: string;
  onClose: () => void;
  /** What is lost by closing beside what was typed, as the key of the question; null: nothing is. */
  losing?: string | null;
  children: ComponentChildren;
}

/** Whether this was typed or chosen in a form; a file lies where it was. */
function isEdit(field: EventTarget | null): boolean {
  const edited = field instanceof HTMLInputElement || field instanceof HTMLSelectElement;
  return edited && field.form !== null && field.type !== "file";
}

interface AskingProps {
  ask: string;
  onLeave: () => void;
  onStay: () => void;
}

/** The question before something is lost. */
function Asking({ ask, onLeave, onStay }: AskingProps) {
  const stay = useRef<HTMLButtonElement>(null);
  useEffect(() => stay.current?.focus(), []);
  return (
    <div class="notice leaving" role="alertdialog" aria-labelledby="leaving">
      <p id="leaving">{t(ask)}</p>
      <p class="row">
        <button ref={stay} class="button main" type="button" onClick={onStay}>
          {t("org-leave-no")}
        </button>
        <button class="button" type="button" onClick={onLeave}>
          {t("org-leave-yes")}
        </button>
      </p>
    </div>
  );
}

export function Aside({ title, onClose, losing = null, children }: AsideProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const edited = useRef(false);
  const [asks, setAsks] = useState<string | null>(null);
  useEffect(() => {
    const from = document.activeElement as HTMLElement | null;
    dialog.current?.showModal();
    return () => from?.focus();
  }, []);
  const leave = () => dialog.current?.close();
  const close = () => {
    const typed = edited.current && dialog.current?.querySelector("form") ? "org-leave-ask" : null;
    const lost = losing ?? typed;
    if (lost) setAsks(lost);
    else leave();
  };
  return (
    <dialog
      ref={dialog}
      class="aside"
      onClose={onClose}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        close();
      }}
      onInput={({ target }) => {
        edited.current ||= isEdit(target);
      }}
      aria-labelledby="aside-title"
    >
      <div class="head">
        <div class="row">
          <h2 id="aside-title">{title}</h2>
          <button class="button end" type="button" onClick={close}>
            {t("btn-close")}
          </button>
        </div>
        {asks ? <Asking ask={asks} onLeave={leave} onStay={() => setAsks(null)} /> : null}
      </div>
      <div class="stack">{children}</div>
    </dialog>
  );
}
