/** Tables brought and taken along: a file in with its result row by row, the list out as CSV or XLSX, posters as PDF. */
import { useState } from "preact/hooks";
import { save } from "../../shared/saving.ts";
import { Notice } from "../frame/notice.tsx";
import { t } from "../words.ts";
import { type Acting, sentence, useActing } from "./acting.ts";
import { arrange, type Fault } from "./acts.ts";
import { Aside } from "./aside.tsx";
import { columnName } from "./cells.tsx";
import { changed, mayChange, page, unit } from "./listing.ts";
import { fileOf, printPosters, type Size } from "./routes.ts";
import type { View } from "./shapes.ts";

/** Faults of a file, in the order of its rows: "Dòng 14: thiếu nhãn". */
function Faults({ list, faults }: { list: View; faults: readonly Fault[] }) {
  if (faults.length === 0) return null;
  const rows = new Set(faults.map(({ row }) => row).filter((row) => row > 0)).size;
  return (
    <section class="notice" role="alert">
      <p>
        <b>{rows > 0 ? t("org-rows-wrong", { rows }) : t("org-file-wrong")}</b>
      </p>
      <ul class="faults">
        {faults.map((fault, n) => (
          <li key={n}>
            {fault.row > 0
              ? t("row-at", { row: fault.row, what: sentence(list, fault) })
              : sentence(list, fault)}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface FileFormProps {
  list: View;
  /** The words of the button. */
  go: string;
  acting: Acting;
  onFile: (bytes: Uint8Array<ArrayBuffer>) => void;
}

/** A table from this machine, with what was wrong with it. */
export function FileForm({ list, go, acting: { busy, failed, faults }, onFile }: FileFormProps) {
  const [file, setFile] = useState<File | null>(null);
  const send = async (event: Event) => {
    event.preventDefault();
    if (file) onFile(new Uint8Array(await file.arrayBuffer()));
  };
  return (
    <>
      <form class="stack" onSubmit={send}>
        <div class="field">
          <label for="f-file">{t("org-file")}</label>
          <input
            id="f-file"
            type="file"
            accept=".csv,.xlsx"
            onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
          />
        </div>
        <p class="row">
          <button class="button main" type="submit" disabled={busy || !file || !mayChange.value}>
            {t(busy ? "org-importing" : go)}
          </button>
        </p>
      </form>
      <Faults list={list} faults={faults} />
      <Notice say={failed} strong />
    </>
  );
}

export function ImportAside({ list, onClose }: { list: View; onClose: () => void }) {
  const acting = useActing();
  const columns = page.value?.columns ?? [];
  const send = async (bytes: Uint8Array<ArrayBuffer>) => {
    const took = await acting.act(async () => {
      const result = await arrange(list, bytes);
      await changed("org-taken", { ...result });
    });
    if (took) onClose();
  };
  return (
    <Aside title={t("org-import")} onClose={onClose}>
      <p>{t("org-import-how")}</p>
      <p class="small muted">
        {t("org-import-columns", {
          columns: columns.map((column) => `${column} (${columnName(list, column)})`).join(", "),
        })}
      </p>
      {list === "roster" ? <p>{t("org-import-roster")}</p> : null}
      <FileForm list={list} go="org-import-go" acting={acting} onFile={send} />
    </Aside>
  );
}

const KINDS = ["xlsx", "csv"] as const;
const MIME = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv",
};

export function ExportAside({ list, onClose }: { list: View; onClose: () => void }) {
  const { busy, failed, act } = useActing();
  const take = (kind: (typeof KINDS)[number]) =>
    act(async () => {
      const bytes = await fileOf(list, unit.value, kind);
      save(bytes, `hopthu-${list}-${unit.value}.${kind}`, MIME[kind]);
    });
  return (
    <Aside title={t("org-export")} onClose={onClose}>
      <p>{t("org-export-how")}</p>
      <p class="row">
        {KINDS.map((kind) => (
          <button key={kind} class="button" type="button" disabled={busy} onClick={() => take(kind)}>
            {t("org-export-as", { kind: kind.toUpperCase() })}
          </button>
        ))}
      </p>
      <Notice say={failed} strong />
    </Aside>
  );
}

const SIZES: readonly Size[] = ["a4", "a3", "a5", "cards"];

/** Posters of all open boxes of a unit, or (`box`) of one. */
export function Posters({ box }: { box: string | null }) {
  const [size, setSize] = useState<Size>("a4");
  const [both, setBoth] = useState(false);
  const { busy, failed, act } = useActing();
  const print = () =>
    act(async () => {
      const bytes = await printPosters({ unit: unit.value, size, both, box });
      save(bytes, `hopthu-${box ?? unit.value}-${size}.pdf`, "application/pdf");
    });
  const bare = page.value?.summary.bare ?? 0;
  return (
    <div class="stack">
      {bare > 0 ? <p class="notice">{t("org-poster-bare", { count: bare })}</p> : null}
      <div class="field">
        <label for="f-size">{t("org-poster-size")}</label>
        <select id="f-size" value={size} onChange={(event) => setSize(event.currentTarget.value as Size)}>
          {SIZES.map((one) => (
            <option key={one} value={one}>
              {t(`org-size-${one}`)}
            </option>
          ))}
        </select>
      </div>
      <label class="check">
        <input type="checkbox" checked={both} onChange={(event) => setBoth(event.currentTarget.checked)} />
        {t("org-poster-both")}
      </label>
      <p class="row">
        <button class="button" type="button" disabled={busy} onClick={print}>
          {t(busy ? "org-poster-printing" : "org-poster-get")}
        </button>
      </p>
      <Notice say={failed} strong />
    </div>
  );
}

export function PostersAside({ onClose }: { onClose: () => void }) {
  return (
    <Aside title={t("org-posters")} onClose={onClose}>
      <p>{t("org-posters-how")}</p>
      <Posters box={null} />
    </Aside>
  );
}
