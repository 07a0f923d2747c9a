/** Beside the thread: what to do next, state, facts, readers. Under 900 px a sheet under a bar. */
import { dayMonth, hour, minute } from "../clock.ts";
import { useNarrow } from "../frame/narrow.ts";
import { now } from "../frame/now.ts";
import { shortNumber, whyShut } from "../inbox/order.ts";
import { dueWords, erasesWords, whoHas } from "../inbox/row.tsx";
import { t } from "../words.ts";
import { ExportButton } from "./exporting.tsx";
import { ForwardButton } from "./forwarding.tsx";
import { History } from "./history-list.tsx";
import { Readers } from "./readers.tsx";
import { DuplicateButton, StateChange } from "./state-change.tsx";
import { Taking, takes } from "./taking.tsx";
import { readers, tip, verdict, waitsForReporter } from "./thread.ts";

function nextStep(): string {
  const row = tip.value;
  const read = verdict.value;
  if (!row || !read) return "desk-opening";
  if (read.state === "badkey") return `desk-next-${whyShut(row, readers.value)}`;
  if (read.state !== "open") return `desk-next-${read.state}`;
  const ended = row.state === "closed";
  if (row.status === "closed" || (ended && row.due === null)) return "desk-next-closed";
  if (row.answerable === null && !ended) return row.urgent ? "desk-next-take-urgent" : "desk-next-take";
  return waitsForReporter(read.entries) ? "desk-waiting" : "desk-next-work";
}

function Facts() {
  const row = tip.value;
  if (!row) return null;
  const day = dayMonth(row.received);
  const at = row.urgent
    ? t("desk-received-minute", { day, time: minute(row.received) })
    : t("desk-received-hour", { day, hour: hour(row.received) });
  return (
    <dl class="facts">
      <dt>{t("desk-col-who")}</dt>
      <dd>
        {whoHas(row.answerable)}
        {row.answerable === null ? null : <span class="muted"> ({t("desk-observed")})</span>}
      </dd>
      <dt>{t("desk-received")}</dt>
      <dd class="num">{at}</dd>
      {row.register === null ? null : (
        <>
          <dt>{t("desk-register")}</dt>
          <dd class="num">{shortNumber(row)}</dd>
        </>
      )}
    </dl>
  );
}

/** What is due next, by when, and why; of what nothing is due, when it will be erased, or that it is kept from that. */
function Due() {
  const row = tip.value;
  if (row?.erases)
    return (
      <p class="due-next">
        <b>{erasesWords(row.erases)}</b> <span class="small muted">{t("desk-why-erases")}</span>
      </p>
    );
  if (!row || row.due === null) return row?.held ? <p class="due-next">{t("desk-held")}</p> : null;
  return (
    <p class="due-next">
      <b>{dueWords({ ...row, news: false }, now.value)}</b>{" "}
      <span class="small muted">{t(`desk-why-${row.clock}`)}</span>
    </p>
  );
}

export function Side({ off }: { off: boolean }) {
  const narrow = useNarrow();
  const next = nextStep();
  const open = verdict.value?.state === "open";
  const untaken = takes() && tip.value?.answerable === null;
  const todo = untaken || (verdict.value !== null && !open);
  return (
    <aside class="side" aria-label={t("desk-next")}>
      <details class={todo ? "todo" : ""} open={!narrow} key={String(narrow)}>
        <summary>
          {[t(next), tip.value ? dueWords(tip.value, now.value) : ""].filter(Boolean).join(" · ")}
        </summary>
        <div>
          <p class={`next ${todo ? "todo" : ""}`}>
            {t("desk-next")} <b>{t(next)}</b>
          </p>
          <Due />
          <Taking off={off} />
          {open ? <StateChange off={off} /> : null}
          <Facts />
          <ForwardButton off={off} />
          {open ? <DuplicateButton off={off} /> : null}
          <ExportButton off={off} />
          <Readers off={off} />
          <History />
        </div>
      </details>
    </aside>
  );
}
