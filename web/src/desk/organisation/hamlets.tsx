/** The end of a hamlet: its boxes hang on, and belong to the one that goes on for it, or to none. */
import { useState } from "preact/hooks";
import { language, t } from "../words.ts";
import { useActing } from "./acting.ts";
import { perform } from "./acts.ts";
import { useNamed } from "./fields.tsx";
import { changed } from "./listing.ts";
import { titleOf } from "./lists.ts";
import type { Row } from "./shapes.ts";
import { TwoSteps } from "./two-steps.tsx";

export function HamletEnd({ row, onDone }: { row: Row; onDone: () => void }) {
  const [into, setInto] = useState("");
  const { busy, failed, act } = useActing();
  const { hamlets } = useNamed("boxes", row.unit);
  const name = titleOf("hamlets", row, language.value);
  const end = async () => {
    const said = { code: row.key, into: into || null };
    if (await act(() => perform("hamlets", "hamlets/end", said))) {
      onDone();
      await changed("org-hamlet-ended", { name });
    }
  };
  return (
    <TwoSteps
      ask={t("org-hamlet-ask", { name })}
      first={t("org-hamlet-end")}
      second={t("org-hamlet-yes")}
      busy={busy}
      failed={failed}
      onDo={end}
    >
      <div class="field">
        <label for="f-into">{t("org-hamlet-into")}</label>
        <select id="f-into" value={into} onChange={(event) => setInto(event.currentTarget.value)}>
          <option value="">{t("org-hamlet-none")}</option>
          {hamlets
            .filter(([code]) => code !== row.key)
            .map(([code, called]) => (
              <option key={code} value={code}>
                {called}
              </option>
            ))}
        </select>
      </div>
    </TwoSteps>
  );
}
