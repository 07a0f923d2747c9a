/** The log: what the box said and what the person wrote, in order; keeps the newest turn in view. */
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Pictogram } from "../shared/pictogram.tsx";
import type { Texts } from "../shared/texts.ts";
import type { Chat } from "./chat.ts";
import { type Item, isPart, type Own } from "./conversation.ts";
import { Follower } from "./follow.ts";
import { Message } from "./lines.tsx";
import { isMedia } from "./media.ts";
import { Content } from "./parts.tsx";
import { useLasting } from "./strip.tsx";

/** Silence until a word about connecting, in ms. */
const CONNECTING = 1000;

/** Messages in order, read out as they come. */
export function Log({ chat, text }: { chat: Chat; text: Texts }) {
  const items = chat.conversation.items.value;
  const log = useRef<HTMLDivElement>(null);
  const slow = useLasting(items.length === 0, CONNECTING);
  useFollowing(log, items);
  let part = 0;
  return (
    <div class="log" role="log" aria-live="polite" aria-label={text("page-log")} ref={log}>
      {slow && <p class="muted">{text("page-connecting")}</p>}
      {items.map((item) =>
        item.from === "box" ? (
          <Message key={`${item.kind}${item.n}`} said={item} />
        ) : (
          <Mine key={item.id} own={item} number={numbered(item) ? ++part : 0} chat={chat} text={text} />
        ),
      )}
    </div>
  );
}

function numbered(own: Own): boolean {
  return isPart(own) && own.standing !== "passed";
}

/** Brings each new turn into view. */
function useFollowing(log: RefObject<HTMLDivElement | null>, items: readonly Item[]): void {
  const follower = useRef<Follower | null>(null);
  useLayoutEffect(() => {
    if (!log.current) return undefined;
    const following = new Follower(log.current);
    follower.current = following;
    return () => following.end();
  }, [log]);
  useLayoutEffect(() => follower.current?.look(), [items]);
}

/** One own message: dashed while not sent, solid when received, always with the word. */
function Mine({ own, number, chat, text }: { own: Own; number: number; chat: Chat; text: Texts }) {
  if (number === 0) return <Small own={own} chat={chat} text={text} />;
  return (
    <article class={`mine ${own.standing === "sent" ? "sent" : "unsent"}`}>
      <span class="hidden">{text("page-own-part", { n: number })}</span>
      <Content own={own} text={text} />
      <footer>
        <Standing own={own} chat={chat} text={text} />
        <Actions own={own} number={number} chat={chat} text={text} />
      </footer>
    </article>
  );
}

/** What is no part of a tip: a choice, a code, a command. */
function Small({ own, chat, text }: { own: Own; chat: Chat; text: Texts }) {
  const troubled = own.standing === "failed";
  return (
    <article class="mine chosen">
      <span class="hidden">{text("page-own")}</span>
      <p>
        {own.text} {own.standing === "waiting" && <Underway own={own} chat={chat} text={text} />}
      </p>
      {troubled && (
        <footer>
          <Standing own={own} chat={chat} text={text} />
          <Actions own={own} number={0} chat={chat} text={text} />
        </footer>
      )}
    </article>
  );
}

/** A code that is being tried, or what waits for the network: a choice that went nowhere yet must not look made. */
function Underway({ own, chat, text }: { own: Own; chat: Chat; text: Texts }) {
  const lost = useLasting(chat.link.value !== "open", CONNECTING);
  if (!lost && own.what !== "code") return null;
  return <span class="small muted">{text(lost ? "web-queued" : "page-code-opening")}</span>;
}

function Standing({ own, chat, text }: { own: Own; chat: Chat; text: Texts }) {
  if (own.standing === "failed") return <span class="trouble">{own.trouble || text("page-failed")}</span>;
  if (own.standing === "sent") return <span>{text("page-sent")}</span>;
  if (own.standing !== "waiting") return <span>{text("web-saved")}</span>;
  return <Waiting own={own} chat={chat} text={text} />;
}

function Waiting({ own, chat, text }: { own: Own; chat: Chat; text: Texts }) {
  const slow = useLasting(true, CONNECTING);
  if (isMedia(own.what)) return <Going own={own} chat={chat} text={text} />;
  return <span>{slow ? text("web-queued") : text("page-noting")}</span>;
}

/** How far a file is. Figures that change are not read out each time; what becomes of the file is. */
function Going({ own, chat, text }: { own: Own; chat: Chat; text: Texts }) {
  const percent = chat.uploads.going.value.get(own.id);
  const lost = chat.link.value !== "open";
  if (percent === undefined)
    return <span>{text(lost || chat.uploads.retrying.value ? "web-queued" : "page-turn")}</span>;
  if (percent >= 100) return <span>{text("page-noting")}</span>;
  return (
    <span class="going" aria-live="off">
      {text("page-going", { percent })} <progress max={100} value={percent} aria-hidden="true" />
    </span>
  );
}

function Actions({ own, number, chat, text }: { own: Own; number: number; chat: Chat; text: Texts }) {
  const going = own.standing === "waiting" && isMedia(own.what);
  const removable = own.standing === "failed" || (own.standing === "noted" && own.parts.length > 0);
  return (
    <span class="actions">
      {own.standing === "failed" && own.again && (
        <button class="text-button" type="button" onClick={() => void chat.retry(own.id)}>
          {text("page-again")}
        </button>
      )}
      {(removable || going) && (
        <button
          class="text-button"
          type="button"
          aria-label={text(going ? "page-stop-part" : "page-remove-part", { n: number })}
          onClick={() => chat.remove(own.id)}
        >
          {text(going ? "page-stop" : "page-remove")} <Pictogram name="remove" />
        </button>
      )}
    </span>
  );
}
