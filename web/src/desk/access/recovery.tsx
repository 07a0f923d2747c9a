/** What a chief does with the unit's recovery shares: a file out for the offline machine, a file back in. */
import { useState } from "preact/hooks";
import { SealError } from "../../crypto/errors.ts";
import { explain } from "../failure.ts";
import { Notice } from "../frame/notice.tsx";
import { load as loadInbox } from "../inbox/tips.ts";
import { me } from "../session.ts";
import { t } from "../words.ts";
import { bringIn, NotOurs, saveShut, Unproven } from "./recovering.ts";

function why(error: unknown): string {
  if (error instanceof SealError) return "keys-file-bad";
  if (error instanceof Unproven) return "keys-unproven";
  return error instanceof NotOurs ? "keys-file-foreign" : explain(error);
}

export function Recovery() {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const [told, tell] = useState<string | null>(null);
  const acting = async (work: () => Promise<string>) => {
    setBusy(true);
    setFailed(null);
    try {
      tell(await work());
    } catch (error) {
      tell(null);
      if (me.value) setFailed(why(error));
    } finally {
      setBusy(false);
    }
  };
  const ask = () => acting(async () => saveShut().then(() => t("keys-saved")));
  const bring = (event: Event & { currentTarget: HTMLInputElement }) => {
    const input = event.currentTarget;
    const file = input.files?.[0];
    if (!file) return;
    const going = (done: number, of: number) => tell(t("keys-coming", { done, of }));
    acting(async () => {
      const tips = await bringIn(await file.text(), going);
      loadInbox();
      return t("keys-come", { tips });
    }).finally(() => {
      input.value = "";
    });
  };
  return (
    <section class="stack">
      <h2>{t("keys-recovery")}</h2>
      <p>{t("keys-recovery-what")}</p>
      <ol>
        {["ask", "use", "bring"].map((step) => (
          <li key={step}>{t(`keys-step-${step}`)}</li>
        ))}
      </ol>
      <p class="row">
        <button class="button" type="button" disabled={busy} onClick={ask}>
          {t("keys-ask")}
        </button>
      </p>
      <p class="row">
        <label for="keys-file">{t("keys-bring")}</label>
        <input id="keys-file" type="file" accept=".txt" disabled={busy} onChange={bring} />
      </p>
      <p role="status">{told}</p>
      <Notice say={failed} strong />
      <p class="small muted">{t("keys-recovery-log")}</p>
    </section>
  );
}
