/** A key is made, or an open one is locked: five words first, typed back, then the file. */
import { useState } from "preact/hooks";
import { normalPassphrase } from "../crypto/folding.ts";
import { lockSeed } from "../crypto/keylock.ts";
import { newPassphrase } from "../crypto/passphrases.ts";
import { verifyKeyOf } from "../crypto/signing.ts";
import { overwrite } from "../shared/bytes.ts";
import { PhraseField } from "../shared/phrase-field.tsx";
import { save } from "./files.ts";
import { hexOf, KEY_FILE } from "./office.ts";
import { SheetStep } from "./sheet-step.tsx";
import { t } from "./words.ts";
import { attempt, busy, close, go, office } from "./work.ts";

/** Makes a key, hands its locked file out, and keeps of it what everybody may know. */
async function makeKey(passphrase: string): Promise<string> {
  const seed = crypto.getRandomValues(new Uint8Array(32));
  const open = hexOf(await verifyKeyOf(seed));
  save({ name: KEY_FILE, body: await lockSeed(seed, passphrase) });
  overwrite(seed);
  return open;
}

export function MakeStep() {
  const [made, setMade] = useState("");
  return (
    <SheetStep title={t("auth-make")} at={1}>
      {made ? (
        <>
          <p>{t("auth-make-public")}</p>
          <p class="public">{made.match(/.{8}/g)?.join(" ")}</p>
          <p class="notice">{t("auth-make-keep", { file: KEY_FILE })}</p>
          <Done again={() => go("open")} />
        </>
      ) : (
        <>
          <p>{t("auth-make-how", { file: KEY_FILE })}</p>
          <Words take={async (phrase) => setMade(await makeKey(phrase))} back={() => go("open")} />
        </>
      )}
    </SheetStep>
  );
}

/** Locks the key that was opened out of an open file. */
export function LockStep() {
  const [done, setDone] = useState(false);
  const lock = async (phrase: string) => {
    const locked = await office.value?.locked(phrase);
    if (locked) save({ name: KEY_FILE, body: locked });
    setDone(true);
  };
  return (
    <SheetStep title={t("auth-lock")} at={2}>
      {done ? (
        <>
          <p class="notice">{t("auth-lock-keep", { file: KEY_FILE })}</p>
          <Done again={close} />
        </>
      ) : (
        <>
          <p>{t("auth-lock-how", { file: KEY_FILE })}</p>
          <Words take={lock} back={() => go("task")} />
        </>
      )}
    </SheetStep>
  );
}

/** Opening the folder again proves that the file lies in it, and that the words were written down. */
function Done({ again }: { again: () => void }) {
  return (
    <button class="button main" type="button" onClick={again}>
      {t("auth-make-done")}
    </button>
  );
}

interface WordsProps {
  take: (passphrase: string) => Promise<void>;
  back: () => void;
}

function Words({ take, back }: WordsProps) {
  const [phrase] = useState(newPassphrase);
  const [typed, setTyped] = useState("");
  const same = normalPassphrase(typed) === normalPassphrase(phrase);
  const go = (event: Event) => {
    event.preventDefault();
    if (!same) return;
    attempt(async () => {
      busy.value = { key: "auth-busy", done: 0, of: 0 };
      await take(phrase);
    });
  };
  return (
    <form class="stack" onSubmit={go}>
      <p id="words">{t("auth-words")}</p>
      <ol class="phrase" aria-labelledby="words">
        {phrase.split(" ").map((word) => (
          <li key={word}>{word}</li>
        ))}
      </ol>
      <p class="muted">{t("auth-words-keep")}</p>
      <PhraseField say={t} id="again" label={t("auth-words-again")} value={typed} onInput={setTyped} />
      <div class="row">
        <button class="button main" type="submit" disabled={!same || busy.value !== null}>
          {t("auth-words-save", { file: KEY_FILE })}
        </button>
        <button class="button" type="button" onClick={back}>
          {t("btn-back")}
        </button>
      </div>
    </form>
  );
}
