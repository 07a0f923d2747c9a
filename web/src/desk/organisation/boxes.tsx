/** What belongs to a box beside its cells: addresses, QR code, its poster, its end; and which hamlets lack one. */
import { useEffect, useState } from "preact/hooks";
import { explain } from "../failure.ts";
import { Notice } from "../frame/notice.tsx";
import { language, t } from "../words.ts";
import { useActing } from "./acting.ts";
import { arrange } from "./acts.ts";
import { today } from "./cells.tsx";
import { Copied } from "./copied.tsx";
import { csv } from "./csv.ts";
import { Posters } from "./files.tsx";
import { changed, changes, mayChange, ownRows, unit } from "./listing.ts";
import { worded } from "./lists.ts";
import { qrOf, readCoverage } from "./routes.ts";
import type { Coverage as Covered, Lacking, Row } from "./shapes.ts";

export function BoxLinks({ row }: { row: Row }) {
  const { web, telegram, zalo } = row.more;
  if (row.cells.closed) return null;
  return (
    <section class="stack">
      <h3>{t("org-box-links")}</h3>
      {web ? <Copied label={t("org-box-web")} text={web} /> : null}
      {telegram ? <Copied label={t("org-box-telegram")} text={telegram} /> : null}
      {zalo ? <Copied label={t("org-box-zalo", { code: row.key })} text={zalo} /> : null}
      <figure class="qr">
        <img src={qrOf(row.key)} alt={t("org-box-qr", { code: row.key })} width="160" height="160" />
        <figcaption>
          <a class="button" href={qrOf(row.key)} download={`hopthu-qr-${row.key}.svg`}>
            {t("org-box-qr-get")}
          </a>
        </figcaption>
      </figure>
      <h3>{t("org-posters")}</h3>
      <Posters box={row.key} />
    </section>
  );
}

/** Other boxes of the unit that hang, for the one after it. */
function useOthers(row: Row, wanted: boolean): { others: readonly Row[]; failed: string | null } {
  const [others, setOthers] = useState<readonly Row[]>([]);
  const [failed, setFailed] = useState<string | null>(null);
  useEffect(() => {
    if (!wanted) return;
    ownRows("boxes", row.unit).then(
      (found) => setOthers(found.filter((one) => one.key !== row.key && !one.cells.closed)),
      (error: unknown) => setFailed(explain(error)),
    );
  }, [row, wanted]);
  return { others, failed };
}

const COLUMNS = ["code", "unit", "closed", "successor"];

/** Closes a box in two steps, with the one its link leads to; a closed one is hung again in one. */
export function BoxEnd({ row, onDone }: { row: Row; onDone: () => void }) {
  const [asks, setAsks] = useState(false);
  const [next, setNext] = useState("");
  const { busy, failed, faults, act } = useActing();
  const { others, failed: unread } = useOthers(row, asks);
  const put = async (closed: string, successor: string, key: string) => {
    const cells = { ...row.cells, code: row.key, unit: row.unit, closed, successor };
    if (await act(() => arrange("boxes", csv(COLUMNS, [cells])))) {
      onDone();
      await changed(key);
    }
  };
  const off = busy || !mayChange.value;
  const wrong = failed ?? unread ?? (faults.length > 0 ? "desk-failed" : null);
  if (row.cells.closed)
    return (
      <section class="ending">
        <button class="button" type="button" disabled={off} onClick={() => put("", "", "org-box-again")}>
          {t("org-box-hang")}
        </button>
        <Notice say={wrong} strong />
      </section>
    );
  if (!asks)
    return (
      <section class="ending">
        <button class="button" type="button" disabled={off} onClick={() => setAsks(true)}>
          {t("org-box-end")}
        </button>
      </section>
    );
  return (
    <section class="ending stack">
      <p role="alert">{t("org-box-ask")}</p>
      <div class="field">
        <label for="f-next">{t("org-box-next")}</label>
        <select id="f-next" value={next} onChange={(event) => setNext(event.currentTarget.value)}>
          <option value="">{t("org-box-to-unit")}</option>
          {others.map((one) => (
            <option key={one.key} value={one.key}>
              {worded(one, "label", language.value)} ({one.key})
            </option>
          ))}
        </select>
      </div>
      <p class="row">
        <button class="button" type="button" disabled={off} onClick={() => put("yes", next, "org-box-ended")}>
          {t("org-box-yes")}
        </button>
        <button class="button quiet" type="button" onClick={() => setAsks(false)}>
          {t("desk-cancel")}
        </button>
      </p>
      <Notice say={wrong} strong />
    </section>
  );
}

/** The coverage of the unit that is looked at; null until it has come. */
function useCoverage(): Covered | null {
  const [found, setFound] = useState<{ code: string; covered: Covered } | null>(null);
  const code = unit.value;
  const turn = changes.value;
  useEffect(() => {
    let left = false;
    readCoverage(code).then(
      (covered) => left || setFound({ code, covered }),
      () => undefined, // the list beside it says what failed
    );
    return () => {
      left = true;
    };
  }, [code, turn]);
  return found?.code === code ? found.covered : null;
}

const FEW = 6;

/** Notes that the hamlet's board of numbers was seen hanging today. */
function BoardSeen({ hamlet }: { hamlet: Lacking }) {
  const { busy, failed, faults, act } = useActing();
  const note = () =>
    act(async () => {
      const cells = { code: hamlet.hamlet, unit: hamlet.unit, name_vi: hamlet.name, board: today() };
      await arrange("hamlets", csv(Object.keys(cells), [cells]));
      await changed("org-saved");
    });
  return (
    <>
      <button class="button" type="button" disabled={busy} onClick={note}>
        {t("org-lacks-board-add")} <span class="hidden">{hamlet.name}</span>
      </button>
      <Notice say={failed ?? (faults.length > 0 ? "desk-failed" : null)} strong />
    </>
  );
}

interface CoverageProps {
  /** Which of the two hamlets may lack. */
  what: "box" | "board";
  onAdd: (hamlet: Lacking) => void;
}

/** Which hamlets have no box, or no board of numbers. Nothing where none lacks it. */
export function Coverage({ what, onAdd }: CoverageProps) {
  const lacking = (useCoverage()?.lacking ?? []).filter((one) => one[what]);
  if (lacking.length === 0) return null;
  return (
    <details class="lacking" open={lacking.length <= FEW}>
      <summary>{t(`org-lacks-${what}`, { count: lacking.length })}</summary>
      <ul>
        {lacking.map((one) => (
          <li key={one.hamlet} class="row">
            <span>{t(`org-lacks-${what}-one`, { name: one.name })}</span>
            {mayChange.value && what === "board" ? <BoardSeen hamlet={one} /> : null}
            {mayChange.value && what === "box" ? (
              <button class="button" type="button" onClick={() => onAdd(one)}>
                {t("org-lacks-box-add")} <span class="hidden">{one.name}</span>
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </details>
  );
}
