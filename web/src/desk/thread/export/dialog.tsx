/** Taking a tip out: what for, what it means, the archive with its five words, and a copy to print. Gone when it closes. */
import "../forward/forward.css";
import "./export.css";
import { useEffect, useRef, useState } from "preact/hooks";
import { save } from "../../../shared/saving.ts";
import { explain } from "../../failure.ts";
import { Notice } from "../../frame/notice.tsx";
import type { Purpose } from "../../keys/messages.ts";
import { me } from "../../session.ts";
import { type PageWords, t } from "../../words.ts";
import { type Given, TooLarge, takeOut } from "./leaving.ts";
import { DOCUMENT } from "./packing.ts";
import { ChoosePurpose } from "./purposes.tsx";

export const words: PageWords = {
  vi: () => import("virtual:catalogue/vi/export-,desk-log-purpose-"),
  en: () => import("virtual:catalogue/en/export-,desk-log-purpose-"),
};

function Asking({ purpose, onChoose }: { purpose: Purpose | ""; onChoose: (purpose: Purpose | "") => void }) {
  return (
    <>
      <p>{t("export-what")}</p>
      <ul>
        {["export-means-out", "export-means-words", "export-means-log"].map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ul>
      <ChoosePurpose purpose={purpose} onChoose={onChoose} />
    </>
  );
}

/** The five words, once; and the copy that anybody can read who has it. */
function Out({ given }: { given: Given }) {
  const heading = useRef<HTMLParagraphElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const print = () => save(given.document, `${given.name}-${DOCUMENT}`, "application/pdf");
  return (
    <>
      <p ref={heading} tabIndex={-1}>
        {t("export-saved", { file: `${given.name}.zip` })}
      </p>
      <p>{t("export-words")}</p>
      <p class="export-words">
        <code translate={false}>{given.words.join("-")}</code>
      </p>
      <p class="small muted">{t("export-words-how")}</p>
      <p>{t("export-print-warn")}</p>
      <p class="row">
        <button class="button" type="button" onClick={print}>
          {t("export-print")}
        </button>
      </p>
    </>
  );
}

export function ExportDialog({ tip, onClose }: { tip: string; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [purpose, choose] = useState<Purpose | "">("");
  const [going, tell] = useState<string | null>(null);
  const [failed, fail] = useState<string | null>(null);
  const [given, give] = useState<Given | null>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const send = async (event: Event) => {
    event.preventDefault();
    if (given) return dialog.current?.close();
    const account = me.value;
    if (!account || purpose === "" || going !== null) return;
    fail(null);
    tell(t("export-going"));
    try {
      const progress = (come: number, all: number) => tell(t("export-coming", { come, all }));
      const out = await takeOut(account, tip, purpose, words, progress);
      save(out.archive, `${out.name}.zip`, "application/zip");
      give(out);
    } catch (error) {
      if (me.value) fail(error instanceof TooLarge ? "export-large" : explain(error, "export-failed"));
    } finally {
      tell(null);
    }
  };
  const label = given ? "export-close" : "export-go";
  return (
    <dialog ref={dialog} class="forward" onClose={onClose} aria-labelledby="export-title">
      <form onSubmit={send}>
        <h2 id="export-title">{t("export-title")}</h2>
        {given ? <Out given={given} /> : <Asking purpose={purpose} onChoose={choose} />}
        <p class="small muted" role="status">
          {going ?? ""}
        </p>
        <Notice say={failed} strong />
        <p class="row">
          <button type="submit" class="button main" disabled={!given && (purpose === "" || going !== null)}>
            {t(label)}
          </button>
          {given ? null : (
            <button class="button quiet" type="button" onClick={() => dialog.current?.close()}>
              {t("desk-cancel")}
            </button>
          )}
        </p>
      </form>
    </dialog>
  );
}
