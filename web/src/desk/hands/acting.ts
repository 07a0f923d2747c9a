/**
 * Keys change hands, as the officer asks for it: sealed in the worker some at a time, so that it answers others too,
 * signed and sent in batches.
 */
import { loadTip } from "../api/routes.ts";
import type { TipRow } from "../api/shapes.ts";
import { Refused } from "../api/wire.ts";
import { lines, readUp, signed } from "../audit/chain.ts";
import { explain } from "../failure.ts";
import { ask, KeyFailure } from "../keys/client.ts";
import type { Given } from "../keys/messages.ts";
import { checkSheet, learnSheets, me, sheet, whileIn } from "../session.ts";
import * as api from "./api.ts";
import { lookForDue } from "./due.ts";
import { type Failed, Running, type Step } from "./running.ts";

/** Tips sealed in one go: what else is asked of the worker waits no longer than this takes. */
const TOGETHER = 20;
const TRIES = 3;
/** Acts that tell who holds a tip's key. */
const TELLING = ["give", "take-back", "hand-over", "recovered", "forwarded"];
/** Roles that read tips. */
export const READERS: readonly string[] = ["duty", "chief"];

export const handingOver = new Running();
export const rekeying = new Running();

/** What the worker refuses, each with words of its own. */
const TOLD = ["off-sheet", "badkey", "passed-over", "passed-unknown", "stranger", "changed"];

/** The catalogue key that says why it did not work. */
export function why(error: unknown): string {
  const reason = error instanceof KeyFailure ? error.reason : "";
  if (TOLD.includes(reason)) return `hands-${reason}`;
  return explain(error, "hands-failed");
}

/** What the worker seals, once it has learnt the sheets of units that reporters passed over. */
async function given(reader: string, rows: readonly api.Held[]): Promise<Given> {
  for (;;) {
    const some = await ask("giveKeys", { reader, rows: [...rows] });
    if (!some.lacking) return some;
    for (const unit of some.lacking) await whileIn(() => learnSheets(unit));
  }
}

async function sealed(reader: string, rows: readonly api.Held[]): Promise<Given> {
  const grants: Record<string, string> = {};
  const failed: Given["failed"] = [];
  for (let at = 0; at < rows.length; at += TOGETHER) {
    const some = await given(reader, rows.slice(at, at + TOGETHER));
    Object.assign(grants, some.grants);
    failed.push(...some.failed);
  }
  return { grants, failed };
}

/** One tip for one more reader. Throws a KeyFailure where it is not his to read. */
export async function giveOne({ id, grant, opening }: TipRow, reader: string): Promise<void> {
  if (grant === null) throw new KeyFailure("badkey");
  const { grants, failed } = await sealed(reader, [{ tip: id, grant, opening }]);
  const made = grants[id];
  if (made === undefined) throw new KeyFailure(failed[0]?.why ?? "badkey");
  const digest = await ask("digestOf", { grants });
  const deed = { act: "give", tip: id, reader, grants: digest };
  await signed<unknown>(deed, (record) => api.give(id, { reader, grant: made, record }));
}

export async function takeBack(tip: string, reader: string): Promise<void> {
  await signed<unknown>({ act: "take-back", tip, reader }, (record) => api.takeBack(tip, { reader, record }));
}

async function sendAll(reader: string, grants: Record<string, string>): Promise<void> {
  const count = Object.keys(grants).length;
  if (count === 0) return;
  const digest = await ask("digestOf", { grants });
  const deed = { act: "hand-over", tip: null, reader, grants: digest, count };
  await signed<unknown>(deed, (record) => api.handOver({ reader, grants, record }));
}

const changed = (error: unknown) => error instanceof Refused && error.key === "hands-changed";

/** Everything this officer can open and the other cannot, from the first on; the next batch comes while one is sealed. */
export async function handOver(reader: string, of: number): Promise<void> {
  let coming = whileIn(() => api.lacking(reader, null));
  let from: string | null = null;
  let lost = 0;
  const step = async (): Promise<Step> => {
    const { tips } = await coming;
    const last = tips.at(-1)?.tip ?? null;
    if (last === null) return { done: 0, failed: [], more: false };
    coming = whileIn(() => api.lacking(reader, last));
    coming.catch(() => undefined); // told where it is waited for
    try {
      const { grants, failed } = await sealed(reader, tips);
      await sendAll(reader, grants);
      from = last;
      lost = 0;
      return { done: Object.keys(grants).length, failed, more: true };
    } catch (error) {
      if (!changed(error) || ++lost >= TRIES) throw error;
      coming = whileIn(() => api.lacking(reader, from));
      return { done: 0, failed: [], more: true };
    }
  };
  await handingOver.begin(of, step, why);
}

/** The worker's new key for a thread, once it has learnt the sheets of whoever had the tip before. */
async function newKey({ tip, entries, readers }: api.Stale) {
  const at = Math.floor(Date.now() / 60_000) * 60;
  const { id, grant, former = [] } = tip;
  for (;;) {
    const told = lines.value.filter(({ act }) => TELLING.includes(act));
    const made = await ask("rekey", { tip: id, grant: grant ?? "", former, entries, readers, told, at });
    if (made.state === "open" || !made.lacking?.length) return made;
    for (const unit of made.lacking) await whileIn(() => learnSheets(unit));
  }
}

export async function rekeyOne(stale: api.Stale): Promise<Failed[]> {
  const { id } = stale.tip;
  const made = await newKey(stale);
  if (made.state !== "open") return [{ tip: id, why: made.state }];
  const { seq, sealed, grants, reporter, digest } = made;
  const deed = { act: "rekey", tip: id, seq, sealed, grants: digest };
  try {
    await signed<unknown>(deed, (record) => api.rekey(id, { seq, sealed, grants, reporter, record }));
    await ask("rekeyTaken", { tip: id, seq, sealed });
    return [];
  } catch (error) {
    if (!(error instanceof Refused && error.status === 409)) throw error;
    return [{ tip: id, why: "changed" }];
  }
}

/** The newest sheet, and the whole of the log: who may go on reading is judged by these alone. */
async function lookAnew(): Promise<void> {
  const account = me.value;
  if (account) await whileIn(() => checkSheet(account));
  await readUp();
}

/** The open tip as it is now, and who of those that hold its key reads on by the newest sheet. */
export async function tipHere(id: string): Promise<api.Stale> {
  await lookAnew();
  const { tip, entries, readers } = await whileIn(() => loadTip(id));
  const reads = sheet.value?.sheet?.officers.filter(({ role }) => READERS.includes(role)) ?? [];
  const on = readers.filter(({ recipient }) => reads.some(({ serial }) => serial === recipient));
  return { tip, entries, readers: on.map(({ recipient }) => recipient).sort() };
}

/** Another key for a tip whose last one opens nothing here. Throws a KeyFailure where that does not go. */
export async function rekeyHere(stale: api.Stale): Promise<void> {
  const [failed] = await rekeyOne(stale);
  if (failed) throw new KeyFailure(failed.why);
}

/** A new key for every tip whose key somebody holds who reads it no more, for those alone whom the officer saw `named`. */
export async function rekeyAll(of: number, named: readonly string[]): Promise<void> {
  let after: string | null = null;
  let looked = false;
  const step = async (): Promise<Step> => {
    if (!looked) await lookAnew();
    looked = true;
    const { tips } = await whileIn(() => api.stale(after));
    const failed: Failed[] = [];
    for (const one of tips)
      if (one.readers.every((reader) => named.includes(reader))) failed.push(...(await rekeyOne(one)));
      else failed.push({ tip: one.tip.id, why: "unnamed" });
    after = tips.at(-1)?.tip.id ?? after;
    return { done: tips.length - failed.length, failed, more: tips.length > 0 };
  };
  await rekeying.begin(of, step, why);
  await lookForDue();
}
