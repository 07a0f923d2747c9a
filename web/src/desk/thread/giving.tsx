/** The door to giving a tip's key and taking it back. What is behind it is loaded once an officer asks for it. */
import { signal } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { useState } from "preact/hooks";
import { useLater } from "../frame/later.ts";
import { Notice } from "../frame/notice.tsx";
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

type Dialog = FunctionComponent<{ wanted: Wanted; onClose: () => void }>;

async function load(): Promise<Dialog> {
  const { KeysDialog, words } = await import("./keys/dialog.tsx");
  await learn(words);
  return KeysDialog;
}

function Behind({ wanted }: { wanted: Wanted }) {
  const [failed, tell] = useState<string | null>(null);
  const Come = useLater(load, tell);
  return Come ? <Come wanted={wanted} onClose={close} /> : <Notice say={failed} />;
}

/** Where it is done, apart from the column that folds on a narrow screen. */
export function Giving() {
  const now = asked.value;
  return now !== null && now.tip === tipId.value ? <Behind wanted={now.wanted} /> : null;
}
