/** The strip under the bar: no network, and what is written and not sent. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Texts } from "../shared/texts.ts";
import type { Chat } from "./chat.ts";

/** Short breaks of the connection are not worth a word (ms). */
const PATIENCE = 1500;
const DAY = 24 * 3600 * 1000;

/** True once `condition` has held for `delay` ms. */
export function useLasting(condition: boolean, delay: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    setLasting(false);
    if (!condition) return undefined;
    const timer = setTimeout(() => setLasting(true), delay);
    return () => clearTimeout(timer);
  }, [condition, delay]);
  return condition && lasting;
}

/** True for a while after a lasting loss is over, as long as something still waits. */
function useReturn(offline: boolean, waiting: boolean): boolean {
  const [back, setBack] = useState(false);
  useEffect(() => {
    if (offline) setBack(true);
    else if (!waiting) setBack(false);
  }, [offline, waiting]);
  return back && !offline && waiting;
}

/**
 * When the draft is erased if nothing more comes (ms): a day after the box last spoke of it. Null once it is a day old:
 * from then on its age counts too, and the box names the time itself.
 */
export function erasedAt(first: number | null, heard: number | null): number | null {
  return first === null || heard === null || heard >= first + DAY ? null : heard + DAY;
}

/** The first of the moments seen since there last was none. */
function useFirst(moment: number | null): number | null {
  const first = useRef<number | null>(null);
  if (moment === null) first.current = null;
  else first.current ??= moment;
  return first.current;
}

/** Offline line and draft line. The first is announced at once, the second is part of what the box says. */
export function Strip({ chat, text }: { chat: Chat; text: Texts }) {
  const { draft, draftHeard, waiting } = chat.conversation;
  const offline = useLasting(chat.link.value === "lost", PATIENCE);
  const back = useReturn(offline, waiting.value);
  const erased = erasedAt(useFirst(draftHeard.value), draftHeard.value);
  const unsent = draft.value && draft.value.count > 0 ? draft.value : null;
  return (
    <>
      <div role="alert">
        {offline && (
          <div class="strip">
            <p>{text("web-offline")}</p>
          </div>
        )}
      </div>
      <div role="status">
        {back && (
          <div class="strip quiet">
            <p>{text("web-online")}</p>
          </div>
        )}
        {chat.holding.value && (
          <div class="strip quiet">
            <p>{text("send-wait")}</p>
          </div>
        )}
      </div>
      {unsent && (
        <div class="strip dashed">
          <p>
            <span class="state">{text("page-unsent")}</span>{" "}
            <span>{text("page-parts", { count: unsent.count })}</span>{" "}
            {erased !== null && <span class="small">{text("page-erased-at", { time: clock(erased) })}</span>}
          </p>
        </div>
      )}
    </>
  );
}

/** Hour and minute of a moment (ms), as "21:04". */
function clock(moment: number): string {
  const date = new Date(moment);
  return `${String(date.getHours()).padStart(2, "0")}:${String(date.getMinutes()).padStart(2, "0")}`;
}
