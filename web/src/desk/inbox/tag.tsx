/** The tag of a row: a word and a shape, never a colour alone. */
import { Pictogram } from "../../shared/pictogram.tsx";
import { t } from "../words.ts";
import type { Tag } from "./order.ts";

export function TipTag({ tag }: { tag: Tag }) {
  if (tag === "urgent")
    return (
      <span class="tag urgent">
        <Pictogram name="urgent" /> {t("desk-tag-urgent")}
      </span>
    );
  if (tag === "late" || tag === "soon")
    return (
      <span class={`tag ${tag}`}>
        <Pictogram name="now" /> {t(`desk-tag-${tag}`)}
      </span>
    );
  if (tag === "news")
    return (
      <span class="tag news">
        <span aria-hidden="true">●</span> {t("desk-tag-news")}
      </span>
    );
  if (tag === "fresh")
    return (
      <span class="tag fresh">
        <span aria-hidden="true">○</span> {t("desk-tag-fresh")}
      </span>
    );
  return null;
}
