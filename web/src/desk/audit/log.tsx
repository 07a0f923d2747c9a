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
import type { ChainLine, ChainVerdict } from "../keys/messages.ts";
import { me, whileIn } from "../session.ts";
import { language, type PageWords, t } from "../words.ts";
import { chain, lines, readWhole } from "./chain.ts";
import { type FormerUnit, readFormer, readFormerUnits } from "./former.ts";
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

type Found = Omit<ChainVerdict, "lines">;

function Verdict({ found, lines }: { found: Found | null; lines: readonly ChainLine[] }) {
  if (!found) return <p class="muted">{t("desk-log-reading")}</p>;
  if (found.state === "tampered")
    return (
      <>
        <Notice say="desk-tampered" strong />
        <p class="bad">{t("desk-log-broken", { n: found.at, why: t(`desk-log-why-${found.why}`) })}</p>
      </>
    );
  if (found.n === 0) return <p role="status">{t("desk-log-empty")}</p>;
  const last = fitting(lines, "", "")[0];
  const withheld = countWithheld(lines);
  return (
    <p role="status">
      {t("desk-log-good", { n: found.n, day: last ? dayMonth(last.hour) : "" })}{" "}
      <span class="num">{t("desk-log-head", { head: found.head })}</span>
      {withheld > 0 ? <span class="muted"> {t("desk-log-withheld", { count: withheld })}</span> : null}
    </p>
  );
}

/** What other units are called, by code, as far as it was asked. */
const units = signal<Readonly<Record<string, Unit>>>({});

/** Asks what the units are called that stand in these lines; where it is not known a code stands there. */
function useNames(found: readonly ChainLine[]): void {
  const wanted = unitsIn(found).join(" ");
  useEffect(() => {
    for (const code of wanted.split(" ").filter((one) => one && !units.value[one]))
      whileIn(() => sheetsOf(code))
        .then(({ unit }) => {
          units.value = { ...units.value, [code]: unit };
        })
        .catch(() => undefined);
  }, [wanted]);
}

function called(code: string): string {
  const unit = units.value[code];
  return unit ? (language.value === "vi" ? unit.name_vi : unit.name_en) : code;
}

function Line({ line, names }: { line: ChainLine; names: ReadonlyMap<string, string> }) {
  const { key, args } = wordOf(line, (serial) => whoHas(serial, names.get(serial)), called);
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

interface TableProps {
  shown: readonly ChainLine[];
  /** Accounts by serial. */
  names: ReadonlyMap<string, string>;
}

function Table({ shown, names }: TableProps) {
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
          <Line key={line.n} line={line} names={names} />
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
  /** What stands for none of them. */
  all?: string;
}

function Choice({ id, label, options, chosen, onChoose, all = t("desk-log-all") }: ChoiceProps) {
  return (
    <span class="chosen-by">
      <label class="muted" for={id}>
        {label}
      </label>
      <select id={id} value={chosen} onChange={(event) => onChoose(event.currentTarget.value)}>
        <option value="">{all}</option>
        {options.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}

/** Units that are over and went on as the officer's own; none where he may not read their logs. */
function useFormer(): readonly FormerUnit[] {
  const [units, setUnits] = useState<readonly FormerUnit[]>([]);
  useEffect(() => {
    readFormerUnits().then(
      (found) => me.value && setUnits(found),
      () => undefined, // the own log beside it says what failed
    );
  }, []);
  return units;
}

/** A chain as far as it was read: the officer's own, or of a unit that is over. */
function useLog(unit: string): { found: Found | null; lines: readonly ChainLine[]; failed: string | null } {
  const [failed, setFailed] = useState<string | null>(null);
  const [former, setFormer] = useState<ChainVerdict | null>(null);
  useEffect(() => {
    let left = false;
    setFailed(null);
    setFormer(null);
    const reading = unit === "" ? readWhole() : readFormer(unit, (found) => left || setFormer(found));
    reading.catch((error: unknown) => {
      if (me.value && !left) setFailed(explain(error));
    });
    return () => {
      left = true;
    };
  }, [unit]);
  return unit === ""
    ? { found: chain.value, lines: lines.value, failed }
    : { found: former, lines: former?.lines ?? [], failed };
}

/** Where the file is that anybody can check. */
const fileOf = (unit: string) =>
  `/api/v1/desk/${unit === "" ? "audit/file" : `organisation/logs/file?unit=${encodeURIComponent(unit)}`}`;

export function AuditPage() {
  const [unit, setUnit] = useState("");
  const former = useFormer();
  const { found, lines: read, failed } = useLog(unit);
  const [act, setAct] = useState("");
  const [person, setPerson] = useState("");
  const [pages, setPages] = useState(1);
  const chosen = fitting(read, act, person);
  useNames(chosen.slice(0, pages * PAGE));
  const acts = ACTS.map((one) => [one, t(actKey(one))] as const);
  const past = former.map((one) => [one.code, language.value === "en" ? one.name_en : one.name_vi] as const);
  const turn = (code: string) => {
    setUnit(code);
    setPerson("");
    setPages(1);
  };
  return (
    <main id="main">
      <div class="row head">
        <h1>{t("desk-log")}</h1>
        {past.length > 0 ? (
          <Choice
            id="log-unit"
            label={t("desk-log-unit")}
            options={past}
            chosen={unit}
            onChoose={turn}
            all={t("desk-log-own")}
          />
        ) : null}
        <Choice id="log-act" label={t("desk-log-col-act")} options={acts} chosen={act} onChoose={setAct} />
        <Choice
          id="log-who"
          label={t("desk-log-col-who")}
          options={people(read)}
          chosen={person}
          onChoose={setPerson}
        />
        <a class="button end" href={fileOf(unit)} download>
          {t("desk-log-file")}
        </a>
        {unit === "" ? (
          <a class="button" href="/api/v1/desk/audit/checkpoint" download>
            {t("desk-log-checkpoint")}
          </a>
        ) : null}
      </div>
      <Verdict found={found} lines={read} />
      <Notice say={failed} strong />
      {chosen.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard too
        <section class="log-frame" tabIndex={0} aria-label={t("desk-log")}>
          <Table shown={chosen.slice(0, pages * PAGE)} names={new Map(people(read))} />
        </section>
      ) : null}
      {chosen.length > pages * PAGE ? (
        <button class="button" type="button" onClick={() => setPages(pages + 1)}>
          {t("desk-log-more")}
        </button>
      ) : null}
    </main>
  );
}
