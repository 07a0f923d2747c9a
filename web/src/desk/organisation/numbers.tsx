/** A board's numbers: the rule while one is typed, how the line will look, the board as people see it, calls made today. */
import { useEffect, useState } from "preact/hooks";
import { Pictogram } from "../../shared/pictogram.tsx";
import { explain } from "../failure.ts";
import { Notice } from "../frame/notice.tsx";
import { language, t } from "../words.ts";
import { useActing } from "./acting.ts";
import { arrange } from "./acts.ts";
import { Aside } from "./aside.tsx";
import { ownerName, today } from "./cells.tsx";
import { csv } from "./csv.ts";
import { changed, mayChange, seenOf, units } from "./listing.ts";
import { inherited, worded } from "./lists.ts";
import { readAll } from "./routes.ts";
import type { Row } from "./shapes.ts";
import { typed } from "./telephones.ts";
import { below } from "./tree.ts";

/** What the number is so far, or the rule where nothing is known of it yet. */
export function NumberRule({ value }: { value: string }) {
  const { kind, shown, digits } = typed(value);
  if (kind && shown)
    return <p role="status">{t("org-tel-is", { shown, kind: t(`org-tel-kind-${kind}`) })}</p>;
  if (kind) return <p class="muted">{t(`org-tel-${kind}`, { digits })}</p>;
  return <p class={value.trim().length > 1 ? "bad" : "muted"}>{t("org-tel-rule")}</p>;
}

interface LineProps {
  role: string;
  number: string;
  hours: string;
}

/** A line of the board as people see it; here nothing is called. */
export function BoardLine({ role, number, hours }: LineProps) {
  const { shown, kind } = typed(number);
  return (
    <span class="board-line">
      <span>
        {role || "…"} <b class="num">{shown ?? number}</b>
        {hours ? <span class="small muted"> {hours}</span> : null}
        {kind === "paid" ? <span class="small bad"> {t("org-tel-kind-paid")}</span> : null}
      </span>
      <span class="call small">
        <Pictogram name="phone" /> {t("org-call")}
      </span>
    </span>
  );
}

function lineOf(row: Row): LineProps {
  const at = language.value;
  return { role: worded(row, "role", at), number: row.cells.number ?? "", hours: worded(row, "hours", at) };
}

/** Notes that a number was called today and answered as the board says. */
export function CalledToday({ row }: { row: Row }) {
  const { busy, failed, act } = useActing();
  if (!row.more.stale || inherited(row) || !mayChange.value) return null;
  const { unit = row.unit, number = "", role_vi = "" } = row.cells;
  const note = () =>
    act(async () => {
      const cells = { unit, number, role_vi, checked: today() };
      await arrange("hotlines", csv(COLUMNS, [cells]), { seen: seenOf(row.unit) });
      await changed("org-called", { number });
    });
  return (
    <>
      <button class="button above" type="button" disabled={busy} onClick={note}>
        {t("org-called-today")}
      </button>
      <Notice say={failed} strong />
    </>
  );
}

const COLUMNS = ["unit", "number", "role_vi", "checked"];

/** The board as people see it: the unit's numbers, those above it, the country's; not those of units under it. */
function useBoard(unit: string): { rows: readonly Row[] | null; failed: string | null } {
  const [rows, setRows] = useState<readonly Row[] | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  useEffect(() => {
    const under = below(units.value, unit);
    readAll("hotlines", unit).then(
      (found) => setRows(found.filter((row) => row.unit === unit || !under.has(row.unit))),
      (error: unknown) => setFailed(explain(error)),
    );
  }, [unit]);
  return { rows, failed };
}
export function BoardAside({ unit, onClose }: { unit: string; onClose: () => void }) {
  const { rows, failed } = useBoard(unit);
  const owners = [...new Set((rows ?? []).map((row) => row.more.inherited_from ?? row.unit))];
  return (
    <Aside title={t("org-board")} onClose={onClose}>
      <Notice say={failed} strong />
      {rows === null && !failed ? <p class="muted">{t("desk-loading")}</p> : null}
      {owners.map((owner) => (
        <section key={owner} class="board">
          <h3>{ownerName(owner)}</h3>
          <ul>
            {(rows ?? [])
              .filter((row) => (row.more.inherited_from ?? row.unit) === owner)
              .map((row) => (
                <li key={row.key}>
                  <BoardLine {...lineOf(row)} />
                </li>
              ))}
          </ul>
        </section>
      ))}
      <p>
        <a href={`/so/${encodeURIComponent(unit)}`} target="_blank" rel="noreferrer">
          {t("org-board-open")}
        </a>
      </p>
    </Aside>
  );
}
