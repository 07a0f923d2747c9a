/** What stands in a cell: days, hours, units and states in words. */
import { dayOf } from "../clock.ts";
import { now } from "../frame/now.ts";
import { known, language, t } from "../words.ts";
import { unitName } from "./listing.ts";
import { ofDays, worded } from "./lists.ts";
import type { Moment, Row, View } from "./shapes.ts";

/** "02/05/2026" of an ISO day or a UTC second; empty of nothing. */
export function fullDay(moment: Moment | undefined): string {
  if (moment === null || moment === undefined || moment === "") return "";
  const day = typeof moment === "number" ? dayOf(moment) : moment;
  const [, year = "", month = "", date = ""] = /^(\d{4})-(\d\d)-(\d\d)/.exec(day) ?? [];
  return year ? `${date}/${month}/${year}` : day;
}

/** Today's ISO day in Vietnam. */
export function today(): string {
  return dayOf(now.value);
}

/** A unit's name as the beginning of a line. */
export function capital(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

/** A column's name on screen; as the file has it where we know no other. */
export function columnName(list: View, column: string): string {
  const name = column.replaceAll("_", "-");
  const own = `org-col-${list}-${name}`;
  if (known(own)) return t(own);
  const shared = `org-col-${name}`;
  return known(shared) ? t(shared) : column;
}

function clock(hour: string): string {
  return /^\d+$/.test(hour) ? t("org-hour", { hour: Number(hour) }) : hour;
}

/** "7–19 giờ", or into the next day where the end is not later. */
function spanText(from: string, to: string): string {
  return t(Number(to) <= Number(from) ? "org-span-next" : "org-span", { from, to });
}

/** A cell's text as it is shown in a table and in a history. */
export function cellText(list: View, row: Row, column: string): string {
  const text = worded(row, column, language.value);
  if (column === "span") return spanText(row.cells.from ?? "", row.cells.to ?? "");
  if (column === "from" || column === "to") return clock(text);
  if (column === "unit" || column === "parent" || column === "successor")
    return list === "boxes" && column === "successor" ? text : ownerName(text);
  if (column === "checked" || column === "board" || column.startsWith("valid_")) return fullDay(text);
  if (column === "day" && ofDays(list)) return fullDay(text);
  if (column === "day") return known(`org-day-${text}`) ? capital(t(`org-day-${text}`)) : text;
  if (list === "roster" && column === "officer") return row.more.name ?? text;
  if (list === "swaps" && (column === "officer" || column === "instead"))
    return row.more.names?.[text] ?? text;
  if (list === "holidays" && column === "name") return text || t("org-holiday-unnamed");
  if (column === "working") return t(text === "" ? "org-no" : "org-yes");
  if (column === "kind") return known(`org-kind-${text}`) ? t(`org-kind-${text}`) : text;
  if (column === "role" && list === "officers")
    return known(`desk-role-${text}`) ? t(`desk-role-${text}`) : text;
  if (column === "status") return known(`org-status-${text}`) ? t(`org-status-${text}`) : text;
  if (column === "category") return kindName(text);
  if (column === "target") return targetName(row, text);
  if (column === "until") return fullDay(text);
  if (column === "closed" || column === "hold") return t(text === "" ? "org-no" : "org-yes");
  return text;
}

/** A kind of matter in words; what is about the unit's own people is one too. */
export function kindName(kind: string): string {
  if (kind === "staff") return t("org-route-staff");
  return known(`cat-${kind}`) ? t(`cat-${kind}`) : kind;
}

/** The unit that a kind of matter is sent to; one that is not the officer's is named by its row. */
function targetName(row: Row, code: string): string {
  const { target_vi: vietnamese, target_en: english } = row.more;
  const told = row.cells.target === code ? (language.value === "en" ? english : vietnamese) : undefined;
  return told ?? unitName(code, language.value);
}

function RouteState({ row }: { row: Row }) {
  const { inherited_from: from, receiver } = row.more;
  if (from) return <span class="muted">{t("org-number-of", { unit: from })}</span>;
  if (!receiver) return <span class="bad">{t("org-route-stays")}</span>;
  const unit = receiver === row.cells.target ? targetName(row, receiver) : unitName(receiver, language.value);
  return <>{t("org-route-goes", { unit })}</>;
}

function SheetState({ row }: { row: Row }) {
  const { sheet_days: days, missing, asks } = row.more;
  if (missing) return <span class="bad">{t("org-sheet-missing")}</span>;
  const stands =
    days === null || days === undefined
      ? t(row.cells.n === "" ? "org-sheet-none" : "org-sheet-over")
      : t("org-sheet-days", { days });
  return (
    <>
      {stands} {asks ? <b class="tag soon">{t("org-sheet-asks")}</b> : null}
    </>
  );
}

function BoxState({ row }: { row: Row }) {
  if (!row.cells.closed) return <>{t("org-box-open")}</>;
  const next = row.more.leads_to || row.cells.successor;
  return <span class="muted">{next ? t("org-box-leads", { code: next }) : t("org-box-closed")}</span>;
}

/** Whose a row is that is shown here of a unit above, or of the country. */
function Elsewhere({ from }: { from: string }) {
  if (from === "national") return <span class="muted">{t("org-national")}</span>;
  return <span class="muted">{t("org-number-of", { unit: ownerName(from) })}</span>;
}

function HolidayState({ row }: { row: Row }) {
  const { inherited_from: from } = row.more;
  return (
    <>
      {row.cells.working ? <b class="tag soon">{t("org-worked")}</b> : t("org-off")}{" "}
      {from ? <Elsewhere from={from} /> : null}
    </>
  );
}

function NumberState({ row }: { row: Row }) {
  const { inherited_from: from, stale } = row.more;
  if (from) return <Elsewhere from={from} />;
  return stale ? <b class="tag soon">{t("org-number-stale")}</b> : null;
}

/** Whose a number is: a unit by its name, or the whole country. */
export function ownerName(code: string): string {
  return code === "national" ? t("org-national") : unitName(code, language.value);
}

function UnitState({ row }: { row: Row }) {
  const { successor, valid_to: until, staffed, sheet_days: days } = row.more;
  if (successor) {
    const into = unitName(successor, language.value);
    return <span class="muted">{t("org-unit-merged", { unit: into, day: fullDay(until) })}</span>;
  }
  if (until) return <span class="muted">{t("org-unit-ended", { day: fullDay(until) })}</span>;
  if (!staffed) return <span class="bad">{t("org-unit-nobody")}</span>;
  return <>{days === null || days === undefined ? t("org-unit-staffed") : t("org-unit-sheet", { days })}</>;
}

/** How a row stands, in words. */
export function RowState({ list, row }: { list: View; row: Row }) {
  if (list === "boxes") return <BoxState row={row} />;
  if (list === "hotlines") return <NumberState row={row} />;
  if (list === "holidays") return <HolidayState row={row} />;
  if (list === "units") return <UnitState row={row} />;
  if (list === "routes") return <RouteState row={row} />;
  if (list === "sheets") return <SheetState row={row} />;
  const { status: stands, listed } = row.more;
  const status = `org-status-${stands}${stands === "removed" && listed ? "-listed" : ""}`;
  return <>{known(status) ? t(status) : stands}</>;
}
