/** One tip: entries on the left, what to do on the right. A thread that does not verify shows, but acts are off. */
import { useEffect, useRef } from "preact/hooks";
import { connection } from "../api/live.ts";
import { Notice } from "../frame/notice.tsx";
import { shortNumber, whyShut } from "../inbox/order.ts";
import { Around, boxName, kindName, whoHas } from "../inbox/row.tsx";
import { TipTag } from "../inbox/tag.tsx";
import { mayAct } from "../session.ts";
import { t } from "../words.ts";
import { Composer } from "./composer.tsx";
import { Entries } from "./entries.tsx";
import { Exporting } from "./exporting.tsx";
import { Forwarding } from "./forwarding.tsx";
import { askKeys, Giving } from "./giving.tsx";
import { Side } from "./side.tsx";
import { Cases } from "./state-change.tsx";
import { failed, readers, refresh, tip, tipId, touched, verdict, waitsForReporter } from "./thread.ts";

function Head({ onBack }: { onBack: () => void }) {
  const row = tip.value;
  const read = verdict.value;
  const opening = read && read.state !== "badkey" ? read.opening : null;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div class="row head">
      <button class="button" type="button" onClick={onBack}>
        ◂ {t("desk-tips")}
      </button>
      <h1 class="num" ref={heading} tabIndex={-1}>
        {row ? shortNumber(row) : t("desk-loading")}
      </h1>
      {row?.urgent ? <TipTag tag="urgent" /> : null}
      {opening ? <span>{boxName(opening)}</span> : null}
      {opening ? <span>{kindName(opening)}</span> : null}
      {opening?.from ? <span>{t("desk-from", { unit: opening.from })}</span> : null}
      <span role="status">{row ? <Around tip={row.id} /> : null}</span>
    </div>
  );
}

/** The newest key opens nothing here; the audit chain tells whose it was. */
function Cut() {
  return (
    <>
      <Notice say="desk-cut" strong />
      <p>
        <button
          class="button"
          type="button"
          disabled={!mayAct.value}
          onClick={() => askKeys({ change: true })}
        >
          {t("desk-cut-mend")}
        </button>
      </p>
    </>
  );
}

function Body() {
  const read = verdict.value;
  if (read === null) return failed.value ? null : <p class="muted">{t("desk-opening")}</p>;
  if (read.state === "badkey") {
    const why = tip.value ? whyShut(tip.value, readers.value) : "badkey";
    return <Notice say={`desk-${why}`} strong />;
  }
  return (
    <>
      {read.state === "tampered" ? <Notice say="desk-tampered" strong /> : null}
      {read.state === "cut" ? <Cut /> : null}
      <Entries entries={read.entries} />
      {waitsForReporter(read.entries) ? <p class="waiting">{t("desk-waiting")}</p> : null}
    </>
  );
}

/** Of a tip a colleague took first: who, by the name on the sheet. */
function lost(): string | null {
  const held = tip.value?.answerable;
  if (failed.value !== "desk-taken-meanwhile" || !held) return null;
  return t("desk-taken-by", { name: whoHas(held) });
}

/** A colleague wrote; looking is the officer's own act. */
function Touched() {
  return (
    <div class={touched.value ? "notice row" : ""} role="status">
      {touched.value ? (
        <>
          <span>{t("desk-touched")}</span>
          <button class="button" type="button" onClick={refresh}>
            {t("desk-touched-show")}
          </button>
        </>
      ) : null}
    </div>
  );
}

export function ThreadPage({ onBack }: { onBack: () => void }) {
  const id = tipId.value;
  useEffect(() => {
    refresh();
  }, [id]);
  const readable = verdict.value === null || verdict.value.state === "open";
  const writes = readable && tip.value?.status !== "closed";
  const off = verdict.value?.state !== "open" || !mayAct.value || connection.value === "away";
  return (
    <div class="thread">
      <main id="main">
        <Head onBack={onBack} />
        <Touched />
        <Body />
        <Notice say={failed.value} words={lost()} strong />
        {writes && id ? <Composer off={off} tip={id} key={id} /> : null}
      </main>
      <Side off={off} />
      <Forwarding />
      <Exporting />
      <Giving />
      <Cases />
    </div>
  );
}
