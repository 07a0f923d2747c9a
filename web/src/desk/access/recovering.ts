/**
 * The unit's recovery shares as a chief's console knows them: the file for the offline machine, and what came of it back.
 *
 * Owns how much goes at once, each part under the chief's own signed act, once his own keys in it have
 * opened their tips.
 */
import { type Given, readGiven, recoveredDigest } from "../../crypto/recovery.ts";
import { toBase64url } from "../../shared/bytes.ts";
import { save } from "../../shared/saving.ts";
import { loadTip } from "../api/routes.ts";
import { bytes, post, Refused } from "../api/wire.ts";
import { signed } from "../audit/chain.ts";
import { ask } from "../keys/client.ts";
import { me, whileIn } from "../session.ts";

/** Letters of keys that go at once: the server takes a million with what stands around them. */
const AT_ONCE = 600_000;
const MOST = 500;

/** The file is another unit's or installation's. */
export class NotOurs extends Error {}

/** A key in the file does not open its tip. */
export class Unproven extends Error {}

type Sealed = Record<string, string>;

/** Hands the file for the offline machine out. */
export async function saveShut(): Promise<void> {
  const body = await whileIn(() => bytes("recovery", () => undefined));
  save(body, `hopthu-recovery-${me.value?.unit.code ?? ""}.txt`);
}

/** Parts of a file that go at once. */
export function partsOf(given: Given): Map<string, Sealed>[] {
  const parts: Map<string, Sealed>[] = [];
  let room = 0;
  for (const [tip, sealed] of given.grants) {
    const size = Object.entries(sealed).reduce((sum, [to, one]) => sum + to.length + one.length + 8, 40);
    const last = parts.at(-1);
    if (last && size <= room && last.size < MOST) last.set(tip, sealed);
    else {
      parts.push(new Map([[tip, sealed]]));
      room = AT_ONCE;
    }
    room -= size;
  }
  return parts;
}

/**
 * Opens the tip with the chief's own new key before anything of it is sent. One that he can open already, or whose key is
 * not for him, is left to the server. Throws Unproven.
 */
async function prove(tip: string, grant: string | undefined): Promise<void> {
  if (grant === undefined) return;
  try {
    const { entries } = await whileIn(() => loadTip(tip));
    const [verdict] = await ask("openGrants", { rows: [{ tip, grant, opening: entries[0] ?? "" }] });
    if (verdict?.state !== "open") throw new Unproven();
  } catch (error) {
    if (!(error instanceof Refused && error.key === "desk-not-opened")) throw error;
  }
}

/** Brings the keys in, part by part; `report` is told of how many tips. Throws Unusable, NotOurs, Unproven and what sending throws. */
export async function bringIn(text: string, report: (done: number, of: number) => void): Promise<number> {
  const given = readGiven(text);
  const account = me.value;
  if (!account || given.site !== account.site || given.unit !== account.unit.code) throw new NotOurs();
  const recovery = toBase64url(given.recovery);
  let done = 0;
  for (const part of partsOf(given)) {
    for (const [tip, sealed] of part) await prove(tip, sealed[account.serial]);
    const grants = toBase64url(await recoveredDigest(part));
    const deed = { act: "recovered", tip: null, count: part.size, grants, recovery };
    const keys = Object.fromEntries(part);
    await signed<unknown>(deed, (record) => post("recovery", { recovery, grants: keys, record }));
    done += part.size;
    report(done, given.grants.size);
  }
  me.value = { ...account, recovery_used: true };
  return done;
}
