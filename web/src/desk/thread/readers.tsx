/**
 * Who can read this tip: every holder of a grant, by the name and role on the verified sheet, whether he opened it, and
 * through which grant, which the audit chain tells once asked for.
 */
import { useState } from "preact/hooks";
import type { Reader } from "../api/shapes.ts";
import { chain, lines } from "../audit/chain.ts";
import { dayMonth } from "../clock.ts";
import { Notice } from "../frame/notice.tsx";
import { whoHas } from "../inbox/row.tsx";
import type { SheetOfficer } from "../keys/messages.ts";
import { me, sheet } from "../session.ts";
import { t } from "../words.ts";
import { askKeys } from "./giving.tsx";
import { useChain } from "./history-list.tsx";
import { readers, tip } from "./thread.ts";
import { through } from "./through.ts";

function onSheet({ recipient }: Reader): SheetOfficer | undefined {
  return sheet.value?.sheet?.officers.find((officer) => officer.serial === recipient);
}

/** True for keys on paper: the unit's own, or those of units that had the tip before. */
function onPaper({ recipient }: Reader): boolean {
  return recipient.startsWith("recovery");
}

function nameOf(reader: Reader): string {
  if (onPaper(reader)) return t(`desk-reader-${reader.recipient === "recovery" ? "recovery" : "former"}`);
  if (reader.recipient === me.value?.serial) return t("desk-me");
  return onSheet(reader)?.officer ?? t("desk-reader-gone");
}

/** Through which grant, in words. */
function throughWords(reader: Reader): string {
  if (!tip.value || chain.value?.state === "tampered") return "–";
  const { how, by } = through(tip.value, reader, onSheet(reader), lines.value);
  return t(`desk-through-${how}`, { names: by.map((serial) => whoHas(serial)).join(", ") });
}

function ReaderRow({ reader, off, told }: { reader: Reader; off: boolean; told: boolean }) {
  const officer = onSheet(reader);
  const recovery = onPaper(reader);
  return (
    <tr>
      <th scope="row">
        {nameOf(reader)} {officer ? <span class="muted role">{t(`desk-role-${officer.role}`)}</span> : null}
      </th>
      <td class="num">{officer && officer.from > 0 ? dayMonth(officer.from) : "–"}</td>
      {told ? <td translate={false}>{throughWords(reader)}</td> : null}
      <td class="muted">
        {recovery
          ? t("desk-reader-shares")
          : t(reader.opened ? "desk-reader-opened" : "desk-reader-unopened")}
        {mayTake(reader) ? (
          <button
            class="button small"
            type="button"
            disabled={off}
            aria-label={`${t("desk-take-back")}: ${nameOf(reader)}`}
            onClick={() => askKeys({ from: reader.recipient, name: nameOf(reader) })}
          >
            {t("desk-take-back")}
          </button>
        ) : null}
      </td>
    </tr>
  );
}

/** Who reads here by the sheet and holds no key to this tip. */
function Lacking() {
  const holding = readers.value.map(({ recipient }) => recipient);
  const people = sheet.value?.sheet?.officers ?? [];
  const names = people.filter(({ serial, role }) => role !== "operator" && !holding.includes(serial));
  if (names.length === 0 || readers.value.length === 0) return null;
  return (
    <p class="small">{t("desk-readers-lacking", { names: names.map((one) => one.officer).join(", ") })}</p>
  );
}

/** Whether the officer may take this key back: a chief everybody's, everybody his own. */
function mayTake(reader: Reader): boolean {
  const own = reader.recipient === me.value?.serial;
  return !onPaper(reader) && readers.value.length > 1 && (own || me.value?.role === "chief");
}

export function Readers({ off }: { off: boolean }) {
  const people = readers.value.filter((reader) => !onPaper(reader)).length;
  const expires = sheet.value?.sheet?.expires;
  const [asked, askAll] = useState<string | null>(null);
  const here = asked !== null && asked === tip.value?.id;
  const reading = useChain(here);
  const told = here && !reading && lines.value.length > 0;
  const columns = ["who", "since", ...(told ? ["through"] : []), "opened"];
  return (
    <section>
      <h2 id="readers">{t("desk-readers", { count: people })}</h2>
      <table class="readers" aria-labelledby="readers">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`desk-readers-${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {readers.value.map((reader) => (
            <ReaderRow key={reader.recipient} reader={reader} off={off} told={told} />
          ))}
        </tbody>
      </table>
      <Lacking />
      <p class="small muted">{t("desk-readers-how")}</p>
      <p class="small muted" role="status">
        {reading ? t("desk-log-reading") : ""}
      </p>
      {here && chain.value?.state === "tampered" ? <Notice say="desk-tampered" strong /> : null}
      <p class="row">
        <button class="button" type="button" disabled={off} onClick={() => askKeys({ give: true })}>
          {t("desk-give")}
        </button>
        {here ? null : (
          <button class="button" type="button" onClick={() => askAll(tip.value?.id ?? null)}>
            {t("desk-through-ask")}
          </button>
        )}
      </p>
      {expires ? <p class="small muted">{t("desk-sheet-until", { day: dayMonth(expires - 1) })}</p> : null}
    </section>
  );
}
