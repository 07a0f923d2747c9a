/** Days that are otherwise than the week says: who stands for whom, and holidays; said and taken back one by one. */
import { useEffect, useState } from "preact/hooks";
import { explain } from "../failure.ts";
import { Notice } from "../frame/notice.tsx";
import { t } from "../words.ts";
import { useActing } from "./acting.ts";
import { perform, type Way } from "./acts.ts";
import { Aside } from "./aside.tsx";
import { capital, fullDay, ownerName, today } from "./cells.tsx";
import { useNamed } from "./fields.tsx";
import { changed, changes, mayChange, unit } from "./listing.ts";
import { readDays } from "./routes.ts";
import type { Holiday, SpecialDays, Swap } from "./shapes.ts";

/** Which of the two is being said. */
export type Special = "swap" | "holiday";

function useDays(): { days: SpecialDays | null; failed: string | null } {
  const [found, setFound] = useState<{ of: string; days: SpecialDays } | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const code = unit.value;
  const turn = changes.value;
  useEffect(() => {
    let left = false;
    setFailed(null);
    readDays(code).then(
      (days) => left || setFound({ of: code, days }),
      (error: unknown) => left || setFailed(explain(error)),
    );
    return () => {
      left = true;
    };
  }, [code, turn]);
  return { days: found?.of === code ? found.days : null, failed };
}

interface UndoProps {
  way: Way;
  said: object;
  /** The button's words, for which day, and what is told once it is done. */
  name: string;
  day: string;
  done: string;
}

/** Takes one of them back, at once: it is said again as easily. */
function Undo({ way, said, name, day, done }: UndoProps) {
  const { busy, failed, act } = useActing();
  const undo = () =>
    act(async () => {
      await perform("roster", way, said);
      await changed(done);
    });
  return (
    <>
      <button class="button" type="button" disabled={busy} onClick={undo}>
        {t(name)} <span class="hidden">{day}</span>
      </button>
      <Notice say={failed} strong />
    </>
  );
}

function SwapLine({ swap: { day, officer, officer_name, instead_name } }: { swap: Swap }) {
  const said = { unit: unit.value, day, officer, instead: null };
  const names = { day: fullDay(day), officer: officer_name, instead: instead_name };
  return (
    <li class="row">
      <span>{t("org-swap-one", names)}</span>
      {mayChange.value ? (
        <Undo way="roster/swap" said={said} name="org-swap-undo" day={names.day} done="org-unswapped" />
      ) : null}
    </li>
  );
}

function HolidayLine({ holiday: { day, name, own, unit: of, unit_name } }: { holiday: Holiday }) {
  const said = { unit: of, first: day, last: day, name: null };
  const names = { day: fullDay(day), name: name || t("org-holiday-unnamed"), unit: unit_name };
  return (
    <li class="row">
      <span>{t(own ? "org-holiday-one" : "org-holiday-of", names)}</span>
      {mayChange.value && own ? (
        <Undo
          way="roster/holiday"
          said={said}
          name="org-holiday-undo"
          day={names.day}
          done="org-holiday-gone"
        />
      ) : null}
    </li>
  );
}

/** What is said of single days, from yesterday on. */
export function Days({ onNew }: { onNew: (what: Special) => void }) {
  const { days, failed } = useDays();
  const none = days && days.swaps.length + days.holidays.length === 0;
  return (
    <section class="special stack" aria-labelledby="special">
      <h2 id="special">{t("org-days")}</h2>
      <Notice say={failed} strong />
      {none ? <p class="muted">{t("org-days-none")}</p> : null}
      {days && !none ? (
        <ul>
          {days.swaps.map((one) => (
            <SwapLine key={one.day + one.officer} swap={one} />
          ))}
          {days.holidays.map((one) => (
            <HolidayLine key={one.day + one.unit} holiday={one} />
          ))}
        </ul>
      ) : null}
      {mayChange.value ? (
        <p class="row">
          <button class="button" type="button" onClick={() => onNew("swap")}>
            {t("org-swap-new")}
          </button>
          <button class="button" type="button" onClick={() => onNew("holiday")}>
            {t("org-holiday-new")}
          </button>
        </p>
      ) : null}
    </section>
  );
}

interface DayProps {
  id: string;
  label: string;
  value: string;
  from: string;
  onChange: (day: string) => void;
}

function DayField({ id, label, value, from, onChange }: DayProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="date"
        required
        min={from}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}

interface WhoProps {
  id: string;
  label: string;
  value: string;
  accounts: readonly string[];
  onChange: (account: string) => void;
}

function Who({ id, label, value, accounts, onChange }: WhoProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} required value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="">{t("org-choose")}</option>
        {accounts.map((account) => (
          <option key={account} value={account}>
            {account}
          </option>
        ))}
      </select>
    </div>
  );
}

function Go({ busy, failed, name }: { busy: boolean; failed: string | null; name: string }) {
  return (
    <>
      <p class="row">
        <button class="button main" type="submit" disabled={busy || !mayChange.value}>
          {t(name)}
        </button>
      </p>
      <Notice say={failed} strong />
    </>
  );
}

function SwapForm({ onDone }: { onDone: () => void }) {
  const [day, setDay] = useState(today());
  const [officer, setOfficer] = useState("");
  const [instead, setInstead] = useState("");
  const { accounts } = useNamed("roster", unit.value);
  const { busy, failed, act } = useActing();
  const send = async (event: Event) => {
    event.preventDefault();
    const said = { unit: unit.value, day, officer, instead };
    if (await act(() => perform("roster", "roster/swap", said))) {
      onDone();
      await changed("org-swapped");
    }
  };
  return (
    <form class="stack" onSubmit={send}>
      <p>{t("org-swap-how")}</p>
      <DayField id="f-day" label={t("org-col-day")} value={day} from={today()} onChange={setDay} />
      <Who id="f-off" label={t("org-swap-off")} value={officer} accounts={accounts} onChange={setOfficer} />
      <Who
        id="f-on"
        label={t("org-swap-on")}
        value={instead}
        accounts={accounts.filter((one) => one !== officer)}
        onChange={setInstead}
      />
      <Go busy={busy} failed={failed} name="org-swap-go" />
    </form>
  );
}

/** The later of two ISO days. */
function later(one: string, other: string): string {
  return [one, other].sort()[1] ?? one;
}

function HolidayForm({ onDone }: { onDone: () => void }) {
  const [first, setFirst] = useState(today());
  const [last, setLast] = useState("");
  const [name, setName] = useState("");
  const { busy, failed, act } = useActing();
  const send = async (event: Event) => {
    event.preventDefault();
    const said = { unit: unit.value, first, last: later(first, last), name: name.trim() };
    if (await act(() => perform("roster", "roster/holiday", said))) {
      onDone();
      await changed("org-holiday-added");
    }
  };
  return (
    <form class="stack" onSubmit={send}>
      <p>{t("org-holiday-how", { unit: capital(ownerName(unit.value)) })}</p>
      <DayField
        id="f-first"
        label={t("org-holiday-first")}
        value={first}
        from={today()}
        onChange={setFirst}
      />
      <DayField
        id="f-last"
        label={t("org-holiday-last")}
        value={later(first, last)}
        from={first}
        onChange={setLast}
      />
      <div class="field">
        <label for="f-called">{t("org-holiday-name")}</label>
        <input
          id="f-called"
          maxLength={100}
          autocomplete="off"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </div>
      <Go busy={busy} failed={failed} name="org-holiday-go" />
    </form>
  );
}

export function SpecialAside({ what, onClose }: { what: Special; onClose: () => void }) {
  return (
    <Aside title={t(`org-${what}-new`)} onClose={onClose}>
      {what === "swap" ? <SwapForm onDone={onClose} /> : <HolidayForm onDone={onClose} />}
    </Aside>
  );
}
