/** The large-text switch of the chat: works as on every page (shared/large.ts). */
import type { Texts } from "../shared/texts.ts";

/** Says what a tap brings, as the page stands. */
export function LargeText({ text }: { text: Texts }) {
  return (
    <button class="text-button" type="button" data-large>
      Aa <span class="at-normal">{text("page-large")}</span>
      <span class="at-large">{text("page-large-off")}</span>
    </button>
  );
}
