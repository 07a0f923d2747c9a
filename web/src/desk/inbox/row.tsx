/** One tip in the list. Box and kind appear when the worker has opened the opening entry; their places are kept. */

import { Pictogram } from "../../shared/pictogram.tsx";
import type { TipRow } from "../api/shapes.ts";
import { age, dayMonth, span } from "../clock.ts";
import type { Opening, RowVerdict } from "../keys/messages.ts";
import { around } from "../presence.ts";
import { me, sheet } from "../session.ts";
import { language, t } from "../words.ts";
import { dueOf, rank, shortNumber, tagOf, whyShut } from "./order.ts";
import { TipTag } from "./tag.tsx";
import { found, opened, peeks } from "./tips.ts";

/** The name of whoever is answerable, as the sheet knows it; `otherwise` of whom it does not. */
export function whoHas(serial: string | null, otherwise?: string): string {
  if (serial === null) return t("desk-nobody");
  if (serial === me.value?.serial) return t("desk-me");
  const found = sheet.value?.sheet?.officers.find((officer) => officer.serial === serial);
  return found?.officer ?? (otherwise || t("desk-someone"));
}

/** Which colleagues have the tip on their screens now. */
export function Around({ tip }: { tip: string }) {
  const names = around(tip).map((serial) => whoHas(serial));
  return names.length === 0 ? null : (
    <span class="around small">{t("desk-open-by", { names: names.join(", ") })}</span>
  );
}

/** The box's name; its code where the server told no name. */
export function boxName(opening: Opening): string {
  if (opening.box === null) return t("desk-no-box");
  const box = me.value?.boxes?.find((one) => one.code === opening.box);
  if (!box) return opening.box;
  return language.value === "en" ? box.label_en : box.label_vi;
}

export function kindName(opening: Opening): string {
  return opening.category ? t(`cat-${opening.category}`) : t("desk-no-kind");
}

interface KindProps {
  row: TipRow;
  verdict: RowVerdict | undefined;
  peek: string | undefined;
}

function Kind({ row, verdict, peek }: KindProps) {
  if (!verdict) return <span class="veil" />;
  if (verdict.state === "badkey") return <span class="bad small">{t(`desk-${whyShut(row)}`)}</span>;
  if (verdict.state === "tampered") return <span class="bad small">{t("desk-tampered")}</span>;
  const { opening } = verdict;
  return (
    <>
      <span class="kind-name">
        {opening.category ? <Pictogram name={`cat-${opening.category}`} /> : null} {kindName(opening)}
      </span>
      {peek ? <span class="peek small muted">{peek}</span> : null}
    </>
  );
}

function Box({ verdict }: { verdict: RowVerdict | undefined }) {
  if (!verdict) return <span class="veil" />;
  return <>{verdict.state === "open" ? boxName(verdict.opening) : "–"}</>;
}

/** What is next and by when in one coarse word; empty where nothing is. */
export function dueWords(row: TipRow, now: number): string {
  const due = dueOf(row, now);
  if (due === null) return "";
  if (due.what === "answer") return t("desk-due-answer");
  const { unit, count } = span(Math.abs(due.left));
  const side = due.left > 0 ? "in" : "over";
  return t(`desk-due-${side}-${unit}`, { count, what: t(`desk-clock-${due.what}`) });
}

/** Of what nothing is due: the day on which it will be erased, if officers are warned of it. */
function Kept({ row }: { row: TipRow }) {
  return row.erases ? <b>{erasesWords(row.erases)}</b> : <span class="muted">–</span>;
}

export function erasesWords(erases: number): string {
  return t("desk-erases", { day: dayMonth(erases) });
}

/** What is next, and whose term that is. */
function DueCell({ row, now }: { row: TipRow; now: number }) {
  const due = dueOf(row, now);
  if (due === null) return <Kept row={row} />;
  const house = row.urgent ? "desk-due-urgent" : "desk-due-house";
  return (
    <>
      <b>{dueWords(row, now)}</b>{" "}
      {due.what === "answer" ? null : (
        <span class="why small muted">{t(due.what === "open" ? house : "desk-due-law")}</span>
      )}
    </>
  );
}

function verdictOf(row: TipRow): RowVerdict | undefined {
  return row.grant === null ? { tip: row.id, state: "badkey" } : opened.value.get(row.id);
}

interface RowProps {
  row: TipRow;
  now: number;
  onOpen: (tip: string) => void;
}

export function Row({ row, now, onOpen }: RowProps) {
  const verdict = verdictOf(row);
  const peek = found.value?.excerpts.get(row.id) || peeks.value.get(row.id);
  const passed = age(row.received, now, !row.urgent);
  const open = (event: Event) => {
    event.preventDefault();
    onOpen(row.id);
  };
  return (
    <tr class={rank(row, now) === 0 ? "first" : ""}>
      <td class="mark-cell">
        <TipTag tag={tagOf(row, now)} />
      </td>
      <td>
        <a class="open num" href="/desk" data-tip={row.id} onClick={open}>
          {shortNumber(row)}
        </a>
      </td>
      <td class="box">
        <Box verdict={verdict} />
      </td>
      <td class="kind">
        <Kind row={row} verdict={verdict} peek={peek} />
      </td>
      <td class="age num">{t(`desk-age-${passed.unit}`, { count: passed.count })}</td>
      <td class="due">
        <DueCell row={row} now={now} />
      </td>
      <td class="state">{t(`desk-case-${row.status}`)}</td>
      <td class={row.answerable === null ? "who muted" : "who"}>
        {whoHas(row.answerable)}
        <Around tip={row.id} />
      </td>
    </tr>
  );
}
