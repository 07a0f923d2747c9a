/** The signed acknowledgement as it stands in the log: what it says, what was signed, and a button that saves it. */
import { useState } from "preact/hooks";
import type { Language, Texts } from "../shared/texts.ts";

interface Props {
  /** What it says; last the armour. */
  lines: readonly string[];
  language: Language;
  text: Texts;
}

/** Nothing of it is on the device before the button is tapped. */
export function Paper({ lines, language, text }: Props) {
  const [told, setTold] = useState("");
  const name = text("page-paper");
  const keep = async () => {
    try {
      const { keepPaper } = await import("./papers.ts");
      keepPaper({ name, lines, language });
      setTold("page-paper-kept");
    } catch {
      setTold("page-failed");
    }
  };
  return (
    <>
      <h2>{name}</h2>
      {lines.slice(0, -1).map((line) => (
        <p key={line}>{line}</p>
      ))}
      <details class="folded">
        <summary>{text("page-paper-signed")}</summary>
        <pre>{lines.at(-1)}</pre>
      </details>
      <button class="button" type="button" onClick={() => void keep()}>
        {text("page-paper-keep")}
      </button>
      <p class="told small" role="status">
        {told && text(told)}
      </p>
    </>
  );
}
