/** A week of the roster, day by day: who answers from when to when, and in words when nobody does. */
import { useEffect, useState } from "preact/hooks";
import { dayMonth, dayOf } from "../clock.ts";
import { explain } from "../failure.ts";
import { Notice } from "../frame/notice.tsx";
import { now } from "../frame/now.ts";
import { t } from "../words.ts";
import { capital } from "./cells.tsx";
import { changes, unit } from "./listing.ts";
import { DAYS } from "./lists.ts";
import { readWeek } from "./routes.ts";
import type { Day, Gap } from "./shapes.ts";

const DAY = 86_400;
const WEEK = 7;
const NOON = 12 * 3600;

/** Noon of an ISO day in UTC: within that day in Vietnam too. */
function noon(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 1000 + NOON - 7 * 3600;
}

/** The number of a weekday, Monday 0. */
function weekday(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + WEEK - 1) % WEEK;
}

/** The Monday of the week in which a UTC second lies, `weeks` weeks on. */
export function monday(seconds: number, weeks: number): string {
  const day = dayOf(seconds);
  return dayOf(noon(day) + (weeks * WEEK - weekday(day)) * DAY);
}

/** "21–23" of whole hours, "21:30–23:00" of others. */
export function span({ from, to }: { from: string; to: string }): string {
  const ends = [from, to];
  const whole = ends.every((one) => one.endsWith(":00"));
  return ends.map((one) => (whole ? String(Number(one.slice(0, 2))) : one)).join("–");
}

/** "thứ Bảy" of an ISO day. */
function dayName(day: string): string {
  return t(`org-day-${DAYS[weekday(day)]}`);
}

export interface Named {
  day: string;
  gap: Gap;
}

/** Every gap of a week with its day. */
export function gapsOf(days: readonly Day[]): Named[] {
  return days.flatMap(({ day, gaps }) => gaps.map((gap) => ({ day, gap })));
}

function useWeek(from: string): { days: readonly Day[] | null; failed: string | null } {
  const [found, setFound] = useState<{ of: string; days: readonly Day[] } | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const code = unit.value;
  const turn = changes.value;
  const of = `${code} ${from}`;
  useEffect(() => {
    let left = false;
    readWeek(code, from).then(
      (days) => {
        if (left) return;
        setFound({ of, days });
        setFailed(null);
      },
      (error: unknown) => left || setFailed(explain(error)),
    );
    return () => {
      left = true;
    };
  }, [code, from, of, turn]);
  return { days: found?.of === of ? found.days : null, failed };
}

function DayColumn({ day }: { day: Day }) {
  return (
    <li class={day.day === dayOf(now.value) ? "today" : ""}>
      <h2>
        {capital(dayName(day.day))} <span class="num muted">{dayMonth(noon(day.day))}</span>
      </h2>
      {day.feast === null ? null : (
        <p class="small">
          {t(day.working ? "org-worked-day" : "org-off-day", { name: day.feast || t("org-holiday-unnamed") })}
        </p>
      )}
      <ul>
        {day.shifts.map((shift) => (
          <li key={shift.from + shift.to}>
            <b class="num">{t("org-hours", { span: span(shift) })}</b> {shift.officers.join(", ")}
          </li>
        ))}
        {day.gaps.map((gap) => (
          <li key={gap.from} class="gap">
            <b class="num">{t("org-hours", { span: span(gap) })}</b> {t("org-nobody")}
          </li>
        ))}
      </ul>
    </li>
  );
}

function Gaps({ days }: { days: readonly Day[] }) {
  const gaps = gapsOf(days);
  if (gaps.length === 0) return <p>{t("org-gaps-none")}</p>;
  return (
    <details class="lacking" open>
      <summary>{t("org-gaps", { count: gaps.length })}</summary>
      <ul>
        {gaps.map(({ day, gap }) => (
          <li key={day + gap.from}>
            {t("org-gap", { span: span(gap), day: dayName(day), to: gap.goes_to })}
          </li>
        ))}
      </ul>
    </details>
  );
}

const TURNS = [
  [-1, "org-week-before"],
  [0, "org-week-this"],
  [1, "org-week-after"],
] as const;

export function Week() {
  const [weeks, setWeeks] = useState(0);
  const { days, failed } = useWeek(monday(now.value, weeks));
  return (
    <section class="week stack" aria-label={t("org-week")}>
      <p class="row">
        {TURNS.map(([by, key]) => (
          <button
            key={key}
            class="button"
            type="button"
            aria-pressed={by === 0 ? weeks === 0 : undefined}
            onClick={() => setWeeks(by === 0 ? 0 : weeks + by)}
          >
            {by < 0 ? "◂ " : ""}
            {t(key)}
            {by > 0 ? " ▸" : ""}
          </button>
        ))}
      </p>
      <Notice say={failed} strong />
      {days === null && !failed ? <p class="muted">{t("desk-loading")}</p> : null}
      {days ? <Gaps days={days} /> : null}
      {days ? (
        <ol class="days">
          {days.map((day) => (
            <DayColumn key={day.day} day={day} />
          ))}
        </ol>
      ) : null}
    </section>
  );
}
