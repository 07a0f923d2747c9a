/** Chains of units that are over and went on as the officer's own: which there are, and reading one. Comes with the log. */
import type { AuditStretch } from "../api/shapes.ts";
import { get } from "../api/wire.ts";
import type { ChainVerdict } from "../keys/messages.ts";
import { whileIn } from "../session.ts";
import { alone, follow } from "./chain.ts";

/** A unit that is over. */
export interface FormerUnit {
  code: string;
  name_vi: string;
  name_en: string;
}

/** Those whose chains the officer may read besides his own. */
export const readFormerUnits = async () =>
  (await whileIn(() => get<{ units: FormerUnit[] }>("organisation/logs"))).units;

/** The whole chain of one of them; `tell` is told how far it holds, with all its lines so far. */
export function readFormer(unit: string, tell: (found: ChainVerdict) => void): Promise<void> {
  const of = encodeURIComponent(unit);
  const read = (first: number) => get<AuditStretch>(`organisation/logs/records?unit=${of}&first=${first}`);
  return alone(() => follow(read, tell, unit));
}
