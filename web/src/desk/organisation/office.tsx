/**
 * The organisation's pages: units, boxes, roster, hotlines, officers. One pattern: figures, the unit, a filter, a table
 * of fifty, and one thing at a time at the side.
 *
 * Owns which parts stand where; what is listed is `listing`'s, what a row holds `lists`'s.
 */
import "../look/office.css";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Office, Place } from "../frame/doors.tsx";
import { useNarrow } from "../frame/narrow.ts";
import { Notice } from "../frame/notice.tsx";
import { language, type PageWords, t } from "../words.ts";
import { Coverage } from "./boxes.tsx";
import { capital } from "./cells.tsx";
import { type Special, SpecialAside } from "./days.tsx";
import { unitChoices } from "./fields.tsx";
import { ExportAside, ImportAside, PostersAside } from "./files.tsx";
import { GuestsAside } from "./invitations.tsx";
import {
  asked,
  beyond,
  choose,
  failed,
  load,
  loadTargets,
  loadUnits,
  mayChange,
  open,
  page,
  told,
  unit,
  unitName,
  units,
} from "./listing.ts";
import { type Cells, inOrder, keepsPast, listsOf, takesTables } from "./lists.ts";
import { BoardAside } from "./numbers.tsx";
import { InviteAside, Waiting } from "./officers.tsx";
import { OrderAside } from "./order.tsx";
import { RowAside } from "./row-form.tsx";
import type { Lacking, Row, Summary, View } from "./shapes.ts";
import { AskAside, BringAside } from "./signed-lists.tsx";
import { Table } from "./table.tsx";
import { Tree } from "./units.tsx";
import { Week } from "./week.tsx";

/** What these pages say, and no other does; `row-` says what is wrong with a table's row. */
export const words: PageWords = {
  vi: () => import("virtual:catalogue/vi/org-,row-,desk-changed$"),
  en: () => import("virtual:catalogue/en/org-,row-,desk-changed$"),
};

const PAUSE_MS = 300;

/** What stands at the side. */
type Side =
  | { what: "row"; row: Row | null; preset: Cells }
  | {
      what:
        | "import"
        | "export"
        | "posters"
        | "board"
        | "invite"
        | "guests"
        | "order"
        | "ask"
        | "bring"
        | Special;
    };

/** The list's figures in one line; nothing where it has none. */
function figures(list: View, summary: Summary): string | null {
  const { hamlets = 0, with_box: box = 0, with_board: board = 0 } = summary;
  if (list === "boxes")
    return hamlets > 0 ? t("org-figure-boxes", { done: box, of: hamlets }) : t("org-figure-no-hamlets");
  if (list === "hamlets") return hamlets > 0 ? t("org-figure-boards", { done: board, of: hamlets }) : null;
  if (list === "units") return t("org-figure-units", { count: summary.units ?? 0 });
  if (list === "hotlines") return t("org-figure-stale", { count: summary.stale ?? 0 });
  if (list === "officers") {
    const { waiting = 0, approved = 0, locked = 0 } = summary;
    return [
      t("org-figure-waiting", { count: waiting }),
      ...(approved > 0 ? [t("org-figure-approved", { count: approved })] : []),
      ...(locked > 0 ? [t("org-figure-locked", { count: locked })] : []),
    ].join(" · ");
  }
  if (list === "sheets") return t("org-figure-asking", { count: summary.asking ?? 0 });
  return null;
}

/** What stands at the side to add one to a list. */
function adding(list: View): Side {
  if (list === "officers") return { what: "invite" };
  if (list === "swaps" || list === "holidays") return { what: list };
  return { what: "row", row: null, preset: {} };
}

interface ActsProps {
  list: View;
  onSide: (side: Side) => void;
}

/** What can be done with the list as a whole: only what this officer may. */
function Acts({ list, onSide }: ActsProps) {
  const may = mayChange.value;
  const adds = adding(list);
  return (
    <span class="end row acts">
      {list === "hotlines" ? (
        <button class="button" type="button" onClick={() => onSide({ what: "board" })}>
          {t("org-board")}
        </button>
      ) : null}
      {may && inOrder(list) && (page.value?.total ?? 0) > 1 ? (
        <button class="button" type="button" onClick={() => onSide({ what: "order" })}>
          {t("org-order")}
        </button>
      ) : null}
      {may && takesTables(list) ? (
        <button class="button" type="button" onClick={() => onSide({ what: "import" })}>
          {t("org-import")}
        </button>
      ) : null}
      {may && list === "officers" ? (
        <button class="button" type="button" onClick={() => onSide({ what: "guests" })}>
          {t("org-invite-many")}
        </button>
      ) : null}
      {may && list === "sheets" ? (
        <button class="button" type="button" onClick={() => onSide({ what: "bring" })}>
          {t("org-sheet-bring")}
        </button>
      ) : null}
      <button class="button" type="button" onClick={() => onSide({ what: "export" })}>
        {t("org-export")}
      </button>
      {list === "boxes" ? (
        <button class="button" type="button" onClick={() => onSide({ what: "posters" })}>
          {t("org-posters")}
        </button>
      ) : null}
      {may && list === "sheets" ? (
        <button class="button main" type="button" onClick={() => onSide({ what: "ask" })}>
          {t("org-sheet-ask")}
        </button>
      ) : null}
      {may && (takesTables(list) || list === "officers") ? (
        <button class="button main" type="button" onClick={() => onSide(adds)}>
          {t(`org-new-${list}`)}
        </button>
      ) : null}
    </span>
  );
}

/** Which unit is looked at, where there are several. */
function Picker() {
  const choices = unitChoices();
  if (choices.length < 2) return null;
  return (
    <span class="chosen-by">
      <label class="muted" for="f-whose">
        {t("org-col-unit")}
      </label>
      <select
        id="f-whose"
        value={unit.value}
        onChange={(event) => choose({ unit: event.currentTarget.value })}
      >
        {choices.map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}

/** The filter: asked a moment after the last letter. */
function Filter() {
  const [typed, setTyped] = useState("");
  const narrow = useNarrow();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const at = `${asked.value?.list} ${unit.value}`;
  useEffect(() => {
    setTyped("");
    return () => clearTimeout(timer.current);
  }, [at]);
  const type = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => choose({ q: text.trim() }), PAUSE_MS);
  };
  return (
    <>
      <label class="hidden" for="find">
        {t("org-filter")}
      </label>
      <input
        class="search"
        id="find"
        type="search"
        autocomplete="off"
        placeholder={t(narrow ? "org-filter" : "org-filter-hint")}
        value={typed}
        onInput={(event) => type(event.currentTarget.value)}
      />
    </>
  );
}

/** The lists of this page, and those that have ended. */
function Parts({ place, list }: { place: Office; list: View }) {
  const lists = listsOf(place);
  const past = asked.value?.past === true;
  return (
    <>
      {lists.length > 1
        ? lists.map((one) => (
            <button
              key={one}
              class="button"
              type="button"
              aria-pressed={one === list}
              onClick={() => open(one)}
            >
              {t(`org-list-${one}`)}
            </button>
          ))
        : null}
      {keepsPast(list) ? (
        <button class="button" type="button" aria-pressed={past} onClick={() => choose({ past: !past })}>
          {t(`org-past-${list}`)}
        </button>
      ) : null}
    </>
  );
}

/** What a list shows over its table. */
function Before({ list, onSide }: ActsProps) {
  if (list === "roster") return <Week />;
  if (list === "officers") return <Waiting />;
  if (list !== "boxes" && list !== "hamlets") return null;
  const add = (hamlet: Lacking) =>
    onSide({
      what: "row",
      row: null,
      preset: {
        unit: hamlet.unit,
        hamlet: hamlet.hamlet,
        label_vi: hamlet.name,
        label_en: hamlet.name_en ?? "",
      },
    });
  return <Coverage key={list} what={list === "boxes" ? "box" : "board"} onAdd={add} />;
}

interface AtSideProps {
  list: View;
  side: Side | null;
  onClose: () => void;
}

function AtSide({ list, side, onClose }: AtSideProps) {
  switch (side?.what) {
    case "row":
      return <RowAside list={list} row={side.row} preset={side.preset} onClose={onClose} />;
    case "import":
      return <ImportAside list={list} onClose={onClose} />;
    case "export":
      return <ExportAside list={list} onClose={onClose} />;
    case "posters":
      return <PostersAside onClose={onClose} />;
    case "board":
      return <BoardAside unit={unit.value} onClose={onClose} />;
    case "invite":
      return <InviteAside onClose={onClose} />;
    case "guests":
      return <GuestsAside onClose={onClose} />;
    case "ask":
      return <AskAside onClose={onClose} />;
    case "bring":
      return <BringAside onClose={onClose} />;
    case "order":
      return <OrderAside list={list} onClose={onClose} />;
    case "swaps":
    case "holidays":
      return <SpecialAside what={side.what} onClose={onClose} />;
    default:
      return null;
  }
}

function Head({ place, list, onSide }: ActsProps & { place: Office }) {
  const summary = page.value ? figures(list, page.value.summary) : null;
  const several = units.value.length > 1;
  return (
    <>
      <div class="row head">
        <h1>{t(`desk-${place}`)}</h1>
        {several && place === "units" ? <b>{capital(unitName(unit.value, language.value))}</b> : null}
        <span class="muted">{summary}</span>
        <Acts list={list} onSide={onSide} />
      </div>
      <div class="row filters-row">
        {place === "units" ? null : <Picker />}
        <Parts place={place} list={list} />
        <Filter />
      </div>
    </>
  );
}

/** One of the five pages. */
export function OfficePage({ place }: { place: Place }) {
  const office = place as Office;
  const [side, setSide] = useState<Side | null>(null);
  useEffect(() => {
    setSide(null);
    const [first = "boxes"] = listsOf(office);
    open(first);
    if (units.value.length === 0 || office === "units") loadUnits();
  }, [office]);
  const list = asked.value?.list;
  useEffect(() => {
    if (list === "routes" && beyond.value.length === 0) loadTargets();
  }, [list]);
  if (!list || !listsOf(office).includes(list)) return <main id="main" />;
  const said = told.value;
  const tree = office === "units" && units.value.length > 1;
  return (
    <div class={tree ? "office with-tree" : "office"}>
      {tree ? <Tree /> : null}
      <main id="main">
        <Head place={office} list={list} onSide={setSide} />
        <p class={said ? "notice" : "notice empty"} role="status">
          {said ? t(said.key, said.args) : null}
        </p>
        <div class={failed.value ? "row" : ""}>
          <Notice say={failed.value} strong />
          {failed.value ? (
            <button class="button" type="button" onClick={load}>
              {t("desk-again")}
            </button>
          ) : null}
        </div>
        <Before list={list} onSide={setSide} />
        {failed.value && !page.value ? null : (
          <Table
            list={list}
            onOpen={(row) => setSide({ what: "row", row, preset: {} })}
            onImport={() => setSide({ what: "import" })}
          />
        )}
      </main>
      <AtSide list={list} side={side} onClose={() => setSide(null)} />
    </div>
  );
}
