/** A line that tells of a failure or a state, read aloud when it appears. Empty text keeps the place, silent. */
import { t } from "../words.ts";

export function Notice({ say, strong = false }: { say: string | null; strong?: boolean }) {
  return (
    <p class={say ? "notice" : "notice empty"} role={strong ? "alert" : "status"}>
      {say ? t(say) : null}
    </p>
  );
}
