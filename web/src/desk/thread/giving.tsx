/** The door to giving a tip's key and taking it back. What is behind it is loaded once an officer asks for it. */
import { signal } from "@preact/signals";
import { Lazily } from "../frame/lazily.tsx";
import { onLock } from "../session.ts";
import { learn } from "../words.ts";
import type { Wanted } from "./keys/dialog.tsx";
import { tipId } from "./thread.ts";

/** What is about to be done, and with which tip. */
const asked = signal<{ tip: string; wanted: Wanted } | null>(null);
const close = () => {
  asked.value = null;
};
onLock(close);

/** Opens the dialog over the open tip. */
export function askKeys(wanted: Wanted): void {
  asked.value = tipId.value === null ? null : { tip: tipId.value, wanted };
}

async function load() {
  const { KeysDialog, words } = await import("./keys/dialog.tsx");
  await learn(words);
  return KeysDialog;
}

/** Where it is done, apart from the column that folds on a narrow screen. */
export function Giving() {
  const now = asked.value;
  if (now === null || now.tip !== tipId.value) return null;
  return <Lazily load={load} show={{ wanted: now.wanted, onClose: close }} />;
}
