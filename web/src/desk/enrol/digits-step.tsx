/** Step 5: the fingerprint, read aloud to whoever answers for the unit sheet. */
import { useState } from "preact/hooks";
import { Pictogram } from "../../shared/pictogram.tsx";
import { Card } from "../frame/card.tsx";
import { Notice } from "../frame/notice.tsx";
import { demo } from "../session.ts";
import { t } from "../words.ts";
import { Digits } from "./digits.tsx";
import { digits, failed, goOn } from "./enrolment.ts";

export function DigitsStep() {
  const [differs, setDiffers] = useState(false);
  return (
    <Card title={t("enrol-digits")} step={5}>
      <p>{t("enrol-digits-how")}</p>
      <Digits value={digits.value} />
      {demo.value ? <p class="muted">{t("enrol-digits-demo")}</p> : null}
      <div class="row">
        <button class="button main" type="button" onClick={goOn}>
          <Pictogram name="check" /> {t("enrol-digits-next")}
        </button>
        <button class="button" type="button" aria-expanded={differs} onClick={() => setDiffers(true)}>
          {t("enrol-digits-differ")}
        </button>
      </div>
      <Notice say={differs ? "enrol-digits-stop" : failed.value} strong />
    </Card>
  );
}
