/** What is loaded only once it is needed. Where it does not come, that is said, and it is asked for again until it does. */
import { useEffect, useState } from "preact/hooks";

const AGAIN_MS = 3_000;

/** What `load` brings, null before; `load` must stay the same. `tell` is given the catalogue key of what to say. */
export function useLater<T>(load: () => Promise<T>, tell: (key: string | null) => void): T | null {
  const [found, come] = useState<T | null>(null);
  useEffect(() => {
    let again: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    const here = (brought: T) => {
      if (left) return;
      come(() => brought);
      tell(null);
    };
    const away = () => {
      if (left) return;
      tell("desk-unreached");
      again = setTimeout(ask, AGAIN_MS);
    };
    const ask = () => load().then(here, away);
    ask();
    return () => {
      left = true;
      clearTimeout(again);
    };
  }, [load, tell]);
  return found;
}
