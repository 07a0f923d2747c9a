/**
 * The signed acknowledgement as a page reads it: form and armour. Whether its signatures count is for whoever has the
 * server's audit keys to say (`hopthu audit acknowledgement`); a page has none that it could trust more than the server.
 */
import { Unusable } from "./errors.ts";
import { Fields, splitSigned } from "./wire.ts";

/** What one says: a tip with this fingerprint came to this unit on this ISO day. */
export interface Received {
  site: string;
  demo: boolean;
  unit: string;
  name: string;
  day: string;
  fingerprint: Uint8Array;
}

const KIND = "hopthu-acknowledgement";
const KEY = 32;
const SIGNATURE = 64;
const FIELDS = "v kind site demo unit name day fingerprint key certificate".split(" ");
const ARMOUR =
  /-----BEGIN HOPTHU ACKNOWLEDGEMENT-----\s+([A-Za-z0-9+/=\s]+?)\s+-----END HOPTHU ACKNOWLEDGEMENT-----/g;

/** The one acknowledgement in a text. Throws Unusable where there is not exactly one, or it is broken. */
export function readAcknowledgement(text: string): Received {
  const found = [...text.matchAll(ARMOUR)];
  if (found.length !== 1) throw new Unusable("acknowledgement: none, or more than one");
  const { line, filling } = splitSigned(body(found[0]?.[1]?.replace(/\s/g, "") ?? ""));
  if (filling.length > 0) throw new Unusable("acknowledgement: longer than it is");
  const fields = Fields.parse(line);
  fields.expect(FIELDS);
  if (fields.text("kind") !== KIND) throw new Unusable("acknowledgement: another kind");
  fields.raw("key", KEY);
  fields.raw("certificate", SIGNATURE);
  return {
    site: fields.shown("site"),
    demo: fields.flag("demo"),
    unit: fields.shown("unit"),
    name: fields.shown("name"),
    day: fields.day("day"),
    fingerprint: fields.raw("fingerprint", KEY),
  };
}

function body(letters: string): Uint8Array {
  let binary = "";
  try {
    binary = atob(letters);
  } catch {
    throw new Unusable("acknowledgement: armour");
  }
  if (btoa(binary) !== letters) throw new Unusable("acknowledgement: armour");
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}
