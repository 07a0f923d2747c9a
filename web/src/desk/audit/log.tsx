/** The unit's audit chain: who did what, which hour. Says first whether it holds; holds no content and edits nothing. */
import "../look/log.css";
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { sheetsOf } from "../api/routes.ts";
import type { Unit } from "../api/shapes.ts";
import { dayMonth, hour } from "../clock.ts";
import { explain } from "../failure.ts";
import { Notice } from "../frame/notice.tsx";
import { shortNumber } from "../inbox/order.ts";
import { whoHas } from "../inbox/row.tsx";
import type { ChainLine } from "../keys/messages.ts";
import { me, whileIn } from "../session.ts";
import { language, type PageWords, t } from "../words.ts";
import { chain, lines, readWhole } from "./chain.ts";
import { ACTS, actKey, countWithheld, fitting, people, unitsIn, wordOf } from "./lines.ts";

/** What this page says, and no other does. */
export const words: PageWords = {
  vi: () => import("virtual:catalogue/vi/desk-log-,~desk-log-reason-"),
  en: () => import("virtual:catalogue/en/desk-log-,~desk-log-reason-"),
};

const PAGE = 50;
const COLUMNS = ["n", "when", "who", "act", "tip", "why"] as const;

function nameOf(line: ChainLine): string {
  if (line.officer === null) return "–";
  return line.serial === me.value?.serial ? t("desk-me") : line.officer;
}

function Verdict() {
  const found = chain.value;
  if (!found) return <p class="muted">{t("desk-log-reading")}</p>;
  if (found.state === "tampered")
    return (
      <>
        <Notice say="desk-tampered" strong />
        <p class="bad">{t("desk-log-broken", { n: found.at, why: t(`desk-log-why-${found.why}`) })}</p>
      </>
    );
  if (found.n === 0) return <p role="status">{t("desk-log-empty")}</p>;
  const last = fitting(lines.value, "", "")[0];
  const withheld = countWithheld(lines.value);
  return (
    <p role="status">
      {t("desk-log-good", { n: found.n, day: last ? dayMonth(last.hour) : "" })}{" "}
      <span class="num">{t("desk-log-head", { head: found.head })}</span>
      {withheld > 0 ? <span class="muted"> {t("desk-log-withheld", { count: withheld })}</span> : null}
    </p>
  );
}

/** What other units are called, by code, as far as it was asked. */
const names = signal<Readonly<Record<string, Unit>>>({});

/** Asks what the units are called that stand in these lines; where it is not known a code stands there. */
function useNames(found: readonly ChainLine[]): void {
  const wanted = unitsIn(found).join(" ");
  useEffect(() => {
    for (const code of wanted.split(" ").filter((one) => one && !names.value[one]))
      whileIn(() => sheetsOf(code))
        .then(({ unit }) => {
          names.value = { ...names.value, [code]: unit };
        })
        .catch(() => undefined);
  }, [wanted]);
}

function called(code: string): string {
  const unit = names.value[code];
  return unit ? (language.value === "vi" ? unit.name_vi : unit.name_en) : code;
}

function Line({ line }: { line: ChainLine }) {
  const named = (serial: string) => whoHas(serial, new Map(people(lines.value)).get(serial));
  const { key, args } = wordOf(line, named, called);
  return (
    <tr>
      <td class="num n">{line.n}</td>
      <td class="num when">{t("desk-received-hour", { day: dayMonth(line.hour), hour: hour(line.hour) })}</td>
      <td>
        {nameOf(line)} {line.observed ? <span class="muted small">({t("desk-log-observed")})</span> : null}
      </td>
      <td class="act">{t(actKey(line.act))}</td>
      <td class="num">
        {line.tip === null ? "" : shortNumber({ id: line.tip, register: null, year: null })}
      </td>
      <td>{key ? t(key, args) : ""}</td>
    </tr>
  );
}

function Table({ shown }: { shown: readonly ChainLine[] }) {
  return (
    <table class="log">
      <caption class="hidden">{t("desk-log")}</caption>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col">
              {t(`desk-log-col-${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map((line) => (
          <Line key={line.n} line={line} />
        ))}
      </tbody>
    </table>
  );
}

interface ChoiceProps {
  id: string;
  label: string;
  options: readonly (readonly [string, string])[];
  chosen: string;
  onChoose: (value: string) => void;
}

function Choice({ id, label, options, chosen, onChoose }: ChoiceProps) {
  return (
    <span class="chosen-by">
      <label class="muted" for={id}>
        {label}
      </label>
      <select id={id} value={chosen} onChange={(event) => onChoose(event.currentTarget.value)}>
        <option value="">{t("desk-log-all")}</option>
        {options.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}

function useReading(): string | null {
  const [failed, setFailed] = useState<string | null>(null);
  useEffect(() => {
    readWhole().catch((error: unknown) => {
      if (me.value) setFailed(explain(error));
    });
  }, []);
  return failed;
}

export function AuditPage() {
  const failed = useReading();
  const [act, setAct] = useState("");
  const [person, setPerson] = useState("");
  const [pages, setPages] = useState(1);
  const found = fitting(lines.value, act, person);
  useNames(found.slice(0, pages * PAGE));
  const acts = ACTS.map((one) => [one, t(actKey(one))] as const);
  return (
    <main id="main">
      <div class="row head">
        <h1>{t("desk-log")}</h1>
        <Choice id="log-act" label={t("desk-log-col-act")} options={acts} chosen={act} onChoose={setAct} />
        <Choice
          id="log-who"
          label={t("desk-log-col-who")}
          options={people(lines.value)}
          chosen={person}
          onChoose={setPerson}
        />
        <a class="button end" href="/api/v1/desk/audit/file" download>
          {t("desk-log-file")}
        </a>
      </div>
      <Verdict />
      <Notice say={failed} strong />
      {found.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard too
        <section class="log-frame" tabIndex={0} aria-label={t("desk-log")}>
          <Table shown={found.slice(0, pages * PAGE)} />
        </section>
      ) : null}
      {found.length > pages * PAGE ? (
        <button class="button" type="button" onClick={() => setPages(pages + 1)}>
          {t("desk-log-more")}
        </button>
      ) : null}
    </main>
  );
}
