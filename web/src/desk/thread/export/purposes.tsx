/** What something is taken out for, as the log tells it: chosen from a short list, never typed. */
import type { Purpose } from "../../keys/messages.ts";
import { t } from "../../words.ts";

const PURPOSES: readonly Purpose[] = ["inspection", "report", "file", "other"];

export function ChoosePurpose({
  purpose,
  onChoose,
}: {
  purpose: Purpose | "";
  onChoose: (purpose: Purpose | "") => void;
}) {
  return (
    <>
      <label for="export-purpose">{t("export-purpose")}</label>
      <select
        id="export-purpose"
        value={purpose}
        onChange={(event) => onChoose(PURPOSES.find((one) => one === event.currentTarget.value) ?? "")}
      >
        <option value="">{t("export-choose")}</option>
        {PURPOSES.map((one) => (
          <option key={one} value={one}>
            {t(`desk-log-purpose-${one}`)}
          </option>
        ))}
      </select>
    </>
  );
}
