/**
 * One act on the open tip: what it means, its reason where one is asked for, and once more before what is not taken back
 * lightly. What is typed is gone when it closes.
 */
import "../forward/forward.css";
import { useEffect, useRef, useState } from "preact/hooks";
import type { CaseAct, Offer } from "../../api/shapes.ts";
import { dayMonth, shownFrom } from "../../clock.ts";
import { Notice } from "../../frame/notice.tsx";
import { now } from "../../frame/now.ts";
import { type PageWords, t } from "../../words.ts";
import { busy, failed, tip, verdict, write } from "../thread.ts";

export const words: PageWords = {
  vi: () => import("virtual:catalogue/vi/case-"),
  en: () => import("virtual:catalogue/en/case-"),
};

const SHORTEST = 3;
const LONGEST = 500;
const KINDS = ["drug", "theft", "gambling", "loan", "scam", "home", "child", "traffic", "fight", "other"];
/** As a register number is shown. */
const NUMBER = /^\s*[1-9][0-9]{0,6}\/20[0-9]{2}\s*$/;
/** Asked once more: it ends the tip, or stops its clocks. */
const GRAVE: readonly CaseAct[] = [
  "investigation",
  "competent",
  "insufficient",
  "suspended",
  "duplicate",
  "false",
  "abusive",
  "closed",
  "handled",
  "release",
];

/** The kind that the reporter chose, where it is known here. */
function chosenKind(): string {
  const read = verdict.value;
  const category = read && read.state !== "badkey" ? read.opening?.category : null;
  return KINDS.find((kind) => kind === category) ?? "";
}

function Means({ offer }: { offer: Offer }) {
  const changes = offer.state !== tip.value?.state;
  return (
    <>
      <p>{t(`case-means-${offer.act}`)}</p>
      <p class="small muted">
        {changes
          ? t("desk-state-seen", { state: t(`st-${offer.state}`), day: dayMonth(shownFrom(now.value)) })
          : t("case-seen-same")}
      </p>
    </>
  );
}

function Kind({ kind, onChoose }: { kind: string; onChoose: (kind: string) => void }) {
  return (
    <>
      <label for="case-kind">{t("case-kind")}</label>
      <select id="case-kind" value={kind} onChange={(event) => onChoose(event.currentTarget.value)}>
        <option value="">{t("case-kind-choose")}</option>
        {KINDS.map((one) => (
          <option key={one} value={one}>
            {t(`cat-${one}`)}
          </option>
        ))}
      </select>
      <p class="small muted">{t("case-kind-counted")}</p>
    </>
  );
}

interface TypedProps {
  id: string;
  label: string;
  value: string;
  onType: (words: string) => void;
}

function Reason({ id, label, value, onType }: TypedProps) {
  return (
    <>
      <label for={id}>{label}</label>
      <textarea
        id={id}
        value={value}
        maxLength={LONGEST}
        rows={2}
        autocomplete="off"
        spellcheck={false}
        translate={false}
        aria-describedby="case-sealed"
        onInput={(event) => onType(event.currentTarget.value)}
      />
      <p class="small muted" id="case-sealed">
        {t("desk-take-sealed")}
      </p>
    </>
  );
}

function Twin({ id, label, value, onType }: TypedProps) {
  return (
    <>
      <label for={id}>{label}</label>
      <input
        id={id}
        value={value}
        maxLength={16}
        autocomplete="off"
        spellcheck={false}
        placeholder="57/2026"
        onInput={(event) => onType(event.currentTarget.value)}
      />
    </>
  );
}

/** Once more before it is done. */
function Sure({ act, reason }: { act: CaseAct; reason: string }) {
  const heading = useRef<HTMLParagraphElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <p ref={heading} tabIndex={-1} role="alert">
        {t("case-sure", { what: t(`desk-case-${act}`) })}
      </p>
      {reason ? <blockquote translate={false}>{reason}</blockquote> : null}
    </>
  );
}

interface Filled {
  kind: string;
  of: string;
  reason: string;
}

/** True where everything that the act asks for is there. */
function isFilled({ act, reason: wants }: Offer, { kind, of, reason }: Filled): boolean {
  if (act === "classified") return kind !== "";
  if (act === "duplicate" && !NUMBER.test(of)) return false;
  return !wants || reason.trim().length >= SHORTEST;
}

export function CaseDialog({ offer, onClose }: { offer: Offer; onClose: () => void }) {
  const { act } = offer;
  const dialog = useRef<HTMLDialogElement>(null);
  const [sure, ask] = useState(false);
  const [filled, fill] = useState<Filled>({ kind: chosenKind(), of: "", reason: "" });
  useEffect(() => {
    failed.value = null;
    dialog.current?.showModal();
  }, []);
  const send = async (event: Event) => {
    event.preventDefault();
    if (GRAVE.includes(act) && !sure) return ask(true);
    const kind = act === "classified" ? filled.kind : undefined;
    const done = { case: act, of: act === "duplicate" ? filled.of.trim() : null };
    const text = kind ?? filled.reason.trim();
    if (await write({ act: "case", text, done, ...(kind ? { kind } : {}) })) dialog.current?.close();
    else ask(false);
  };
  const change = (some: Partial<Filled>) => fill({ ...filled, ...some });
  return (
    <dialog ref={dialog} class="forward" onClose={onClose} aria-labelledby="case-title">
      <form onSubmit={send}>
        <h2 id="case-title">{t(`desk-case-${act}`)}</h2>
        {sure ? (
          <Sure act={act} reason={filled.reason.trim()} />
        ) : (
          <>
            <Means offer={offer} />
            {act === "classified" ? <Kind kind={filled.kind} onChoose={(kind) => change({ kind })} /> : null}
            {act === "duplicate" ? (
              <Twin id="case-of" label={t("case-of")} value={filled.of} onType={(of) => change({ of })} />
            ) : null}
            {offer.reason ? (
              <Reason
                id="case-why"
                label={t("case-why")}
                value={filled.reason}
                onType={(reason) => change({ reason })}
              />
            ) : null}
          </>
        )}
        <Notice say={failed.value} strong />
        <p class="row">
          <button type="submit" class="button main" disabled={busy.value || !isFilled(offer, filled)}>
            {t(sure ? "case-go-sure" : "case-go")}
          </button>
          <button
            class="button quiet"
            type="button"
            disabled={busy.value}
            onClick={() => dialog.current?.close()}
          >
            {t("desk-cancel")}
          </button>
        </p>
      </form>
    </dialog>
  );
}
