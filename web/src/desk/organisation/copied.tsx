/** A text to be taken along: shown as it is, and copied by a button that says whether it was. */
import { useState } from "preact/hooks";
import { t } from "../words.ts";

export function Copied({ label, text }: { label: string; text: string }) {
  const [said, say] = useState<string | null>(null);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => say("org-copied"),
      () => say("org-copy-not"),
    );
  return (
    <div class="field">
      <p>{label}</p>
      <div class="joined">
        <code class="address">{text}</code>
        <button class="button" type="button" aria-label={t("org-copy-of", { what: label })} onClick={copy}>
          {t("org-copy")}
        </button>
      </div>
      <p class="small muted" role="status">
        {said ? t(said) : null}
      </p>
    </div>
  );
}
