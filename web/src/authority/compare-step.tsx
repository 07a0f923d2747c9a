/** Step 3, requests: a card for every officer nobody has compared, and for every unit that is new or other than before. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Officer, Sheet } from "../crypto/sheets.ts";
import { shownDay } from "./open-step.tsx";
import { type Case, changesOf, endedOn, goneFrom, keyOf, newOn } from "./requests.ts";
import { SheetStep } from "./sheet-step.tsx";
import { dayOf } from "./signing.ts";
import { RefusedFiles } from "./task-step.tsx";
import { t, told } from "./words.ts";
import { asked, cases, clock, compared, digits, go, judge, judged } from "./work.ts";

const ROLES = ["duty", "chief", "investigator", "operator"];

/** A role in words; one that has no word here as it is written. */
export function roleOf(role: string): string {
  return ROLES.includes(role) ? t(`auth-role-${role}`) : role;
}

function unfinished(one: Case): boolean {
  return asked(one).some((key) => !judged.value.has(key));
}

export function CompareStep() {
  const [open, setOpen] = useState(cases.value.find(unfinished)?.sheet.unit ?? "");
  const { of, said, other } = compared.value;
  const after = cases.value.find((one) => one.sheet.unit !== open && unfinished(one));
  return (
    <SheetStep title={t("auth-compare")} at={3}>
      <p>{of > 0 ? t("auth-compare-how") : t("auth-compare-none")}</p>
      {of > 0 ? (
        <p class="count-so-far" role="status">
          {t("auth-compared", { said, of })} {other > 0 ? t("auth-compared-other", { count: other }) : ""}
        </p>
      ) : null}
      <RefusedFiles />
      {cases.value.map((one) => (
        <Unit
          key={one.sheet.unit}
          of={one}
          open={open === one.sheet.unit}
          toggle={() => setOpen(open === one.sheet.unit ? "" : one.sheet.unit)}
          next={after ? () => setOpen(after.sheet.unit) : null}
        />
      ))}
      <div class="row">
        <button class="button main" type="button" onClick={() => go("dates")}>
          {t("auth-next")}
        </button>
        <button class="button" type="button" onClick={() => go("task")}>
          {t("btn-back")}
        </button>
        {said < of ? <p class="muted">{t("auth-compare-later")}</p> : null}
      </div>
    </SheetStep>
  );
}

function standing(one: Case): string {
  const keys = asked(one);
  const left = keys.filter((key) => !judged.value.has(key)).length;
  if (one.done) return t("auth-unit-done");
  if (keys.some((key) => judged.value.get(key) === false)) return t("auth-unit-other");
  if (left > 0) return t("auth-unit-left", { count: left });
  return keys.length > 0 ? t("auth-unit-compared") : t("auth-unit-known");
}

interface UnitProps {
  of: Case;
  open: boolean;
  toggle: () => void;
  next: (() => void) | null;
}

function Unit({ of: one, open, toggle, next }: UnitProps) {
  const { sheet } = one;
  const place = useRef<HTMLElement>(null);
  const began = useRef(true);
  useEffect(() => {
    if (open && !began.current) place.current?.scrollIntoView({ block: "start" });
    began.current = false;
  }, [open]);
  return (
    <section class="unit" ref={place}>
      <h2>
        <button type="button" aria-expanded={open} onClick={toggle}>
          <span>
            <span class="num">{sheet.unit}</span> {sheet.name}
          </span>
          <span class="standing">{standing(one)}</span>
        </button>
      </h2>
      {open ? <Inside of={one} /> : null}
      {open && next ? (
        <button class="button" type="button" onClick={next}>
          {t("auth-next-unit")}
        </button>
      ) : null}
    </section>
  );
}

function Inside({ of: one }: { of: Case }) {
  const { sheet } = one;
  const fresh = newOn(one);
  const known = sheet.officers.filter((line) => !fresh.includes(line));
  const [gone, ended] = [goneFrom(one), endedOn(one, clock())];
  return (
    <div class="inside">
      <p class="muted">
        {t("auth-unit-about", { n: String(sheet.n), site: sheet.site })}{" "}
        {sheet.demo ? t("auth-unit-demo") : ""}
      </p>
      {sheet.goesOnFor.length > 0 ? <p>{t("auth-goes-on", { units: sheet.goesOnFor.join(", ") })}</p> : null}
      {changesOf(one).length > 0 ? <UnitCard of={one} /> : null}
      {fresh.map((line) => (
        <OfficerCard key={line.serial} sheet={sheet} line={line} />
      ))}
      {known.length > 0 ? <p>{t("auth-known", { names: names(known) })}</p> : null}
      {gone.length > 0 ? <p>{t("auth-gone", { names: names(gone) })}</p> : null}
      {ended.length > 0 ? <p>{t("auth-ended", { names: names(ended) })}</p> : null}
      {sheet.officers.length === 0 ? <p>{t("auth-nobody")}</p> : null}
    </div>
  );
}

function names(lines: readonly Officer[]): string {
  return lines.map((line) => line.officer).join(", ");
}

function UnitCard({ of: one }: { of: Case }) {
  const { sheet } = one;
  return (
    <article class="card">
      <h3>{changesOf(one).map(told).join(", ")}</h3>
      <p>
        {t("auth-unit-name", { name: sheet.name, unit: sheet.unit })}{" "}
        {sheet.parent ? t("auth-unit-parent", { parent: sheet.parent }) : t("auth-unit-top")}
      </p>
      <Verdict of={keyOf(sheet.unit)} about={sheet.name} yes="auth-unit-right" no="auth-unit-wrong" />
    </article>
  );
}

function OfficerCard({ sheet, line }: { sheet: Sheet; line: Officer }) {
  const key = keyOf(sheet.unit, line.serial);
  const groups = digits.value.get(key)?.split(" ") ?? [];
  return (
    <article class="card">
      <h3>
        {line.officer} <span class="muted">{roleOf(line.role)}</span>
      </h3>
      {line.from > clock() ? <p>{t("auth-from", { day: shownDay(dayOf(line.from + 1)) })}</p> : null}
      {line.to === null ? null : <p>{t("auth-until", { day: shownDay(dayOf(line.to)) })}</p>}
      <ol class="digits" aria-label={t("auth-digits", { name: line.officer })}>
        {groups.map((group, n) => (
          <li key={n}>{group}</li>
        ))}
      </ol>
      <Verdict of={key} about={line.officer} yes="auth-same" no="auth-other" />
    </article>
  );
}

interface VerdictProps {
  of: string;
  about: string;
  yes: string;
  no: string;
}

function Verdict({ of: key, about, yes, no }: VerdictProps) {
  const said = judged.value.get(key);
  return (
    <>
      <fieldset class="row verdict" aria-label={about}>
        <button class="button" type="button" aria-pressed={said === true} onClick={() => judge(key, true)}>
          {t(yes)}
        </button>
        <button class="button" type="button" aria-pressed={said === false} onClick={() => judge(key, false)}>
          {t(no)}
        </button>
      </fieldset>
      <p class={said === false ? "notice" : "notice empty"} role="alert">
        {said === false ? t(`${no}-told`) : null}
      </p>
    </>
  );
}
