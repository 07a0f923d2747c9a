/** Who can read this tip: every holder of a grant, by the name and role on the verified sheet, and whether he opened it. */
import type { Reader } from "../api/shapes.ts";
import { dayMonth } from "../clock.ts";
import type { SheetOfficer } from "../keys/messages.ts";
import { me, sheet } from "../session.ts";
import { t } from "../words.ts";
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

function ReaderRow({ reader }: { reader: Reader }) {
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
      </td>
    </tr>
  );
}

export function Readers() {
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
            <ReaderRow key={reader.recipient} reader={reader} />
          ))}
        </tbody>
      </table>
      <p class="small muted">{t("desk-readers-how")}</p>
      {expires ? <p class="small muted">{t("desk-sheet-until", { day: dayMonth(expires - 1) })}</p> : null}
    </section>
  );
}
