/** One act of an officer from the tap to the answer: under way, failed in words, or refused row by row. */
import { useState } from "preact/hooks";
import { Refused } from "../api/wire.ts";
import { explain } from "../failure.ts";
import { me } from "../session.ts";
import { known, t } from "../words.ts";
import { type Fault, faultsOf } from "./acts.ts";
import { columnName } from "./cells.tsx";
import { load } from "./listing.ts";
import type { View } from "./shapes.ts";

/** Somebody else has changed what was shown: the list is read again, what was typed stays. */
export const CHANGED = "desk-changed";

export interface Acting {
  busy: boolean;
  /** The catalogue key of what went wrong. */
  failed: string | null;
  faults: readonly Fault[];
  /** Does it; false where it failed. */
  act: (work: () => Promise<unknown>) => Promise<boolean>;
}

export function useActing(): Acting {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const act = async (work: () => Promise<unknown>) => {
    if (busy) return false;
    setBusy(true);
    setFailed(null);
    setFaults([]);
    try {
      await work();
      return true;
    } catch (error) {
      const found = faultsOf(error);
      if (me.value) setFaults(found);
      if (me.value && found.length === 0) setFailed(explain(error));
      if (me.value && error instanceof Refused && error.key === CHANGED) await load();
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, failed, faults, act };
}

/** Why a cell or row was refused, in the words of the screen. */
export function sentence(list: View, fault: Fault): string {
  const column = fault.column === "" ? "" : columnName(list, fault.column);
  return known(fault.key) ? t(fault.key, { column, ...fault.args }) : t("org-fault", { column });
}
