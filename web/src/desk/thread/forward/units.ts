/** The units that a tip may be passed on to. Pure. */

/** A unit that somebody reads for. `was`: the units that it came after. */
export interface Neighbour {
  code: string;
  name_vi: string;
  name_en: string;
  was: string[];
}

/** True for the unit that the reporter passed over, and for one that came after it. */
export function isPassed({ code, was }: Neighbour, passed: string | undefined): boolean {
  return passed !== undefined && [code, ...was].includes(passed);
}
