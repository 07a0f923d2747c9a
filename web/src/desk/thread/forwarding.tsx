/** The door to passing a tip on to another unit. What is behind it is loaded once an officer asks for it. */
import { signal } from "@preact/signals";
import { Lazily } from "../frame/lazily.tsx";
import { onLock } from "../session.ts";
import { learn, t } from "../words.ts";
import { tip, tipId, verdict } from "./thread.ts";

/** The tip that is about to be passed on. */
const asked = signal<string | null>(null);
const close = () => {
  asked.value = null;
};
onLock(close);

async function load() {
  const { ForwardDialog, words } = await import("./forward/dialog.tsx");
  await learn(words);
  return ForwardDialog;
}

/** Where it is done, apart from the column that folds on a narrow screen. */
export function Forwarding() {
  return asked.value !== null && asked.value === tipId.value ? (
    <Lazily load={load} show={{ onClose: close }} />
  ) : null;
}

export function ForwardButton({ off }: { off: boolean }) {
  if (verdict.value?.state !== "open" || tip.value?.state === "closed") return null;
  const ask = () => {
    asked.value = tipId.value;
  };
  return (
    <button class="button wide" type="button" disabled={off} onClick={ask}>
      {t("desk-forward")}
    </button>
  );
}
