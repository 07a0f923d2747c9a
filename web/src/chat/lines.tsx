/**
 * One message of the box as elements: paragraphs, the two states in bold, numbers to dial, the parts of a mailbox.
 * What an officer wrote is shown as it stands.
 */
import type { ComponentChildren } from "preact";
import { Pictogram } from "../shared/pictogram.tsx";
import type { Texts } from "../shared/texts.ts";
import type { Said } from "./conversation.ts";
import { Paper } from "./paper.tsx";
import { words } from "./words.ts";

/** Numbers to dial: the short ones anywhere, and on a board whatever stands behind who answers. */
const SHORT = /\b(11[1345])\b/;
const LISTED = /(?<=: )(\+?\d[\d .]{1,14}\d)(?= \(|$)/;
const NONE = /((?!))/;

/** Reached by their national number alone: short ones, 1800, 1900, lines of the police and of the government. */
const NATIONAL = /^(1|069|080)/;

/** A message of the box, in the language it was said in. */
export function Message({ said }: { said: Said }) {
  const text = words(said.language);
  const mail = said.state === "mail";
  const asked = said.asks && said.state !== "board" && !urgent(said, text) ? question(said.lines) : -1;
  const lead = text("page-danger");
  const alarm =
    said.state === "board"
      ? -1
      : said.lines.findIndex((line) => sentences(line).some((one) => warns(one, lead)));
  return (
    <article class={`say ${said.kind}`} lang={said.language} data-n={said.n}>
      <span class="hidden">{text("page-box-says")}</span>
      {urgent(said, text) && <Call113 text={text} />}
      {said.kind === "paper" ? (
        <Paper lines={said.lines} language={said.language} text={text} />
      ) : mail ? (
        <Mailbox lines={said.lines} text={text} />
      ) : (
        said.lines.map((line, at) => (
          <p key={line} class={at === asked ? "ask" : undefined}>
            {at === alarm ? alarmed(line, text) : rich(line, said.state === "board", text)}
          </p>
        ))
      )}
    </article>
  );
}

/** Which line asks: one with a question mark, else the last. */
function question(lines: readonly string[]): number {
  const marked = lines.findLastIndex((line) => line.endsWith("?"));
  return marked >= 0 ? marked : lines.length - 1;
}

/** The first line that sends people in danger to a number: its sentences that do stand out. */
function alarmed(line: string, text: Texts): ComponentChildren {
  return sentences(line).map((sentence) => {
    const words = rich(sentence, false, text);
    return warns(sentence, text("page-danger")) ? <span class="danger">{words}</span> : words;
  });
}

/** The sentences of a line, each with the white space after it. */
function sentences(line: string): string[] {
  return line.split(/(?<=\.\s)/);
}

/** True for a sentence that asks people in danger to call; one that merely names a number does not. `lead`: "In danger: …". */
export function warns(sentence: string, lead: string): boolean {
  const danger = lead.split(":")[0]?.toLowerCase() ?? lead;
  const calls = /: \p{L}+ 113\.?\s*$/u.test(sentence);
  return SHORT.test(sentence) && (calls || sentence.toLowerCase().includes(danger));
}

/** True for the message that sends people to 113 first. */
function urgent(said: Said, text: Texts): boolean {
  return said.urgent || (said.lines[0] !== undefined && text("urgent").startsWith(said.lines[0]));
}

function Call113({ text }: { text: Texts }) {
  return (
    <a class="call113" href="tel:113">
      <Pictogram name="phone" /> {text("page-danger")} <b>113</b>
    </a>
  );
}

/** A line with its states in bold and its numbers to dial. */
function rich(line: string, board: boolean, text: Texts): ComponentChildren {
  return pieces(line, board, text).map(({ piece, what }) => {
    if (what === "state") return <b class="state">{piece}</b>;
    if (what === "number") return <a href={dialled(piece)}>{piece}</a>;
    return piece;
  });
}

/** What a line is made of. */
export function pieces(line: string, board: boolean, text: Texts): { piece: string; what: Kind }[] {
  const states = [text("page-unsent"), text("page-received")].join("|");
  const pattern = new RegExp(`(${states})|${(board ? LISTED : NONE).source}|${SHORT.source}`);
  const found = line
    .split(pattern)
    .map((piece, at) => ({ piece, what: KINDS[at % KINDS.length] ?? "words" }));
  return found.filter(({ piece }) => piece);
}

type Kind = "words" | "state" | "number";

/** Of each piece between and of each group of the pattern above. */
const KINDS: readonly Kind[] = ["words", "state", "number", "number"];

/** What a tap on a number as shown calls; the server's rule (handlers/telephones.py), held to the same examples. */
export function dialled(number: string): string {
  const digits = number.replace(/[^\d+]/g, "");
  return /^0\d{9,10}$/.test(digits) && !NATIONAL.test(digits) ? `tel:+84${digits.slice(1)}` : `tel:${digits}`;
}

/** The mailbox: status, the officer's words, the timeline, then the rest. */
function Mailbox({ lines, text }: { lines: readonly string[]; text: Texts }) {
  const blocks: ComponentChildren[] = [];
  let marks: string[] = [];
  const { shown, sent } = folded(lines, text("page-mail-sent"));
  shown.forEach((line, at) => {
    const mark = /^\d{1,2}\/\d{1,2}: /.test(line);
    if (mark) marks.push(line);
    if (line === text("page-mail-sent")) {
      blocks.push(<Folded key="sent" heading={line} parts={sent} />);
      return;
    }
    if (marks.length > 0 && (!mark || at === shown.length - 1)) {
      blocks.push(<Timeline key={`t${at}`} marks={marks} />);
      marks = [];
    }
    if (!mark) blocks.push(<MailLine key={`l${at}`} line={line} at={at} text={text} />);
  });
  return <>{blocks}</>;
}

/** The lines without the parts that were sent, which stand numbered under their heading; and those parts. */
export function folded(lines: readonly string[], heading: string): { shown: string[]; sent: string[] } {
  const from = lines.indexOf(heading) + 1;
  if (from === 0) return { shown: [...lines], sent: [] };
  const rest = lines.slice(from);
  const end = rest.findIndex((line, at) => !line.startsWith(`${at + 1}. `));
  const count = end < 0 ? rest.length : end;
  return { shown: [...lines.slice(0, from), ...rest.slice(count)], sent: rest.slice(0, count) };
}

function Folded({ heading, parts }: { heading: string; parts: readonly string[] }) {
  return (
    <details class="folded">
      <summary>{heading}</summary>
      <ol>
        {parts.map((part) => (
          <li key={part}>{part}</li>
        ))}
      </ol>
    </details>
  );
}

function MailLine({ line, at, text }: { line: string; at: number; text: Texts }) {
  const asked = text("mail-question", { text: "" }).trim();
  const answered = text("mail-answer", { text: "" }).trim();
  for (const opening of [asked, answered]) {
    if (line.startsWith(opening)) return <Officer who={opening} words={line.slice(opening.length).trim()} />;
  }
  const next = text("mail-next", { next: "" }).trim();
  if (at === 1 && line.startsWith(next)) return <p class="next">{line}</p>;
  const head = at === 0 ? /^(.+?\d{1,2}\/\d{1,2}\.) (.+?)\.?$/.exec(line) : null;
  return head ? <Status sent={head[1] ?? ""} state={head[2] ?? ""} /> : <p>{line}</p>;
}

function Status({ sent, state }: { sent: string; state: string }) {
  return (
    <div class="status">
      <p class="muted">{sent}</p>
      <h2>{state}</h2>
    </div>
  );
}

function Officer({ who, words }: { who: string; words: string }) {
  return (
    <div class="asked">
      <p class="muted">{who}</p>
      <p class="words">{words}</p>
    </div>
  );
}

function Timeline({ marks }: { marks: readonly string[] }) {
  return (
    <ol class="timeline">
      {marks.map((mark) => (
        <li key={mark}>{mark}</li>
      ))}
    </ol>
  );
}
