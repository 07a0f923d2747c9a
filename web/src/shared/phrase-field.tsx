/** A passphrase field with its show switch. Holds no value of its own, and asks the browser to keep none. */
import { useState } from "preact/hooks";

interface PhraseFieldProps {
  /** The page's own words. */
  say: (key: string) => string;
  id: string;
  label: string;
  value: string;
  onInput: (value: string) => void;
}

export function PhraseField({ say, id, label, value, onInput }: PhraseFieldProps) {
  const [shown, setShown] = useState(false);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="joined">
        <input
          id={id}
          {...(shown ? { type: "text" as const } : { type: "password" as const })}
          value={value}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          required
          onInput={(event) => onInput(event.currentTarget.value)}
        />
        <button class="button" type="button" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {say(shown ? "login-hide" : "login-show")}
        </button>
      </div>
    </div>
  );
}
