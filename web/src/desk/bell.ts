/** What rang since the officer last looked: counted in the title and in one quiet line, never a sound. */
import { signal } from "@preact/signals";
import { unopened } from "./inbox/tips.ts";
import { onLock } from "./session.ts";
import { t } from "./words.ts";

export const rung = signal(0);

onLock(() => {
  rung.value = 0;
});

/** One more thing to look at. */
export function ring(): void {
  rung.value += 1;
}

/** The officer has looked. */
export function quiet(): void {
  rung.value = 0;
}

/** The title of the tab: neutral, with the count of tips nobody has opened in front; a dot where the bell rang. */
export function titled(): string {
  const dot = rung.value > 0 ? "● " : "";
  return unopened.value > 0 ? `${dot}(${unopened.value}) ${t("desk-title")}` : dot + t("desk-title");
}
