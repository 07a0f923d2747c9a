/** Step 4: the 24 recovery words, shown once, then two of them asked back. */
import { useState } from "preact/hooks";
import { Card } from "../frame/card.tsx";
import { Notice } from "../frame/notice.tsx";
import { t } from "../words.ts";
import { failed, made, samePhrase, send, step } from "./enrolment.ts";

const ASKED = [3, 8];

export function WordsStep() {
  const next = () => {
    step.value = "check";
  };
  return (
    <Card title={t("enrol-words")} step={4}>
      <p>{t("enrol-words-why")}</p>
      <ol class="recovery">
        {made.value?.words.map((word, n) => (
          <li key={n}>{word}</li>
        ))}
      </ol>
      <p>{t("enrol-words-keep")}</p>
      <button class="button main" type="button" onClick={next}>
        {t("enrol-words-next")}
      </button>
    </Card>
  );
}

export function CheckStep() {
  const [typed, setTyped] = useState<Record<number, string>>({});
  const [wrong, setWrong] = useState(false);
  const words = made.value?.words ?? [];
  const next = (event: Event) => {
    event.preventDefault();
    const good = ASKED.every((n) => samePhrase(typed[n] ?? "", words[n - 1] ?? ""));
    setWrong(!good);
    if (good) send();
  };
  const back = () => {
    step.value = "words";
  };
  return (
    <Card title={t("enrol-check")} step={4}>
      <form class="stack" onSubmit={next}>
        <div class="row pair">
          {ASKED.map((n) => (
            <div class="field" key={n}>
              <label for={`word-${n}`}>{t("enrol-check-word", { n })}</label>
              <input
                id={`word-${n}`}
                value={typed[n] ?? ""}
                autocomplete="off"
                autocapitalize="none"
                spellcheck={false}
                required
                onInput={(event) => setTyped({ ...typed, [n]: event.currentTarget.value })}
              />
            </div>
          ))}
        </div>
        <div class="row">
          <button type="submit" class="button main">
            {t("enrol-check-next")}
          </button>
          <button class="button" type="button" onClick={back}>
            {t("enrol-check-back")}
          </button>
        </div>
        <Notice say={wrong ? "enrol-check-wrong" : failed.value} strong />
      </form>
    </Card>
  );
}
