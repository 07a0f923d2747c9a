/** The door to taking a tip out as a file. What is behind it is loaded once an officer asks for it. */
import { signal } from "@preact/signals";
import { Lazily } from "../frame/lazily.tsx";
import { onLock } from "../session.ts";
import { learn, t } from "../words.ts";
import { tipId, verdict } from "./thread.ts";

/** The tip that is about to be taken out. */
const asked = signal<string | null>(null);
const close = () => {
  asked.value = null;
};
onLock(close);

async function load() {
  const { ExportDialog, words } = await import("./export/dialog.tsx");
  await learn(words);
  return ExportDialog;
}

/** Where it is done, apart from the column that folds on a narrow screen. */
export function Exporting() {
  const tip = asked.value;
  return tip !== null && tip === tipId.value ? <Lazily load={load} show={{ tip, onClose: close }} /> : null;
}

/** Of a thread that verifies alone: a file that leaves the house must hold. */
export function ExportButton({ off }: { off: boolean }) {
  if (verdict.value?.state !== "open") return null;
  const ask = () => {
    asked.value = tipId.value;
  };
  return (
    <button class="button wide" type="button" disabled={off} onClick={ask}>
      {t("desk-export")}
    </button>
  );
}
