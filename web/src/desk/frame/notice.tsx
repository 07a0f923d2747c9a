/**
 * A line that tells of a failure or a state, read aloud when it appears. Empty text keeps the place, silent.
 * `say` is a catalogue key; `words` stand in its place where they say it more exactly.
 */
import { t } from "../words.ts";

interface NoticeProps {
  say: string | null;
  words?: string | null;
  strong?: boolean;
}

export function Notice({ say, words = null, strong = false }: NoticeProps) {
  return (
    <p class={say ? "notice" : "notice empty"} role={strong ? "alert" : "status"}>
      {say ? (words ?? t(say)) : null}
    </p>
  );
}
