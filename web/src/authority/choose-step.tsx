/** Step 3, signing again: which units, and who leaves. */
import { useState } from "preact/hooks";
import type { Sheet } from "../crypto/sheets.ts";
import { roleOf } from "./compare-step.tsx";
import { shownDay } from "./open-step.tsx";
import { keyOf } from "./requests.ts";
import { SheetStep } from "./sheet-step.tsx";
import { DAY, dayOf } from "./signing.ts";
import { t } from "./words.ts";
import { chosen, clock, go, kept, leaving, nameOf, SOON, task, toggled } from "./work.ts";

/** Days left of a sheet in words. */
function left(sheet: Sheet): string {
  const days = Math.floor((sheet.expires - clock()) / DAY);
  return days < 0 ? t("auth-over") : t("auth-days", { count: days });
}

function fits(sheet: Sheet, typed: string): boolean {
  return `${sheet.unit} ${sheet.name}`.toLowerCase().includes(typed.trim().toLowerCase());
}

export function ChooseStep() {
  const [typed, setTyped] = useState("");
  const shown = kept().filter((sheet) => fits(sheet, typed));
  const count = chosen.value.size;
  return (
    <SheetStep title={t(`auth-${task.value}`)} at={3}>
      <p>{task.value === "renew" ? t("auth-choose-renew", { days: SOON }) : t("auth-choose-shorten")}</p>
      <p class="notice">{t("auth-choose-newest")}</p>
      <p class="field">
        <label for="find">{t("auth-find")}</label>
        <input
          id="find"
          type="search"
          autocomplete="off"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </p>
      <div class="row">
        <p class="count-so-far" role="status">
          {t("auth-chosen", { count, of: kept().length })}
        </p>
        <button class="button quiet" type="button" onClick={() => all(shown)}>
          {t("auth-choose-shown")}
        </button>
        <button
          class="button quiet"
          type="button"
          onClick={() => {
            chosen.value = new Set();
          }}
        >
          {t("auth-choose-none")}
        </button>
      </div>
      <ul class="sheets">
        {shown.map((sheet) => (
          <Kept key={nameOf(sheet)} sheet={sheet} />
        ))}
      </ul>
      {shown.length === 0 ? <p>{t("auth-find-none")}</p> : null}
      <div class="row">
        <button class="button main" type="button" disabled={count === 0} onClick={() => go("dates")}>
          {t("auth-next")}
        </button>
        <button class="button" type="button" onClick={() => go("task")}>
          {t("btn-back")}
        </button>
      </div>
    </SheetStep>
  );
}

function all(sheets: readonly Sheet[]): void {
  chosen.value = new Set([...chosen.value, ...sheets.map(nameOf)]);
}

function Kept({ sheet }: { sheet: Sheet }) {
  const name = nameOf(sheet);
  const taken = chosen.value.has(name);
  const about = { count: sheet.officers.length, day: shownDay(dayOf(sheet.expires)) };
  return (
    <li>
      <label class="pick">
        <input
          type="checkbox"
          checked={taken}
          onChange={() => {
            chosen.value = toggled(chosen.value, name);
          }}
        />
        <span>
          <b>
            <span class="num">{sheet.unit}</span> {sheet.name}
          </b>
          <br />
          <span class="muted">
            {t("auth-sheet-newest", { n: String(sheet.n), day: shownDay(dayOf(sheet.issued + 1)) })}{" "}
            {t("auth-sheet-holds", about)} {left(sheet)}
          </span>
        </span>
      </label>
      {taken && task.value === "shorten" ? <Leaving sheet={sheet} /> : null}
    </li>
  );
}

function Leaving({ sheet }: { sheet: Sheet }) {
  if (sheet.officers.length === 0) return null;
  return (
    <fieldset class="leaving">
      <legend>{t("auth-leaving")}</legend>
      {sheet.officers.map((line) => {
        const key = keyOf(sheet.unit, line.serial);
        return (
          <label key={key} class="pick">
            <input
              type="checkbox"
              checked={leaving.value.has(key)}
              onChange={() => {
                leaving.value = toggled(leaving.value, key);
              }}
            />
            <span>
              {line.officer} <span class="muted">{roleOf(line.role)}</span>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
