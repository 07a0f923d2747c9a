/** One part's way from the server to the screen: fetched with progress, opened in the worker, held while it is shown. */
import { useEffect, useRef, useState } from "preact/hooks";
import { loadBlob } from "../../api/routes.ts";
import { ask } from "../../keys/client.ts";
import type { MediaView } from "../../keys/messages.ts";
import { whileIn } from "../../session.ts";
import { tipId } from "../thread.ts";

/** Told while a part comes: how much of it is there, in percent. */
export type Progress = (percent: number) => void;

async function sealed(media: MediaView, progress: Progress): Promise<ArrayBuffer> {
  return whileIn(() => loadBlob(media.blob, (part) => progress(Math.floor(part * 100))));
}

/** A photo's pixels. */
export async function fetchPhoto(media: MediaView, progress: Progress): Promise<ImageBitmap> {
  const bytes = await sealed(media, progress);
  return ask("openPhoto", { tip: tipId.value ?? "", media, sealed: bytes }, [bytes]);
}

/** A part's clear bytes. */
export async function fetchBytes(media: MediaView, progress: Progress): Promise<ArrayBuffer> {
  const bytes = await sealed(media, progress);
  return ask("openMedia", { tip: tipId.value ?? "", media, sealed: bytes }, [bytes]);
}

export type Stand = "shut" | "opening" | "open" | "bad";

/** A part that opens when tapped: where it stands, how far it has come, and the tap. `show` puts it on the screen. */
export function useOpening(show: (progress: Progress, alive: () => boolean) => Promise<void>) {
  const [stand, setStand] = useState<Stand>("shut");
  const [done, setDone] = useState(0);
  const here = useRef(true);
  useEffect(
    () => () => {
      here.current = false;
    },
    [],
  );
  const open = async () => {
    setStand("opening");
    try {
      await show(setDone, () => here.current);
      setStand("open");
    } catch {
      setStand("bad");
    }
  };
  return { stand, done, open };
}

/** An address of bytes for an element of this page, gone with whatever shows it. */
export function useAddress(): [string | null, (bytes: ArrayBuffer, mime: string) => string] {
  const [address, setAddress] = useState<string | null>(null);
  const made = useRef<string | null>(null);
  const drop = () => {
    if (made.current) URL.revokeObjectURL(made.current);
    made.current = null;
  };
  useEffect(() => drop, []);
  const hold = (bytes: ArrayBuffer, mime: string) => {
    drop();
    made.current = URL.createObjectURL(new Blob([bytes], { type: mime }));
    setAddress(made.current);
    return made.current;
  };
  return [address, hold];
}
