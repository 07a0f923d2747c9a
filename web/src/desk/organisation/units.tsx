/** Units: the tree to choose from, how the chosen one stands, and mergers in two steps. */
import { useState } from "preact/hooks";
import { useNarrow } from "../frame/narrow.ts";
import { Notice } from "../frame/notice.tsx";
import { me } from "../session.ts";
import { language, t } from "../words.ts";
import { useActing } from "./acting.ts";
import { perform } from "./acts.ts";
import { capital, fullDay, today } from "./cells.tsx";
import { unitChoices } from "./fields.tsx";
import { asked, changed, choose, mayChange, unit, unitName, units } from "./listing.ts";
import type { Row } from "./shapes.ts";
import { type Branch, grown } from "./tree.ts";

function Twigs({ branches, onChoose }: { branches: readonly Branch[]; onChoose: (code: string) => void }) {
  return (
    <ul>
      {branches.map(({ unit: one, under }) => (
        <li key={one.code}>
          <button
            class="twig"
            type="button"
            aria-current={one.code === unit.value ? "true" : undefined}
            onClick={() => onChoose(one.code)}
          >
            {capital(unitName(one.code, language.value))}{" "}
            <span class={one.past ? "muted small" : "hidden"}>{one.past ? t("org-past") : null}</span>
          </button>
          {under.length > 0 ? <Twigs branches={under} onChoose={onChoose} /> : null}
        </li>
      ))}
    </ul>
  );
}

/** The units of the officer's scope as a tree; on a phone folded until it is tapped. */
export function Tree() {
  const narrow = useNarrow();
  const [open, setOpen] = useState(false);
  const past = asked.value?.past === true;
  const shown = units.value.filter((one) => past || !one.past || one.code === unit.value);
  const take = (code: string) => {
    setOpen(false);
    choose({ unit: code, q: "" });
  };
  return (
    <details
      class="tree"
      open={!narrow || open}
      onToggle={(event) => setOpen(narrow && event.currentTarget.open)}
    >
      <summary>{t("org-tree")}</summary>
      <nav aria-label={t("org-tree")}>
        <Twigs branches={grown(shown)} onChoose={take} />
      </nav>
    </details>
  );
}

/** Ends this unit; another goes on for it. Two steps: which and when, then what it means. */
function Merge({ row, onDone, onBack }: { row: Row; onDone: () => void; onBack: () => void }) {
  const [into, setInto] = useState("");
  const [when, setWhen] = useState(today());
  const [asks, setAsks] = useState(false);
  const { busy, failed, faults, act } = useActing();
  const others = unitChoices().filter(([code]) => code !== row.key);
  const send = async (event: Event) => {
    event.preventDefault();
    if (!asks) return setAsks(true);
    if (await act(() => perform("units", "units/merge", { olds: [row.key], into, when }))) {
      onDone();
      await changed("org-merged");
    }
  };
  const names = {
    old: unitName(row.key, language.value),
    into: unitName(into, language.value),
    day: fullDay(when),
  };
  return (
    <form class="stack" onSubmit={send}>
      <div class="field">
        <label for="f-into">{t("org-merge-into")}</label>
        <select
          id="f-into"
          required
          value={into}
          disabled={asks}
          onChange={(event) => setInto(event.currentTarget.value)}
        >
          <option value="">{t("org-merge-choose")}</option>
          {others.map(([code, name]) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="f-when">{t("org-merge-when")}</label>
        <input
          id="f-when"
          type="date"
          required
          value={when}
          disabled={asks}
          onInput={(event) => setWhen(event.currentTarget.value)}
        />
      </div>
      {asks ? <p role="alert">{t("org-merge-ask", names)}</p> : null}
      <p class="row">
        <button class="button" type="submit" disabled={busy || !mayChange.value || into === ""}>
          {t(asks ? "org-merge-yes" : "org-merge-next")}
        </button>
        <button class="button quiet" type="button" onClick={asks ? () => setAsks(false) : onBack}>
          {t("desk-cancel")}
        </button>
      </p>
      <Notice say={failed ?? (faults.length > 0 ? "desk-failed" : null)} strong />
    </form>
  );
}

/** The way to a merger, where another unit may go on for this one; that of his own unit is said above it. */
export function MergeDoor({ row, onDone }: { row: Row; onDone: () => void }) {
  const [open, setOpen] = useState(false);
  const fixed = row.more.successor || row.more.valid_to || row.key === me.value?.unit.code;
  if (fixed || !mayChange.value || unitChoices().length < 2) return null;
  return (
    <section class="ending">
      {open ? (
        <Merge row={row} onDone={onDone} onBack={() => setOpen(false)} />
      ) : (
        <button class="button" type="button" onClick={() => setOpen(true)}>
          {t("org-merge")}
        </button>
      )}
    </section>
  );
}
