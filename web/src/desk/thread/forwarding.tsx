/** The door to passing a tip on to another unit. What is behind it is loaded once an officer asks for it. */
import { signal } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { useState } from "preact/hooks";
import { useLater } from "../frame/later.ts";
import { Notice } from "../frame/notice.tsx";
import { onLock } from "../session.ts";
import { learn, t } from "../words.ts";
import { tip, tipId, verdict } from "./thread.ts";

/** The tip that is about to be passed on. */
const asked = signal<string | null>(null);
const close = () => {
  asked.value = null;
};
onLock(close);

type Dialog = FunctionComponent<{ onClose: () => void }>;

async function load(): Promise<Dialog> {
  const { ForwardDialog, words } = await import("./forward/dialog.tsx");
  await learn(words);
  return ForwardDialog;
}

function Behind() {
  const [failed, tell] = useState<string | null>(null);
  const Come = useLater(load, tell);
  return Come ? <Come onClose={close} /> : <Notice say={failed} />;
}

/** Where it is done, apart from the column that folds on a narrow screen. */
export function Forwarding() {
  return asked.value !== null && asked.value === tipId.value ? <Behind /> : null;
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
