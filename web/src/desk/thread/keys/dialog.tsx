/** One more reader of the open tip: chosen from the sheet, with the twenty digits of his keys. */
import "../../hands/hands.css";
import { useEffect, useRef, useState } from "preact/hooks";
import { Digits } from "../../enrol/digits.tsx";
import { Notice } from "../../frame/notice.tsx";
import { giveOne, rekeyHere, takeBack, tipHere, why } from "../../hands/acting.ts";
import { Names, others, useAnswer, useNewestSheet, words } from "../../hands/hands.tsx";
import { ask } from "../../keys/client.ts";
import { me } from "../../session.ts";
import { t } from "../../words.ts";
import { load, readers, tip, tipId } from "../thread.ts";

export { words };

/** What is about to be done: give it to somebody, take it back from this one, or change it where the last opens nothing. */
export type Wanted = { give: true } | { from: string; name: string } | { change: true };

interface DialogProps {
  wanted: Wanted;
  onClose: () => void;
}

function useDoing(onDone: () => void): {
  busy: boolean;
  failed: string | null;
  act: (work: () => Promise<void>) => void;
} {
  const [busy, setBusy] = useState(false);
  const [failed, tell] = useState<string | null>(null);
  const act = async (work: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    tell(null);
    try {
      await work();
      onDone();
      await load();
    } catch (error) {
      if (me.value) tell(why(error));
    } finally {
      setBusy(false);
    }
  };
  return { busy, failed, act };
}

function ReaderDigits({ serial, name }: { serial: string; name: string }) {
  const [digits, unknown] = useAnswer(() => ask("digitsOf", { serial }), serial);
  return (
    <>
      <p>{t("hands-digits", { name })}</p>
      {digits ? <Digits value={digits} /> : null}
      <Notice say={unknown} strong />
    </>
  );
}

function Give({ onClose }: { onClose: () => void }) {
  const [serial, setSerial] = useState("");
  const { busy, failed, act } = useDoing(onClose);
  const holding = readers.value.map(({ recipient }) => recipient);
  const people = others().filter((one) => !holding.includes(one.serial));
  const to = people.find((one) => one.serial === serial);
  const send = (event: Event) => {
    event.preventDefault();
    const row = tip.value;
    if (row && to) act(() => giveOne(row, to.serial));
  };
  return (
    <form class="stack" onSubmit={send}>
      <h2 id="hands-title">{t("hands-give")}</h2>
      <label for="hands-reader">{t("hands-to")}</label>
      <select id="hands-reader" value={serial} onChange={(event) => setSerial(event.currentTarget.value)}>
        <option value="">{t(people.length === 0 ? "hands-everybody" : "hands-choose")}</option>
        {people.map((one) => (
          <option key={one.serial} value={one.serial}>
            {t("desk-reader", { name: one.officer, role: t(`desk-role-${one.role}`) })}
          </option>
        ))}
      </select>
      {to ? <ReaderDigits serial={to.serial} name={to.officer} key={to.serial} /> : null}
      <p class="small muted">{t("hands-log")}</p>
      <Notice say={failed} strong />
      <Buttons go="hands-give-go" off={busy || !to} onClose={onClose} />
    </form>
  );
}

function TakeBack({ from, name, onClose }: { from: string; name: string; onClose: () => void }) {
  const { busy, failed, act } = useDoing(onClose);
  const send = (event: Event) => {
    event.preventDefault();
    const id = tip.value?.id;
    if (id) act(() => takeBack(id, from));
  };
  return (
    <form class="stack" onSubmit={send}>
      <h2 id="hands-title">{t("hands-take")}</h2>
      <p>{t("hands-take-sure", { name })}</p>
      <ul>
        {["hands-take-known", "hands-take-new", "hands-log"].map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ul>
      <Notice say={failed} strong />
      <Buttons go="hands-take-go" off={busy} onClose={onClose} />
    </form>
  );
}

/** Who read on, by the newest sheet and the log, named before anything is sealed to them. */
function Change({ onClose }: { onClose: () => void }) {
  const { busy, failed, act } = useDoing(onClose);
  const [known, unknown] = useAnswer(tipId.value ? () => tipHere(tipId.value ?? "") : null, tipId.value);
  const send = (event: Event) => {
    event.preventDefault();
    if (known) act(() => rekeyHere(known));
  };
  return (
    <form class="stack" onSubmit={send}>
      <h2 id="hands-title">{t("desk-cut-mend")}</h2>
      <p>{t("hands-cut-how")}</p>
      {known ? <Names serials={known.readers} /> : null}
      <p class="small muted">{t("hands-log")}</p>
      <Notice say={failed ?? unknown} strong />
      <Buttons go="desk-cut-mend" off={busy || !known} onClose={onClose} />
    </form>
  );
}

function Buttons({ go, off, onClose }: { go: string; off: boolean; onClose: () => void }) {
  return (
    <p class="row">
      <button type="submit" class="button main" disabled={off}>
        {t(go)}
      </button>
      <button class="button quiet" type="button" onClick={onClose}>
        {t("desk-cancel")}
      </button>
    </p>
  );
}

export function KeysDialog({ wanted, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useNewestSheet();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} class="hands" onClose={onClose} aria-labelledby="hands-title">
      {"give" in wanted ? <Give onClose={onClose} /> : null}
      {"from" in wanted ? <TakeBack {...wanted} onClose={onClose} /> : null}
      {"change" in wanted ? <Change onClose={onClose} /> : null}
    </dialog>
  );
}
