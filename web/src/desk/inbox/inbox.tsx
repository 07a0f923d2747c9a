/** The inbox: what to do next, in three seconds. Rows come from clear facts at once and fill in as they open. */
import { useEffect, useState } from "preact/hooks";
import { connection } from "../api/live.ts";
import { PAGE_SIZE } from "../api/routes.ts";
import { focusRow } from "../frame/keys.tsx";
import { Lazily } from "../frame/lazily.tsx";
import { Notice } from "../frame/notice.tsx";
import { now } from "../frame/now.ts";
import { progress, readOn } from "../search/reading.ts";
import { me } from "../session.ts";
import { language, learn, t } from "../words.ts";
import { Filters } from "./filters.tsx";
import { boxName, kindName, Row } from "./row.tsx";
import {
  failed,
  filter,
  found,
  load,
  MOST_FOUND,
  offset,
  renameAll,
  rows,
  searchWith,
  shown,
  total,
  turnPage,
} from "./tips.ts";

const COLUMNS = ["tag", "number", "box", "kind", "age", "due", "state", "who"] as const;

searchWith((verdict) =>
  verdict.state === "open" ? `${boxName(verdict.opening)} ${kindName(verdict.opening)}` : "",
);

function Pager() {
  if (found.value || (total.value <= PAGE_SIZE && offset.value === 0)) return null;
  const away = connection.value === "away";
  const last = Math.min(offset.value + PAGE_SIZE, total.value);
  return (
    <div class="row pager">
      <span class="muted num">
        {t("desk-page", { from: offset.value + 1, to: last, total: total.value })}
      </span>
      <span class="end row">
        <button
          class="button"
          type="button"
          disabled={away || offset.value === 0}
          onClick={() => turnPage(-1)}
        >
          ◂ {t("desk-page-back")}
        </button>
        <button
          class="button"
          type="button"
          disabled={away || last >= total.value}
          onClick={() => turnPage(1)}
        >
          {t("desk-page-next")} ▸
        </button>
      </span>
    </div>
  );
}

/** How many tips a search found, told aloud; it looks through tips this officer has opened and nothing else. */
function Found() {
  const hits = found.value;
  const more = hits && hits.count > MOST_FOUND;
  const left = hits && progress.value;
  return (
    <>
      <p class={hits ? "small muted found" : "hidden"} role="status">
        {hits
          ? t(more ? "desk-found-more" : "desk-found", {
              count: hits.count,
              among: hits.among,
              most: MOST_FOUND,
            })
          : null}
      </p>
      {left ? <p class="small muted num reading">{t("desk-found-reading", { ...left })}</p> : null}
    </>
  );
}

function Table({ onOpen }: { onOpen: (tip: string) => void }) {
  return (
    <table class="tips">
      <caption class="hidden">{t("desk-tips")}</caption>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col">
              {column === "tag" ? <span class="hidden">{t("desk-col-tag")}</span> : t(`desk-col-${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.value.map((row) => (
          <Row key={row.id} row={row} now={now.value} onOpen={onOpen} />
        ))}
      </tbody>
    </table>
  );
}

function List({ onOpen }: { onOpen: (tip: string) => void }) {
  if (rows.value === null) return <p class="empty-list muted">{t("desk-loading")}</p>;
  if (rows.value.length === 0 && filter.value === "all" && !found.value)
    return <p class="empty-list">{t("desk-empty")}</p>;
  if (shown.value.length === 0) return <p class="empty-list muted">{t("desk-none-fit")}</p>;
  return <Table onOpen={onOpen} />;
}

const loadBook = async () => {
  const { BookDialog, words } = await import("../thread/export/book.tsx");
  await learn(words);
  return BookDialog;
};

/** To the unit's register book as a file: a chief's. */
function BookButton() {
  const [asked, ask] = useState(false);
  if (me.value?.role !== "chief") return null;
  return (
    <>
      <button class="button end" type="button" onClick={() => ask(true)}>
        {t("desk-book")}
      </button>
      {asked ? <Lazily load={loadBook} show={{ onClose: () => ask(false) }} /> : null}
    </>
  );
}

interface InboxProps {
  /** The tip the officer comes back from. */
  from: string | null;
  onOpen: (tip: string) => void;
}

export function Inbox({ from, onOpen }: InboxProps) {
  useEffect(() => {
    if (from) focusRow(from);
    load().then(readOn);
  }, [from]);
  useEffect(renameAll, [language.value]);
  return (
    <main id="main">
      <div class="row">
        <h1>{t("desk-tips")}</h1>
        <BookButton />
        <Filters />
      </div>
      <Notice say={failed.value} strong />
      <Found />
      <List onOpen={onOpen} />
      <Pager />
    </main>
  );
}
