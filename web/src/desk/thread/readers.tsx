/** Who can read this tip: every holder of a grant, by the name on the sheet, and whether it was opened. */
import type { Reader } from "../api/shapes.ts";
import { dayMonth } from "../clock.ts";
import { me, sheet } from "../session.ts";
import { t } from "../words.ts";
import { readers } from "./thread.ts";

function nameOf(reader: Reader): string {
  if (reader.recipient === "recovery") return t("desk-reader-recovery");
  const found = sheet.value?.sheet?.officers.find((officer) => officer.serial === reader.recipient);
  if (!found) return t("desk-reader-gone");
  const name = found.serial === me.value?.serial ? t("desk-me") : found.officer;
  return t("desk-reader", { name, role: t(`desk-role-${found.role}`) });
}

export function Readers() {
  const people = readers.value.filter((reader) => reader.recipient !== "recovery").length;
  const expires = sheet.value?.sheet?.expires;
  return (
    <section>
      <h2>{t("desk-readers", { count: people })}</h2>
      <ul class="readers">
        {readers.value.map((reader) => (
          <li key={reader.recipient}>
            <span>{nameOf(reader)}</span>
            <span class="muted">
              {reader.recipient === "recovery"
                ? t("desk-reader-shares")
                : t(reader.opened ? "desk-reader-opened" : "desk-reader-unopened")}
            </span>
          </li>
        ))}
      </ul>
      {expires ? <p class="small muted">{t("desk-sheet-until", { day: dayMonth(expires) })}</p> : null}
    </section>
  );
}
