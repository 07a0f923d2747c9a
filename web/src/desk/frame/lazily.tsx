/** A dialog that is loaded once it is asked for; where it does not come, that is said in its place. */
import type { FunctionComponent } from "preact";
import { useState } from "preact/hooks";
import { useLater } from "./later.ts";
import { Notice } from "./notice.tsx";

/** What `load` brings, given `show`; `load` must stay the same. */
export function Lazily<P extends object>({
  load,
  show,
}: {
  load: () => Promise<FunctionComponent<P>>;
  show: P;
}) {
  const [failed, tell] = useState<string | null>(null);
  const Come = useLater(load, tell);
  return Come ? <Come {...show} /> : <Notice say={failed} />;
}
