/** The unit's register book of a year as a file: which year, what for, in which form. */
import "../forward/forward.css";
import { useEffect, useRef, useState } from "preact/hooks";
import { save } from "../../../shared/saving.ts";
import { postForBytes } from "../../api/wire.ts";
import { dayOf } from "../../clock.ts";
import { explain } from "../../failure.ts";
import { Notice } from "../../frame/notice.tsx";
import { now } from "../../frame/now.ts";
import type { Purpose } from "../../keys/messages.ts";
import { me, whileIn } from "../../session.ts";
import { type PageWords, t } from "../../words.ts";
import { ChoosePurpose } from "./purposes.tsx";

export const words: PageWords = {
  vi: () => import("virtual:catalogue/vi/book-,export-purpose$,export-choose$,desk-log-purpose-"),
  en: () => import("virtual:catalogue/en/book-,export-purpose$,export-choose$,desk-log-purpose-"),
};

const FIRST = 2020;
const TYPES = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pdf: "application/pdf",
} as const;
type Form = keyof typeof TYPES;

export function BookDialog({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const last = Number(dayOf(now.value).slice(0, 4));
  const [year, setYear] = useState(last);
  const [purpose, choose] = useState<Purpose | "">("");
  const [busy, setBusy] = useState(false);
  const [done, tell] = useState(false);
  const [failed, fail] = useState<string | null>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const take = async (form: Form) => {
    setBusy(true);
    fail(null);
    tell(false);
    try {
      const book = await whileIn(() => postForBytes("register", { year, purpose, form }));
      save(book, `so-tiep-nhan-${year}.${form}`, TYPES[form]);
      tell(true);
    } catch (error) {
      if (me.value) fail(explain(error));
    } finally {
      setBusy(false);
    }
  };
  const years = Array.from({ length: last - FIRST + 1 }, (_, back) => last - back);
  return (
    <dialog ref={dialog} class="forward" onClose={onClose} aria-labelledby="book-title">
      <form method="dialog">
        <h2 id="book-title">{t("book-title")}</h2>
        <p>{t("book-what")}</p>
        <label for="book-year">{t("book-year")}</label>
        <select id="book-year" value={year} onChange={(event) => setYear(Number(event.currentTarget.value))}>
          {years.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
        <ChoosePurpose purpose={purpose} onChoose={choose} />
        <p class="small muted">{t("book-log")}</p>
        <p role="status">{done ? t("book-done") : ""}</p>
        <Notice say={failed} strong />
        <p class="row">
          {(["pdf", "xlsx"] as const).map((form) => (
            <button
              key={form}
              type="button"
              class="button main"
              disabled={busy || purpose === ""}
              onClick={() => take(form)}
            >
              {t(`book-go-${form}`)}
            </button>
          ))}
          <button class="button quiet" type="submit">
            {t("book-close")}
          </button>
        </p>
      </form>
    </dialog>
  );
}
