/** The receipt over the whole page: six cells, copying, the last four digits, closing. Shown once. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Pictogram } from "../shared/pictogram.tsx";
import type { Texts } from "../shared/texts.ts";
import type { Receipt } from "./conversation.ts";
import { LargeText } from "./large.tsx";

/** The digits of a code in groups of four. */
export function groups(code: string): string[] {
  return code.replace(/\D/g, "").match(/\d{1,4}/g) ?? [];
}

interface Props {
  receipt: Receipt;
  text: Texts;
  close: () => void;
}

/** The card. Nothing else of the chat stands beside it. */
export function CodeCard({ receipt, text, close }: Props) {
  const cells = groups(receipt.code);
  const [noted, setNoted] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    scrollTo(0, 0);
    heading.current?.focus();
  }, []);
  useEffect(() => (noted ? undefined : askOnLeaving()), [noted]);
  return (
    <main class="stack">
      <div role="alert">
        <h1 class="received" tabIndex={-1} ref={heading}>
          <Pictogram name="check" /> <span class="state">{text("page-received")}</span>
        </h1>
      </div>
      {beside(receipt.before, text).map((line) => (
        <p key={line}>
          <b>{line}</b>
        </p>
      ))}
      <p>{text("page-code-keep")}</p>
      <Cells cells={cells} text={text} noted={() => setNoted(true)} />
      <Retype last={cells.at(-1) ?? ""} text={text} noted={() => setNoted(true)} />
      <div class="foot">
        {beside(receipt.lines, text).map((line) => (
          <p key={line}>{line}</p>
        ))}
        <Close noted={noted} text={text} close={close} />
        <p class="aside">
          <LargeText text={text} />
        </p>
      </div>
    </main>
  );
}

/** The browser asks before the page goes; the quick exit, which covers the page first, is never asked. */
function askOnLeaving(): () => void {
  const ask = (event: BeforeUnloadEvent) => {
    if (document.documentElement.classList.contains("gone")) return;
    event.preventDefault();
    event.returnValue = true; // older browsers heed this alone
  };
  addEventListener("beforeunload", ask);
  return () => removeEventListener("beforeunload", ask);
}

/** What was said beside the code, without what the card says itself. */
function beside(lines: readonly string[], text: Texts): string[] {
  return lines.filter((line) => !text("page-code-keep").includes(line) && line !== text("code-check"));
}

function Cells({ cells, text, noted }: { cells: string[]; text: Texts; noted: () => void }) {
  const [told, setTold] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(cells.join(" "));
      setTold("page-code-copied");
      noted();
    } catch {
      setTold("page-code-nocopy");
    }
  };
  return (
    <section class="receipt" aria-labelledby="code-name">
      <h2 id="code-name">{text("page-code-name")}</h2>
      {/* biome-ignore lint/a11y/noRedundantRoles: a list without bullets is no list to VoiceOver unless told */}
      <ol class="cells" role="list" aria-label={text("page-code-groups")}>
        {cells.map((cell, at) => (
          <li key={`${at}.${cell}`}>{cell}</li>
        ))}
      </ol>
      <button class="button" type="button" onClick={() => void copy()}>
        {text("btn-copy")}
      </button>
      <p class="told small" role="status">
        {told && text(told)}
      </p>
    </section>
  );
}

function Retype({ last, text, noted }: { last: string; text: Texts; noted: () => void }) {
  const [told, setTold] = useState("");
  const [tries, setTries] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const answer = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (tries > 0) answer.current?.scrollIntoView({ block: "nearest" });
  }, [tries]);
  const check = (event: Event) => {
    event.preventDefault();
    const typed = field.current?.value.normalize("NFKC").replace(/\D/g, "") ?? "";
    setTries(tries + 1);
    setTold(typed === "" ? "page-code-four" : typed === last ? "code-check-ok" : "code-check-bad");
    if (typed === last) noted();
    else field.current?.focus({ preventScroll: true });
  };
  return (
    <form class="stack" onSubmit={check}>
      <label for="four">{text("code-check")}</label>
      <div class="retype">
        <input class="four" id="four" ref={field} inputMode="numeric" maxLength={4} autocomplete="off" />
        <button class="button main" type="submit">
          {text("btn-copied")}
        </button>
      </div>
      <p class="told" role="status" ref={answer}>
        {told && text(told)}
      </p>
    </form>
  );
}

/** Closing asks once while nothing shows that the code was noted. */
function Close({ noted, text, close }: { noted: boolean; text: Texts; close: () => void }) {
  const [asked, setAsked] = useState(false);
  const staying = useRef<HTMLButtonElement>(null);
  useEffect(() => staying.current?.focus(), [asked]);
  const stay = () => {
    setAsked(false);
    scrollTo(0, 0);
  };
  if (!asked || noted) {
    return (
      <button class="button" type="button" onClick={noted ? close : () => setAsked(true)}>
        {text("btn-close")}
      </button>
    );
  }
  return (
    <div class="stack" role="alert">
      <p>
        <b>{text("page-code-sure")}</b>
      </p>
      <div class="row">
        <button class="button" type="button" onClick={stay} ref={staying}>
          {text("page-code-stay")}
        </button>
        <button class="button" type="button" onClick={close}>
          {text("btn-close")}
        </button>
      </div>
    </div>
  );
}
