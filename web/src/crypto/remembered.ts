/**
 * What a browser remembers of an audit chain between visits, sealed under the officer's device secret.
 *
 * Whoever can write to the browser's storage can take it away, and it can then be seen no more than on a new browser;
 * he cannot put another in its place.
 */
import { toBase64url } from "../shared/bytes.ts";
import type { Own } from "./acts.ts";
import type { Point } from "./audit.ts";
import { type Bytes, copied, joined, utf8 } from "./bytes.ts";
import { Unusable } from "./errors.ts";
import { derive } from "./labels.ts";
import { encodeLine, Fields } from "./wire.ts";

const FORMAT = 1;
const NONCE = 12;
const DIGEST = 32;
const USE = "audit-memory";
const LABEL = utf8("hopthu/v1/audit-memory");

/** The key of what is remembered at one site. `device` can sign and not be read. */
async function memoryKey(device: CryptoKey, site: string): Promise<CryptoKey> {
  const bound = new Uint8Array(await crypto.subtle.sign("HMAC", device, utf8(`hopthu/v1/${site}/${USE}`)));
  const raw = await derive(bound, site, USE);
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** A point of a chain, sealed. */
export async function sealPoint(point: Point, device: CryptoKey, site: string): Promise<Bytes> {
  const own = [...point.own].map(([serial, { n, record }]) => ({ serial, n, record: toBase64url(record) }));
  const gaps = [...point.withheld].map(([n, record]) => ({ n, record: toBase64url(record) }));
  const withheld = gaps.length > 0 ? { withheld: gaps } : {};
  const line = encodeLine({ v: 1, n: point.n, head: toBase64url(point.head), own, ...withheld });
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
  const how = { name: "AES-GCM", iv: nonce, additionalData: LABEL };
  const sealed = await crypto.subtle.encrypt(how, await memoryKey(device, site), line);
  return joined(new Uint8Array([FORMAT]), nonce, new Uint8Array(sealed));
}

/** The point. Throws Unusable where it was not sealed by this device for this site. */
export async function openPoint(sealed: Uint8Array, device: CryptoKey, site: string): Promise<Point> {
  const how = { name: "AES-GCM", iv: copied(sealed.subarray(1, 1 + NONCE)), additionalData: LABEL };
  const key = await memoryKey(device, site);
  if (sealed[0] !== FORMAT) throw new Unusable("audit memory: unknown format");
  try {
    return read(new Uint8Array(await crypto.subtle.decrypt(how, key, copied(sealed.subarray(1 + NONCE)))));
  } catch {
    throw new Unusable("audit memory");
  }
}

function read(line: Uint8Array): Point {
  const fields = Fields.parse(line);
  const gaps = fields.has("withheld");
  fields.expect(["v", "n", "head", "own", ...(gaps ? ["withheld"] : [])]);
  const own = fields.parts("own").map((one): [string, Own] => {
    one.expect(["serial", "n", "record"]);
    return [one.text("serial"), { n: one.number("n"), record: one.raw("record", DIGEST) }];
  });
  const withheld = (gaps ? fields.parts("withheld") : []).map((one): [number, Bytes] => {
    one.expect(["n", "record"]);
    return [one.number("n"), one.raw("record", DIGEST)];
  });
  const [n, head] = [fields.number("n"), fields.raw("head", DIGEST)];
  return { n, head, own: new Map(own), withheld: new Map(withheld) };
}
