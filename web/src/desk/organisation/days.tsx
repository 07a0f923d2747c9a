/** Days that are otherwise than the week says: who stands for whom, and holidays; said anew, and taken back at once. */
import { useState } from "preact/hooks";
import { Notice } from "../frame/notice.tsx";
import { t } from "../words.ts";
import { type Acting, useActing } from "./acting.ts";
import { perform } from "./acts.ts";
import { Aside } from "./aside.tsx";
import { capital, ownerName, today } from "./cells.tsx";
import { useNamed } from "./fields.tsx";
import { changed, mayChange, unit } from "./listing.ts";
import { Refusals } from "./refusals.tsx";
import type { Row, View } from "./shapes.ts";

/** Which of the two is being said. */
export type Special = "swaps" | "holidays";

/** Takes one of them back, at once: it is said again as easily. */
export function DayEnd({ list, row, onDone }: { list: View; row: Row; onDone: () => void }) {
  const { busy, failed, act } = useActing();
  const { day = "", officer } = row.cells;
  const swap = list === "swaps";
  const undo = async () => {
    const taken = swap
      ? () => perform("swaps", "swaps/change", { unit: row.unit, day, officer, instead: null })
      : () => perform("holidays", "holidays/change", { unit: row.unit, first: day, last: day, name: null });
    if (await act(taken)) {
      onDone();
      await changed(swap ? "org-unswapped" : "org-holiday-gone");
    }
  };
  return (
    <section class="stack">
      <p>
        <button class="button" type="button" disabled={busy} onClick={undo}>
          {t(swap ? "org-swap-undo" : "org-holiday-undo")}
        </button>
      </p>
      <Notice say={failed} strong />
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

function Go({ list, acting, name }: { list: View; acting: Acting; name: string }) {
  return (
    <>
      <p class="row">
        <button class="button main" type="submit" disabled={acting.busy || !mayChange.value}>
          {t(name)}
        </button>
      </p>
      <Refusals list={list} acting={acting} shown={[]} />
    </>
  );
}

function SwapForm({ onDone }: { onDone: () => void }) {
  const [day, setDay] = useState(today());
  const [officer, setOfficer] = useState("");
  const [instead, setInstead] = useState("");
  const { accounts } = useNamed("swaps", unit.value);
  const acting = useActing();
  const send = async (event: Event) => {
    event.preventDefault();
    const said = { unit: unit.value, day, officer, instead };
    if (await acting.act(() => perform("swaps", "swaps/change", said))) {
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
      <Go list="swaps" acting={acting} name="org-swap-go" />
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
  const [working, setWorking] = useState(false);
  const acting = useActing();
  const send = async (event: Event) => {
    event.preventDefault();
    const said = { unit: unit.value, first, last: later(first, last), name: name.trim(), working };
    if (await acting.act(() => perform("holidays", "holidays/change", said))) {
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
      <label class="check">
        <input
          type="checkbox"
          checked={working}
          onChange={(event) => setWorking(event.currentTarget.checked)}
        />
        {t("org-holiday-working")}
      </label>
      <Go list="holidays" acting={acting} name="org-holiday-go" />
    </form>
  );
}

export function SpecialAside({ what, onClose }: { what: Special; onClose: () => void }) {
  return (
    <Aside title={t(`org-new-${what}`)} onClose={onClose}>
      {what === "swaps" ? <SwapForm onDone={onClose} /> : <HolidayForm onDone={onClose} />}
    </Aside>
  );
}
