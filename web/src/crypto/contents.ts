/**
 * What a reporter's entry holds beside words: media in a blob of their own, and a place on the map.
 *
 * Owns the written form of both. Opening the blob itself is the business of tips.ts.
 */
import { toBase64url } from "../shared/bytes.ts";
import type { Bytes } from "./bytes.ts";
import { Unusable } from "./errors.ts";
import type { Fields } from "./wire.ts";

export const MEDIA_KINDS = ["photo", "voice", "video", "file"] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

export const DIGEST = 32;
const NAMES = ["mime", "bytes", "blob", "sha256"];
const DEGREES = /^-?(?:0|[1-9][0-9]{0,2})\.[0-9]{5}$/;
const LATITUDE = 90;
const LONGITUDE = 180;

/**
 * A sealed photo, recording, film or file: MIME type, clear size in bytes, name and SHA-256 of the sealed blob.
 *
 * `seconds` is set for a recording and a film (0 where nobody knows); `cleaned` is false where hidden information
 * could not be taken out.
 */
export interface Media {
  mime: string;
  bytes: number;
  blob: string;
  sha256: Bytes;
  seconds: number | null;
  cleaned: boolean;
}

/** A place in decimal degrees, each with five digits after the point: `18.52000`, `105.70000`. */
export interface Coordinates {
  latitude: string;
  longitude: string;
}

/** True for a kind of entry whose content lies in a blob. */
export function isMediaKind(kind: string): kind is MediaKind {
  return MEDIA_KINDS.some((known) => known === kind);
}

/** The object under `media`. */
export function mediaFields(media: Media): Record<string, unknown> {
  const { mime, bytes, blob, sha256, seconds, cleaned } = media;
  const timed = seconds === null ? {} : { seconds };
  return { mime, bytes, blob, sha256: toBase64url(sha256), ...timed, ...(cleaned ? {} : { cleaned }) };
}

/** The media of an entry of this kind. Throws Unusable where it is of another form. */
export function readMedia(fields: Fields, kind: MediaKind): Media {
  const timed = kind === "voice" || kind === "video";
  const raw = fields.has("cleaned");
  fields.expect([...NAMES, ...(timed ? ["seconds"] : []), ...(raw ? ["cleaned"] : [])]);
  if (raw && fields.flag("cleaned")) throw new Unusable("media: cleaned is said only where it is not");
  return {
    mime: fields.text("mime"),
    bytes: fields.number("bytes"),
    blob: fields.text("blob"),
    sha256: fields.raw("sha256", DIGEST),
    seconds: timed ? fields.number("seconds") : null,
    cleaned: !raw,
  };
}

/** The place of an entry. Throws Unusable where it is none on this earth. */
export function readPlace(fields: Fields): Coordinates {
  fields.expect(["latitude", "longitude"]);
  return {
    latitude: degrees(fields.text("latitude"), LATITUDE),
    longitude: degrees(fields.text("longitude"), LONGITUDE),
  };
}

function degrees(text: string, most: number): string {
  if (!DEGREES.test(text) || Math.abs(Number(text)) > most || text === "-0.00000")
    throw new Unusable("place: degrees");
  return text;
}
