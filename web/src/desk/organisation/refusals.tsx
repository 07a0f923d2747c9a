/** What was refused of an act besides the fields on screen, and what failed as a whole. */
import { Notice } from "../frame/notice.tsx";
import { type Acting, sentence } from "./acting.ts";
import type { View } from "./shapes.ts";

interface RefusalsProps {
  list: View;
  acting: Acting;
  /** Columns whose fields tell their own. */
  shown: readonly string[];
}

export function Refusals({ list, acting, shown }: RefusalsProps) {
  const rest = acting.faults.filter((fault) => !shown.includes(fault.column));
  return (
    <>
      {rest.map((fault) => (
        <p key={fault.key + fault.column} class="bad" role="alert">
          {sentence(list, fault)}
        </p>
      ))}
      <Notice say={acting.failed} strong />
    </>
  );
}
