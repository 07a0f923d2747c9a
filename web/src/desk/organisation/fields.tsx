/** A field of a form by its column: text, a day, or a choice among what there is; what is wrong with it stands below. */
import { useEffect, useState } from "preact/hooks";
import { Refused, Unreached } from "../api/wire.ts";
import { KeyFailure } from "../keys/client.ts";
import { language, t } from "../words.ts";
import { capital, columnName, kindName } from "./cells.tsx";
import { beyond, unitName, units } from "./listing.ts";
import { DAYS, worded } from "./lists.ts";
import { NumberRule } from "./numbers.tsx";
import { readAll } from "./routes.ts";
import type { Row, View } from "./shapes.ts";
import { grown, indented } from "./tree.ts";

type Choice = readonly [value: string, name: string];

/** What a unit's rows may name: its hamlets, its accounts. */
export interface Named {
  hamlets: readonly Choice[];
  accounts: readonly string[];
}

const NOTHING: Named = { hamlets: [], accounts: [] };

/** An officer's account, as his row has it. */
function accountOf({ cells }: Row): string {
  return cells.account || cells.officer || "";
}

async function namedIn(list: View, unit: string): Promise<Named> {
  if (list === "boxes") {
    const found = (await readAll("hamlets", unit)).filter((row) => row.unit === unit);
    const hamlets = found.map((row): Choice => [row.key, worded(row, "name", language.value)]);
    return { ...NOTHING, hamlets };
  }
  if (list !== "roster" && list !== "swaps") return NOTHING;
  const found = (await readAll("officers", unit)).filter((row) => row.unit === unit);
  const standing = found.filter(({ cells }) => cells.role !== "operator");
  return { ...NOTHING, accounts: standing.map(accountOf).filter((account) => account !== "") };
}

/** What the rows of a unit may name; nothing until it has come, and where it may not be read. */
export function useNamed(list: View, unit: string): Named {
  const [named, setNamed] = useState<Named>(NOTHING);
  useEffect(() => {
    let left = false;
    namedIn(list, unit).then(
      (found) => left || setNamed(found),
      (error: unknown) => {
        if (!(error instanceof Refused || error instanceof Unreached || error instanceof KeyFailure))
          throw error;
      },
    );
    return () => {
      left = true;
    };
  }, [list, unit]);
  return named;
}

/** Units that are there now, indented as they stand under each other. */
export function unitChoices(): Choice[] {
  const present = units.value.filter((unit) => !unit.past);
  return indented(grown(present)).map(({ unit, depth }) => [
    unit.code,
    `${"\u2003".repeat(depth)}${unitName(unit.code, language.value)}`,
  ]);
}

const HOURS = Array.from({ length: 25 }, (_, hour) => String(hour));
const KINDS = ["police", "leaders", "other"];

const KINDS_OF_MATTER = [
  "drug",
  "theft",
  "gambling",
  "loan",
  "scam",
  "home",
  "child",
  "traffic",
  "fight",
  "other",
  "staff",
];

/** Choices behind one that says nothing yet. */
function chosen(choices: readonly Choice[]): Choice[] {
  return [["", t("org-choose")], ...choices];
}

/** Units that a kind of matter may be sent to: those above first, then his own as they stand under each other. */
function targetChoices(): Choice[] {
  const own = unitChoices();
  const known = new Set(own.map(([code]) => code));
  const above = beyond.value.filter(({ code }) => !known.has(code));
  return [...above.map(({ code }): Choice => [code, capital(unitName(code, language.value))]), ...own];
}

/** What may be chosen for a column; null where it is typed. */
function choicesOf(list: View, column: string, named: Named): Choice[] | null {
  if (column === "unit" || column === "parent") return unitChoices();
  if (column === "category") return chosen(KINDS_OF_MATTER.map((kind) => [kind, kindName(kind)]));
  if (column === "target") return chosen(targetChoices());
  if (column === "hamlet") return [["", t("org-none")], ...named.hamlets];
  if (column === "kind")
    return [["", t("org-kind-by-role")], ...KINDS.map((one): Choice => [one, t(`org-kind-${one}`)])];
  if (column === "working") return ["", "yes"].map((one) => [one, t(one ? "org-yes" : "org-no")]);
  if (column === "day") return DAYS.map((day) => [day, capital(t(`org-day-${day}`))]);
  if (column === "hold")
    return [
      ["", t("org-no")],
      ["yes", t("org-yes")],
    ];
  if (list === "roster" && (column === "from" || column === "to"))
    return HOURS.map((hour) => [hour, t("org-hour", { hour: Number(hour) })]);
  return null;
}

const TYPES: Readonly<Record<string, "tel" | "date">> = { number: "tel", checked: "date", board: "date" };

interface FieldProps {
  list: View;
  column: string;
  value: string;
  named: Named;
  needed: boolean;
  /** Why it was refused; empty if it was not. */
  wrong: string;
  onChange: (value: string) => void;
}

export function Field({ list, column, value, named, needed, wrong, onChange }: FieldProps) {
  const id = `f-${column}`;
  const names = column === "officer" || column === "instead";
  const choices = choicesOf(list, column, named);
  const missing = choices !== null && value !== "" && !choices.some(([one]) => one === value);
  const shared = {
    id,
    required: needed,
    "aria-invalid": wrong !== "",
    "aria-describedby": `${id}-about`,
  };
  return (
    <div class="field">
      <label for={id}>
        {columnName(list, column)}
        {needed ? null : <span class="muted small"> {t("org-optional")}</span>}
      </label>
      {choices ? (
        <select {...shared} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          {missing ? <option value={value}>{value}</option> : null}
          {choices.map(([one, name]) => (
            <option key={one} value={one}>
              {name}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...shared}
          type={TYPES[column] ?? "text"}
          value={value}
          autocomplete="off"
          spellcheck={false}
          list={names ? `${id}-known` : undefined}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
      {names ? (
        <datalist id={`${id}-known`}>
          {named.accounts.map((account) => (
            <option key={account} value={account} />
          ))}
        </datalist>
      ) : null}
      <div id={`${id}-about`} class="small">
        {column === "number" ? <NumberRule value={value} /> : null}
        {wrong === "" ? null : (
          <p class="bad" role="alert">
            {wrong}
          </p>
        )}
      </div>
    </div>
  );
}
