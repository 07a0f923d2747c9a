/** Twenty digits in four groups of five, to be read aloud. */
import { t } from "../words.ts";

export function Digits({ value }: { value: string }) {
  const groups = value.match(/\d{5}/g) ?? [];
  return (
    <ol class="digits" aria-label={t("enrol-digits-label")}>
      {groups.map((group, n) => (
        <li key={n}>{group}</li>
      ))}
    </ol>
  );
}
