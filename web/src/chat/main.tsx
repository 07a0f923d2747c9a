/**
 * Entry of the resident's start page and chat: they are one document, so that a text written on the start page
 * becomes the first part without being stored anywhere. Joins everything by name; nothing here decides.
 */
import "../style/resident.css";
import { effect } from "@preact/signals";
import { render } from "preact";
import { freshId } from "../shared/bytes.ts";
import { watchExit, watchReturn } from "../shared/exit.ts";
import { offerFonts } from "../shared/fonts.ts";
import { inThisSize, watchLarge } from "../shared/large.ts";
import { watchNetwork } from "../shared/network.ts";
import { type Place, placeOf } from "../shared/place.ts";
import type { Texts } from "../shared/texts.ts";
import { App } from "./app.tsx";
import { Chat } from "./chat.ts";
import { digitsOf, mayHoldCode, receipts, toMend } from "./code.ts";
import { Conversation } from "./conversation.ts";
import { Socket, type Wire } from "./socket.ts";
import { type Way, watchDoors } from "./start.ts";
import { words } from "./words.ts";

const urls = { drop: (url: string) => URL.revokeObjectURL(url) };
/** The door that asks for a code. */
const CODE_DOOR = 2;
const RECEIVED = [words("vi")("page-received"), words("en")("page-received")];

interface Session {
  readonly id: string;
  readonly chat: Chat;
  readonly text: Texts;
}

/** True where the browser says this document was loaded again. */
function reloaded(): boolean {
  const [entry] = performance.getEntriesByType("navigation");
  return entry instanceof PerformanceNavigationTiming && entry.type === "reload";
}

function connect(): Wire {
  const address = new URL("/chat/ws", location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  return new WebSocket(address) as Wire;
}

function begin(place: Place, again: boolean): Session {
  const id = freshId();
  const clock = {
    after: (milliseconds: number, run: () => void) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
    jitter: Math.random,
  };
  const conversation = new Conversation(urls, RECEIVED, Date.now, place.language);
  const hello = () => ({ session: id, box: place.box, lang: conversation.language.value, reloaded: again });
  const text: Texts = (key, args) => words(conversation.language.value)(key, args);
  const chat = new Chat({
    conversation,
    socket: (listener) => new Socket(connect, hello, listener, clock),
    deliver: async (upload, progress, signal) => {
      const ours = await import("./deliver.ts").catch(() => null);
      return ours ? ours.deliver({ ...upload, session: id }, progress, signal) : "offline";
    },
    clock,
    receipts,
    text,
    url: (file) => URL.createObjectURL(file),
  });
  addEventListener("online", () => chat.network(true));
  addEventListener("offline", () => chat.network(false));
  return { id, chat, text };
}

function show(root: HTMLElement, place: Place, { chat, text }: Session, way: Way): void {
  for (const other of [...document.body.children]) if (other !== root) other.remove();
  root.replaceChildren();
  render(<App chat={chat} place={place} text={text} opened={way === "voice" ? way : null} />, root);
  effect(() => {
    document.documentElement.lang = chat.conversation.language.value;
  });
}

function start(root: HTMLElement): void {
  const place = placeOf(root);
  let session: Session | null = null;
  const wipe = () => {
    session?.chat.wipe();
    session = null;
    render(null, root);
  };
  const open = (again: boolean, text = "", way: Way = null) => {
    session = begin(place, again);
    show(root, place, session, way);
    session.chat.open(way === "voice" ? null : way);
    void session.chat.write(text);
  };
  watchExit({ to: place.exit, wipe, session: () => session?.id ?? null });
  watchReturn(wipe);
  watchLarge();
  watchNetwork();
  offerFonts();
  // What was written is the first part, whichever door was tapped; a code begun stays in the field.
  const onStartPage = watchDoors((text, way) => {
    history.replaceState(null, "", inThisSize(place.chat));
    const begun = way === CODE_DOOR && digitsOf(text) !== null && !mayHoldCode(text);
    const through = begun || text.trim() === "" || way === "voice";
    open(false, begun ? "" : text, through ? way : null);
    if (begun && session) session.chat.refill.value = toMend(text);
  });
  if (!onStartPage) open(reloaded());
}

const root = document.getElementById("chat");
if (root) start(root);
