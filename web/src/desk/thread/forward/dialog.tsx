/**
 * Passing the open tip on to another unit, in two steps: where to and why, then once more before it goes.
 *
 * What is chosen and typed is gone when it closes. Once the tip has gone, nothing of it can be done here but to leave.
 */
import "./forward.css";
import { useEffect, useRef, useState } from "preact/hooks";
import { Refused } from "../../api/wire.ts";
import { Notice } from "../../frame/notice.tsx";
import { shortNumber } from "../../inbox/order.ts";
import { load as loadInbox } from "../../inbox/tips.ts";
import { me } from "../../session.ts";
import { language, type PageWords, t } from "../../words.ts";
import { load, show, tip, verdict } from "../thread.ts";
import { forward, neighbours, why } from "./sending.ts";
import { isPassed, type Neighbour } from "./units.ts";

export const words: PageWords = {
  vi: () => import("virtual:catalogue/vi/forward-"),
  en: () => import("virtual:catalogue/en/forward-"),
};

const SHORTEST = 3;
const LONGEST = 300;
const PAUSE_MS = 250;

const nameOf = (unit: Neighbour) => (language.value === "en" ? unit.name_en : unit.name_vi);

function passedOver(): string | undefined {
  const read = verdict.value;
  return read && read.state !== "badkey" ? read.opening?.passed : undefined;
}

/** What the words find, a moment after the last of them was typed; null before. */
function useNeighbours(asked: string, tell: (key: string | null) => void): Neighbour[] | null {
  const [found, setFound] = useState<Neighbour[] | null>(null);
  useEffect(() => {
    let here = true;
    const failed = (error: unknown) => here && me.value && tell(why(error));
    const come = (units: Neighbour[]) => {
      if (!here) return;
      tell(null);
      setFound(units);
    };
    const later = setTimeout(() => neighbours(asked).then(come, failed), found === null ? 0 : PAUSE_MS);
    return () => {
      here = false;
      clearTimeout(later);
    };
  }, [asked]);
  return found;
}

interface ChoosingProps {
  chosen: Neighbour | null;
  onChoose: (unit: Neighbour) => void;
  tell: (key: string | null) => void;
}

function Choosing({ chosen, onChoose, tell }: ChoosingProps) {
  const [asked, setAsked] = useState("");
  const found = useNeighbours(asked, tell);
  const passed = passedOver();
  const units = (found ?? []).filter((unit) => !isPassed(unit, passed));
  const named = found?.find((unit) => isPassed(unit, passed));
  return (
    <>
      <label for="forward-find">{t("forward-to")}</label>
      <input
        id="forward-find"
        type="search"
        value={asked}
        autocomplete="off"
        spellcheck={false}
        placeholder={t("forward-find")}
        onInput={(event) => setAsked(event.currentTarget.value)}
      />
      <fieldset class="units">
        <legend class="hidden">{t("forward-to")}</legend>
        {units.map((unit) => (
          <label key={unit.code}>
            <input
              type="radio"
              name="forward-unit"
              checked={chosen?.code === unit.code}
              onChange={() => onChoose(unit)}
            />
            <span translate={false}>{nameOf(unit)}</span>
          </label>
        ))}
        {found !== null && units.length === 0 ? <p class="muted">{t("forward-none")}</p> : null}
      </fieldset>
      {passed === undefined ? null : (
        <p class="small">{t("forward-passed", { unit: named ? nameOf(named) : passed })}</p>
      )}
    </>
  );
}

interface ReasonProps {
  reason: string;
  onType: (reason: string) => void;
}

function Reason({ reason, onType }: ReasonProps) {
  return (
    <>
      <label for="forward-why">{t("forward-why")}</label>
      <textarea
        id="forward-why"
        value={reason}
        maxLength={LONGEST}
        rows={2}
        autocomplete="off"
        spellcheck={false}
        translate={false}
        placeholder={t("forward-hint")}
        aria-describedby="forward-sealed"
        onInput={(event) => onType(event.currentTarget.value)}
      />
      <p class="small muted" id="forward-sealed">
        {t("forward-sealed")}
      </p>
    </>
  );
}

/** Once more before it goes: to whom, why, and what that means. */
function Sure({ to, reason }: { to: Neighbour; reason: string }) {
  const heading = useRef<HTMLParagraphElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <p ref={heading} tabIndex={-1}>
        {t("forward-sure", { number: tip.value ? shortNumber(tip.value) : "", unit: nameOf(to) })}
      </p>
      <blockquote translate={false}>{reason}</blockquote>
      <ul>
        {["forward-means-gone", "forward-means-log", "forward-means-quiet"].map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ul>
    </>
  );
}

type Step = "choose" | "sure" | "gone";

export function ForwardDialog({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [step, setStep] = useState<Step>("choose");
  const [to, setTo] = useState<Neighbour | null>(null);
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [failed, tell] = useState<string | null>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const leave = () => {
    onClose();
    if (step !== "gone") return;
    history.pushState(null, "", location.pathname);
    show(null);
    loadInbox();
  };
  const send = async () => {
    const id = tip.value?.id;
    if (!id || !to || busy) return;
    setBusy(true);
    tell(null);
    try {
      await forward(id, to.code, reason.trim());
      setStep("gone");
    } catch (error) {
      if (error instanceof Refused && error.status === 409) await load().catch(() => false);
      if (me.value) tell(why(error));
    } finally {
      setBusy(false);
    }
  };
  const next = (event: Event) => {
    event.preventDefault();
    if (step === "choose") {
      tell(null);
      setStep("sure");
    } else if (step === "sure") send();
    else dialog.current?.close();
  };
  const ready = to !== null && reason.trim().length >= SHORTEST;
  return (
    <dialog ref={dialog} class="forward" onClose={leave} aria-labelledby="forward-title">
      <form onSubmit={next}>
        <h2 id="forward-title">{t("forward-title")}</h2>
        {step === "choose" ? (
          <>
            <Choosing chosen={to} onChoose={setTo} tell={tell} />
            <Reason reason={reason} onType={setReason} />
          </>
        ) : null}
        {step === "sure" && to ? <Sure to={to} reason={reason.trim()} /> : null}
        {step === "gone" && to ? <p role="status">{t("forward-done", { unit: nameOf(to) })}</p> : null}
        <Notice say={failed} strong />
        <p class="row">
          <button type="submit" class="button main" disabled={busy || (step === "choose" && !ready)}>
            {t(busy ? "forward-going" : `forward-go-${step}`)}
          </button>
          {step === "choose" ? (
            <button class="button quiet" type="button" onClick={() => dialog.current?.close()}>
              {t("desk-cancel")}
            </button>
          ) : null}
          {step === "sure" ? (
            <button class="button quiet" type="button" disabled={busy} onClick={() => setStep("choose")}>
              {t("forward-back")}
            </button>
          ) : null}
        </p>
      </form>
    </dialog>
  );
}
