/** The chat as one page: bar, strip, then the log with its choices and the composer, or the receipt alone. */
import { useEffect } from "preact/hooks";
import type { Place } from "../shared/place.ts";
import type { Texts } from "../shared/texts.ts";
import { Bar } from "./bar.tsx";
import type { Chat } from "./chat.ts";
import { Choices, watchDigits } from "./choices.tsx";
import { CodeCard } from "./codecard.tsx";
import { Composer } from "./composer.tsx";
import { LargeText } from "./large.tsx";
import { Log } from "./log.tsx";
import type { Opened } from "./panel.tsx";
import { Strip } from "./strip.tsx";

interface Props {
  chat: Chat;
  place: Place;
  text: Texts;
  /** The panel the person came for. */
  opened: Opened;
}

/** The whole page of one chat. */
export function App({ chat, place, text, opened }: Props) {
  const receipt = chat.conversation.receipt.value;
  useEffect(() => watchDigits(chat), [chat]);
  return (
    <>
      <header class="top">
        <Bar place={place} text={text} />
        {!receipt && <Strip chat={chat} text={text} />}
      </header>
      {place.demo && <aside class="demo">{text("start-demo")}</aside>}
      {receipt ? (
        <CodeCard receipt={receipt} text={text} close={() => chat.closeReceipt()} />
      ) : (
        <Talk chat={chat} text={text} opened={opened} />
      )}
    </>
  );
}

function Talk({ chat, text, opened }: Omit<Props, "place">) {
  return (
    <>
      <main class="stack">
        <h1 class="hidden">{text("page-log")}</h1>
        <Log chat={chat} text={text} />
        <div class="hidden" role="alert">
          {chat.conversation.received.value > 0 && text("page-received")}
        </div>
        <Choices chat={chat} text={text} />
        <p class="aside">
          <LargeText text={text} />
          <button
            class="text-button"
            type="button"
            lang={chat.conversation.language.value === "en" ? "vi" : "en"}
            onClick={() => chat.speakOther()}
          >
            {text("page-language")}
          </button>
        </p>
      </main>
      <Composer chat={chat} text={text} first={opened} />
    </>
  );
}
