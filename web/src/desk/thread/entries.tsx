/** The thread's entries in order, under the day they were written. Text is only ever text. */
import type { ComponentChildren } from "preact";
import { type Coordinates, isMediaKind } from "../../crypto/contents.ts";
import { Pictogram } from "../../shared/pictogram.tsx";
import { dayMonth, isoDay, minute } from "../clock.ts";
import type { EntryView, MediaView, SheetOfficer } from "../keys/messages.ts";
import { me } from "../session.ts";
import { t } from "../words.ts";
import { FilePart } from "./media/file.tsx";
import { PhotoPart } from "./media/photo.tsx";
import { PlacePart } from "./media/place.tsx";
import { Player } from "./media/player.tsx";
import { shownAs } from "./media/shown.ts";

function officerName(officer: SheetOfficer): string {
  return officer.serial === me.value?.serial ? t("desk-me") : officer.officer || t("desk-someone");
}

function Time({ entry }: { entry: EntryView }) {
  return entry.at === null ? null : <span class="muted num">{minute(entry.at)}</span>;
}

function Head({ entry }: { entry: EntryView }) {
  if (entry.by === null)
    return (
      <p class="small muted">
        {t("desk-reporter")}{" "}
        {entry.about ? <span class="about">{t(`desk-about-${entry.about}`)}</span> : null}{" "}
        <Later entry={entry} />
      </p>
    );
  const name = officerName(entry.by);
  return (
    <p class="small">
      {entry.sound ? <Pictogram name="check" /> : null}
      <span>{t(entry.sound ? `desk-signed-${entry.kind}` : "desk-unsigned", { name })}</span>
      <Time entry={entry} />
    </p>
  );
}

/** Unsound parts carry the warning themselves, so that it cannot be scrolled away from. */
function Later({ entry }: { entry: EntryView }) {
  return entry.sound ? null : <strong class="bad">{t("desk-part-unsound")}</strong>;
}

/** What was done with the tip, and why, or of what kind of matter it is. */
export function caseWords(
  { done: act, text, of }: Pick<EntryView, "done" | "text" | "of">,
  name: string,
): string {
  const why = act === "classified" ? t(`cat-${text}`) : [of, text].filter(Boolean).join(", ");
  return t(why ? "desk-case-set-why" : "desk-case-set", { name, what: t(`desk-case-${act}`), why });
}

/** What an officer did beside writing to the reporter. */
export function doneWords(entry: EntryView, name: string): string {
  const { kind, text, to } = entry;
  if (kind === "case") return caseWords(entry, name);
  if (kind === "state") return t("desk-state-set", { name, state: t(`st-${text}`) });
  if (kind === "forward") return t("desk-history-forward", { name, unit: to ?? "", reason: text });
  if (kind === "rekey") return t("desk-history-rekey", { name });
  return t(text === "" ? "desk-took" : "desk-took-over", { name, reason: text });
}

function StateLine({ entry }: { entry: EntryView }) {
  return (
    <p class="state-line small muted">
      <Pictogram name="check" />{" "}
      <span translate={false}>{doneWords(entry, entry.by ? officerName(entry.by) : "")}</span>{" "}
      <Time entry={entry} /> <Later entry={entry} />
    </p>
  );
}

/** Kinds of entries that say what an officer did, not what somebody wrote. */
export const DEEDS: readonly EntryView["kind"][] = ["state", "take", "forward", "rekey", "case"];

interface EntryProps {
  entry: EntryView;
  /** Which one of its kind it is in the thread. */
  n: number;
  places: ReadonlyMap<number, Coordinates>;
}

function Media({ kind, media, n }: { kind: EntryView["kind"]; media: MediaView; n: number }) {
  const as = isMediaKind(kind) ? shownAs(kind, media) : "file";
  if (as === "photo") return <PhotoPart media={media} n={n} />;
  if (as === "file") return <FilePart media={media} n={n} kind={kind} />;
  return <Player kind={as} media={media} n={n} />;
}

function Entry({ entry, n, places }: EntryProps) {
  if (entry.kind === "other")
    return <p class="bad small">{t(entry.shut ? "desk-part-shut" : "desk-part-unreadable")}</p>;
  if (DEEDS.includes(entry.kind)) return <StateLine entry={entry} />;
  return (
    <article class={`entry ${entry.by ? "ours" : ""} ${entry.sound ? "" : "unsound"}`}>
      <Head entry={entry} />
      {entry.media ? <Media kind={entry.kind} media={entry.media} n={n} /> : null}
      {entry.coordinates ? <PlacePart place={entry.coordinates} n={n} places={places} /> : null}
      {entry.text ? (
        <p class="said" dir="auto" translate={false}>
          {entry.text}
        </p>
      ) : null}
    </article>
  );
}

/** Every place of the thread by its number. */
function placesOf(entries: readonly EntryView[]): Map<number, Coordinates> {
  const found = entries.flatMap(({ coordinates }) => coordinates ?? []);
  return new Map(found.map((place, at) => [at + 1, place]));
}

export function Entries({ entries }: { entries: readonly EntryView[] }) {
  const lines: ComponentChildren[] = [];
  let day = "";
  const numbers = new Map<string, number>();
  const places = placesOf(entries);
  for (const entry of entries) {
    const on = entry.at === null ? isoDay(entry.day ?? "") : dayMonth(entry.at);
    if (on !== day) {
      lines.push(
        <h2 class="day" key={`day-${entry.seq}`}>
          {on}
        </h2>,
      );
    }
    day = on;
    const n = (numbers.get(entry.kind) ?? 0) + 1;
    numbers.set(entry.kind, n);
    lines.push(<Entry key={entry.seq} entry={entry} n={n} places={places} />);
  }
  return <div class="entries">{lines}</div>;
}
