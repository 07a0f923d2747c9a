/** A file: never shown here. It is handed out after a warning, under a name of ours, as bytes the browser only saves. */

import { save } from "../../../shared/saving.ts";
import { sizeOf } from "../../../shared/sizes.ts";
import type { MediaView } from "../../keys/messages.ts";
import { t } from "../../words.ts";
import { fetchBytes, useOpening } from "./fetching.ts";
import { Broken, Opener } from "./opener.tsx";
import { fileName, plainMime } from "./shown.ts";

export function FilePart({ media, n, kind }: { media: MediaView; n: number; kind: string }) {
  const { stand, done, open } = useOpening(async (progress, alive) => {
    const bytes = await fetchBytes(media, progress);
    if (alive()) save(bytes, fileName(n, plainMime(media.mime)));
  });
  return (
    <div class="media file">
      {media.cleaned ? null : <p class="bad small">{t("desk-media-raw")}</p>}
      <p class="small">{t("desk-file-warn")}</p>
      <Opener
        name={t(`desk-${kind}`, { n })}
        about={t("desk-file-get", { size: sizeOf(media.bytes, t) })}
        pictogram="attach"
        stand={stand}
        done={done}
        onOpen={open}
      />
      <Broken stand={stand} />
    </div>
  );
}
