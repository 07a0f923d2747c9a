/**
 * A tip as a document to be read and printed: facts, then every entry in order with who wrote it. Photos are drawn
 * anew; recordings, films and files stand by the name of their sealed file.
 */
import { isMediaKind } from "../../../crypto/contents.ts";
import type { TipRow } from "../../api/shapes.ts";
import { dayOf, hour, minute } from "../../clock.ts";
import { shortNumber } from "../../inbox/order.ts";
import { boxName, kindName } from "../../inbox/row.tsx";
import type { EntryView, Opening } from "../../keys/messages.ts";
import { t } from "../../words.ts";
import { DEEDS, doneWords } from "../entries.tsx";
import { shownAs } from "../media/shown.ts";
import { attachmentName } from "./packing.ts";
import { Paper } from "./paper.ts";

/** What the head of the document says beside the tip itself. */
export interface Heading {
  row: TipRow;
  opening: Opening;
  unit: string;
  officer: string;
  purpose: string;
  /** UTC seconds. */
  at: number;
}

/** "20/11/2026" of an ISO day. */
const whole = (day: string) => day.slice(0, 10).split("-").reverse().join("/");

function when({ by, day, at }: EntryView): string {
  if (by === null) return whole(day ?? "");
  return at === null ? "" : `${minute(at)} ${whole(dayOf(at))}`;
}

function author({ by, kind, about }: EntryView): string {
  if (by !== null) return t(`desk-signed-${kind}`, { name: by.officer });
  return [t("desk-reporter"), about ? t(`desk-about-${about}`) : ""].filter(Boolean).join(", ");
}

function head(paper: Paper, { row, opening, unit, officer, purpose, at }: Heading): void {
  const number = shortNumber(row);
  const received = t("export-doc-hour", { hour: hour(row.received), day: whole(dayOf(row.received)) });
  paper.say(t("export-doc-title", { number }), { size: 18, bold: true, after: 1 });
  paper.say(unit, { size: 12, after: 4 });
  const facts: [string, string][] = [
    ["received", row.urgent ? `${minute(row.received)} ${whole(dayOf(row.received))}` : received],
    ["box", boxName(opening)],
    ["kind", kindName(opening)],
    ["status", t(`desk-case-${row.status}`)],
    ["by", officer],
    ["purpose", t(`desk-log-purpose-${purpose}`)],
    ["made", t("export-doc-hour", { hour: hour(at), day: whole(dayOf(at)) })],
  ];
  for (const [name, value] of facts) paper.say(`${t(`export-doc-${name}`)}: ${value}`, { after: 0.5 });
  paper.say(t("export-doc-warn"), { size: 10, grey: true, after: 3 });
}

/** Draws a photo where it may be drawn; the caller knows how it is opened. */
export type Draw = (entry: EntryView) => Promise<HTMLCanvasElement | null>;

async function content(paper: Paper, entry: EntryView, draw: Draw): Promise<void> {
  const { media, kind, coordinates, text } = entry;
  const drawn = media && isMediaKind(kind) && shownAs(kind, media) === "photo" ? await draw(entry) : null;
  if (drawn) paper.picture(drawn);
  else if (media)
    paper.say(t("export-doc-file", { file: attachmentName(entry.seq), mime: media.mime }), { grey: true });
  if (coordinates)
    paper.say(`${t("desk-place-coordinates")}: ${coordinates.latitude}, ${coordinates.longitude}`);
  if (text) paper.say(text);
}

/** The document's bytes. Throws where the typeface does not come or a photo does not open. */
export async function written(
  heading: Heading,
  entries: readonly EntryView[],
  draw: Draw,
): Promise<ArrayBuffer> {
  const title = t("export-doc-title", { number: shortNumber(heading.row) });
  const paper = await Paper.blank(title);
  head(paper, heading);
  for (const entry of entries) {
    paper.rule();
    if (entry.shut) {
      paper.say(`${entry.seq}. ${t("desk-part-shut")}`, { size: 10, grey: true, after: 1 });
      continue;
    }
    const deed = entry.by !== null && DEEDS.includes(entry.kind);
    const said = deed ? doneWords(entry, entry.by?.officer ?? "") : author(entry);
    paper.say(`${entry.seq}. ${said} · ${when(entry)}`, { size: 10, grey: true, after: 1 });
    if (!deed) await content(paper, entry, draw);
  }
  return paper.done(`${title} · ${heading.unit}`);
}
