/** Units as a tree, and as a list that is indented. Pure. */
import type { UnitNode } from "./shapes.ts";

export interface Branch {
  unit: UnitNode;
  under: readonly Branch[];
}

/** The tree of these units; whose parent is not among them stands at the top. A circle's units stand there too, once. */
export function grown(units: readonly UnitNode[]): Branch[] {
  const codes = new Set(units.map(({ code }) => code));
  const placed = new Set<string>();
  const branch = (unit: UnitNode): Branch => {
    placed.add(unit.code);
    const under = units.filter((one) => one.parent === unit.code && !placed.has(one.code));
    return { unit, under: under.map(branch) };
  };
  const roots = units.filter(({ parent }) => parent === null || !codes.has(parent)).map(branch);
  const rest = units.flatMap((unit) => (placed.has(unit.code) ? [] : [branch(unit)]));
  return [...roots, ...rest];
}

/** Every unit in the tree's order, with how deep it stands. */
export function indented(branches: readonly Branch[], depth = 0): { unit: UnitNode; depth: number }[] {
  return branches.flatMap(({ unit, under }) => [{ unit, depth }, ...indented(under, depth + 1)]);
}

/** Codes of a unit and of all that stand under it. */
export function below(units: readonly UnitNode[], code: string): ReadonlySet<string> {
  const found = new Set([code]);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const unit of units) if (unit.parent !== null && found.has(unit.parent)) found.add(unit.code);
  }
  return found;
}
