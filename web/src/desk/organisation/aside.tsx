/** The sheet at the side of a list: one thing to read or do. Covers a phone's screen; Escape and the button close it. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../words.ts";

interface AsideProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}

export function Aside({ title, onClose, children }: AsideProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const from = document.activeElement as HTMLElement | null;
    dialog.current?.showModal();
    return () => from?.focus();
  }, []);
  return (
    <dialog ref={dialog} class="aside" onClose={onClose} aria-labelledby="aside-title">
      <div class="row head">
        <h2 id="aside-title">{title}</h2>
        <button class="button end" type="button" onClick={() => dialog.current?.close()}>
          {t("btn-close")}
        </button>
      </div>
      <div class="stack">{children}</div>
    </dialog>
  );
}
