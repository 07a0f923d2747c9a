/** Who can read this tip: every holder of a grant, by the name and role on the verified sheet, and whether he opened it. */
import type { Reader } from "../api/shapes.ts";
import { dayMonth } from "../clock.ts";
import type { SheetOfficer } from "../keys/messages.ts";
import { me, sheet } from "../session.ts";
import { t } from "../words.ts";
import { askKeys } from "./giving.tsx";
import { readers } from "./thread.ts";

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

function ReaderRow({ reader, off }: { reader: Reader; off: boolean }) {
  const officer = onSheet(reader);
  const recovery = onPaper(reader);
  return (
    <tr>
      <th scope="row">
        {nameOf(reader)} {officer ? <span class="muted role">{t(`desk-role-${officer.role}`)}</span> : null}
      </th>
      <td class="num">{officer && officer.from > 0 ? dayMonth(officer.from) : "–"}</td>
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
  return (
    <section>
      <h2 id="readers">{t("desk-readers", { count: people })}</h2>
      <table class="readers" aria-labelledby="readers">
        <thead>
          <tr>
            {["who", "since", "opened"].map((column) => (
              <th key={column} scope="col">
                {t(`desk-readers-${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {readers.value.map((reader) => (
            <ReaderRow key={reader.recipient} reader={reader} off={off} />
          ))}
        </tbody>
      </table>
      <Lacking />
      <p class="small muted">{t("desk-readers-how")}</p>
      <p class="row">
        <button class="button" type="button" disabled={off} onClick={() => askKeys({ give: true })}>
          {t("desk-give")}
        </button>
      </p>
      {expires ? <p class="small muted">{t("desk-sheet-until", { day: dayMonth(expires - 1) })}</p> : null}
    </section>
  );
}
