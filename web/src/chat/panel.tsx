/** The panel over the composer: attaching, recording, a place. Its code comes when first needed, or in an idle moment. */
import { useEffect, useRef, useState } from "preact/hooks";
import { savesData } from "../shared/fonts.ts";
import type { Texts } from "../shared/texts.ts";
import { Close } from "./acts.tsx";
import type { Chat } from "./chat.ts";
import type { MediaKind } from "./media.ts";

/** Which panel is open. */
export type Opened = "attach" | "voice" | "place" | null;
type Extras = typeof import("./extras.ts");

/** After the page is usable, so long (ms) until what may be needed without network is fetched. */
const IDLE = 2000;

/** Fetches the panels and the delivering of files ahead, so that they work when the network is gone. */
export function fetchAhead(): void {
  if (savesData()) return;
  setTimeout(() => {
    void import("./extras.ts").catch(() => {});
    void import("./deliver.ts").catch(() => {});
  }, IDLE);
}

interface Props {
  chat: Chat;
  text: Texts;
  opened: Opened;
  open: (panel: Opened) => void;
}

/** The open panel, and the file field it works with; Esc closes it. */
export function Panel({ chat, text, opened, open }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const asked = useRef<MediaKind>("file");
  const extras = useExtras(opened !== null);
  useEscape(opened !== null, () => open(null));
  const choose = (kind: MediaKind) => {
    if (!field.current) return;
    asked.current = kind;
    field.current.accept =
      kind === "photo" || kind === "video" ? `${kind === "photo" ? "image" : kind}/*` : "";
    field.current.click();
  };
  const chosen = (event: Event & { currentTarget: HTMLInputElement }) => {
    chat.attach([...(event.currentTarget.files ?? [])], asked.current);
    event.currentTarget.value = "";
    open(null);
  };
  const close = () => open(null);
  return (
    <>
      <input
        class="hidden"
        type="file"
        multiple
        tabIndex={-1}
        aria-hidden="true"
        ref={field}
        onChange={chosen}
      />
      {opened && extras === null && <Unloaded text={text} close={close} />}
      {opened === "attach" && extras && (
        <extras.AttachPanel text={text} choose={choose} place={() => open("place")} close={close} />
      )}
      {opened === "voice" && extras && <extras.VoicePanel chat={chat} text={text} close={close} />}
      {opened === "place" && extras && <extras.PlacePanel chat={chat} text={text} close={close} />}
    </>
  );
}

function Unloaded({ text, close }: { text: Texts; close: () => void }) {
  return (
    <section class="panel">
      <p role="alert">{text("page-not-loaded")}</p>
      <Close text={text} close={close} />
    </section>
  );
}

/** The panels once they are here; undefined before, null where they did not come. */
function useExtras(wanted: boolean): Extras | null | undefined {
  const [extras, setExtras] = useState<Extras | null | undefined>(undefined);
  useEffect(() => {
    if (wanted && extras === undefined) import("./extras.ts").then(setExtras, () => setExtras(null));
    if (!wanted && extras === null) setExtras(undefined); // opened again, it is tried again
  }, [wanted, extras]);
  return extras;
}

function useEscape(listening: boolean, close: () => void): void {
  useEffect(() => {
    if (!listening) return undefined;
    const press = (event: KeyboardEvent) => event.key === "Escape" && close();
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [listening, close]);
}
