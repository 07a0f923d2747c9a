/** The order of a unit's week or board, where it counts: rows go up and down here, and are sent once, as a whole. */
import { useEffect, useState } from "preact/hooks";
import { Notice } from "../frame/notice.tsx";
import { language, t } from "../words.ts";
import { useActing } from "./acting.ts";
import { arrange, type Seen } from "./acts.ts";
import { Aside } from "./aside.tsx";
import { cellText } from "./cells.tsx";
import { csv } from "./csv.ts";
import { changed, mayChange, ownRows, page, seenOf, unit } from "./listing.ts";
import { titleOf } from "./lists.ts";
import { putOrder } from "./roster.ts";
import type { Row, View } from "./shapes.ts";

/** The rows with the one at `place` a step up (-1) or down (1). Pure. */
export function moved<T>(rows: readonly T[], place: number, by: -1 | 1): T[] {
  const next = [...rows];
  const [one] = next.splice(place, 1);
  if (one !== undefined) next.splice(place + by, 0, one);
  return next;
}

/** What was put in order here, of the rows there are now: those that have come stand last. Pure. */
export function reconciled(wanted: readonly Row[], now: readonly Row[]): Row[] {
  const there = new Map(now.map((row) => [row.key, row]));
  const kept = wanted.flatMap(({ key }) => there.get(key) ?? []);
  const known = new Set(wanted.map(({ key }) => key));
  return [...kept, ...now.filter(({ key }) => !known.has(key))];
}

const BOARD = ["unit", "number", "role_vi"] as const;

function send(list: View, rows: readonly Row[], seen: Seen): Promise<unknown> {
  if (list === "roster") return putOrder(rows, seen);
  const cells = rows.map(({ unit: of, cells: { number = "", role_vi = "" } }) => ({
    unit: of,
    number,
    role_vi,
  }));
  return arrange(list, csv(BOARD, cells), { seen });
}

/** What a row is called in its order: of a duty day, hours and officer. */
function nameOf(list: View, row: Row): string {
  if (list !== "roster") return `${titleOf(list, row, language.value)} ${row.cells.number ?? ""}`;
  return ["day", "span", "officer"].map((column) => cellText(list, row, column)).join(", ");
}

interface StepProps {
  what: string;
  /** The first or last row has nowhere to go. */
  end: boolean;
  onStep: () => void;
}

function Step({ by, what, end, onStep }: StepProps & { by: -1 | 1 }) {
  const key = by < 0 ? "org-up" : "org-down";
  return (
    <button
      class="button nudge"
      type="button"
      aria-label={t(key, { what })}
      aria-disabled={end}
      onClick={() => end || onStep()}
    >
      {by < 0 ? "▲" : "▼"}
    </button>
  );
}

/** The rows to be put in order; those there are now once somebody else has changed them. */
function useRows(list: View) {
  const [rows, setRows] = useState<readonly Row[] | null>(null);
  const [touched, setTouched] = useState(false);
  const reading = useActing();
  const mark = page.value?.seen[unit.value];
  useEffect(() => {
    reading.act(async () => {
      const now = await ownRows(list, unit.value);
      setRows((before) => (before ? reconciled(before, now) : now));
    });
  }, [mark]);
  const move = (place: number, by: -1 | 1) => {
    setTouched(true);
    setRows((before) => before && moved(before, place, by));
  };
  return { rows, touched, move, unread: reading.failed };
}

export function OrderAside({ list, onClose }: { list: View; onClose: () => void }) {
  const { rows, touched, move, unread } = useRows(list);
  const { busy, failed, faults, act } = useActing();
  const save = async () => {
    if (rows && (await act(() => send(list, rows, seenOf(unit.value))))) {
      onClose();
      await changed("org-ordered");
    }
  };
  const last = (rows?.length ?? 0) - 1;
  const few = rows !== null && last < 1; // those of units above and below stand in the list too, and have their own order
  return (
    <Aside title={t("org-order")} onClose={onClose} losing={touched ? "org-leave-ask" : null}>
      <p>{t(few ? "org-order-few" : `org-order-${list}`)}</p>
      {rows === null && !unread ? <p class="muted">{t("desk-loading")}</p> : null}
      <ol class="order">
        {(rows ?? []).map((row, place) => {
          const what = nameOf(list, row);
          return (
            <li key={row.key} class="row">
              <span>{what}</span>
              {few ? null : <Step by={-1} what={what} end={place === 0} onStep={() => move(place, -1)} />}
              {few ? null : <Step by={1} what={what} end={place === last} onStep={() => move(place, 1)} />}
            </li>
          );
        })}
      </ol>
      <p class={few ? "hidden" : "row"}>
        <button
          class="button main"
          type="button"
          disabled={busy || !touched || few || !mayChange.value}
          onClick={save}
        >
          {t("org-order-save")}
        </button>
      </p>
      <Notice say={failed ?? unread ?? (faults.length > 0 ? "desk-failed" : null)} strong />
    </Aside>
  );
}
