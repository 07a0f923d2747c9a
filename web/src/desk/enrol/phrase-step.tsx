/** Step 2: the name of the account and five words to learn, typed back once. */
import { useState } from "preact/hooks";
import { PhraseField } from "../../shared/phrase-field.tsx";
import { Card } from "../frame/card.tsx";
import { Notice } from "../frame/notice.tsx";
import { t } from "../words.ts";
import { account, failed, makeKeys, newPhrase, phrase, samePhrase, send, step } from "./enrolment.ts";

/** As the server takes them. */
const NAME = "[a-z0-9][a-z0-9._\\-]{1,31}";

function NameField() {
  return (
    <div class="field">
      <label for="account">{t("login-account")}</label>
      <input
        id="account"
        value={account.value}
        pattern={NAME}
        autocapitalize="none"
        spellcheck={false}
        required
        aria-describedby="account-rule"
        onInvalid={(event) => event.currentTarget.setCustomValidity(t("enrol-account-rule"))}
        onInput={(event) => {
          event.currentTarget.setCustomValidity("");
          account.value = event.currentTarget.value.trim().toLowerCase();
        }}
      />
      <p class="small muted" id="account-rule">
        {t("enrol-account-rule")}
      </p>
    </div>
  );
}

export function PhraseStep() {
  const next = (event: Event) => {
    event.preventDefault();
    failed.value = null;
    step.value = "repeat";
  };
  return (
    <Card title={t("enrol-phrase")} step={2}>
      <form class="stack" onSubmit={next}>
        <NameField />
        <div class="field">
          <p id="phrase-label">{t("enrol-phrase-label")}</p>
          <ol class="phrase" aria-labelledby="phrase-label" aria-live="polite">
            {phrase.value.map((word) => (
              <li key={word}>{word}</li>
            ))}
          </ol>
          <p class="small muted">{t("enrol-phrase-why")}</p>
        </div>
        <div class="row">
          <button type="submit" class="button main" disabled={phrase.value.length === 0}>
            {t("enrol-phrase-next")}
          </button>
          <button class="button" type="button" onClick={newPhrase}>
            {t("enrol-phrase-other")}
          </button>
        </div>
        <Notice say={failed.value} strong />
      </form>
    </Card>
  );
}

export function RepeatStep() {
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  const next = (event: Event) => {
    event.preventDefault();
    const same = samePhrase(typed, phrase.value.join(" "));
    setWrong(!same);
    if (same) makeKeys();
  };
  return (
    <Card title={t("enrol-repeat")} step={2}>
      <form class="stack" onSubmit={next}>
        <PhraseField say={t} id="again" label={t("enrol-repeat-label")} value={typed} onInput={setTyped} />
        <div class="row">
          <button type="submit" class="button main">
            {t("enrol-repeat-next")}
          </button>
          <button
            class="button"
            type="button"
            onClick={() => {
              step.value = "phrase";
            }}
          >
            {t("enrol-repeat-back")}
          </button>
        </div>
        <Notice say={wrong ? "enrol-repeat-wrong" : null} strong />
      </form>
    </Card>
  );
}

/** Only where the name turned out to be taken: everything else is kept. */
export function NameStep() {
  const next = (event: Event) => {
    event.preventDefault();
    send();
  };
  return (
    <Card title={t("enrol-name")} step={4}>
      <form class="stack" onSubmit={next}>
        <Notice say={failed.value} strong />
        <NameField />
        <button type="submit" class="button main">
          {t("enrol-name-next")}
        </button>
      </form>
    </Card>
  );
}
