/**
 * Units' signed lists: requests for the authority as one file, signed ones taken in one by one, those that were.
 *
 * Owns that each list brought is an act of its own, told apart from the others. Who counts, the authority alone says.
 */
import { useState } from "preact/hooks";
import { NotAccepted } from "../../authority/refusal.ts";
import { isArchive, readArchive } from "../../authority/zip.ts";
import { save } from "../../shared/saving.ts";
import type { Named } from "../../shared/zipping.ts";
import { explain } from "../failure.ts";
import { Notice } from "../frame/notice.tsx";
import { language, t } from "../words.ts";
import { sentence, useActing } from "./acting.ts";
import { type Fault, faultsOf, perform } from "./acts.ts";
import { Aside } from "./aside.tsx";
import { fullDay, ownerName } from "./cells.tsx";
import { changed, mayChange, unit, unitName } from "./listing.ts";
import { readSheets, requestsOf } from "./routes.ts";
import type { PastSheet, Row, TakenSheet } from "./shapes.ts";

const LOCKS = "row-sheet-locks";
const ENDING = ".txt";

/** Saves the requests of a unit, and of those under it unless it is meant `only`. */
function Ask({ of, only }: { of: string; only: boolean }) {
  const { busy, failed, act } = useActing();
  const take = () =>
    act(async () => save(await requestsOf(of, only), `hopthu-de-nghi-${of}.zip`, "application/zip"));
  return (
    <>
      <p class="row">
        <button class="button main" type="button" disabled={busy || !mayChange.value} onClick={take}>
          {t("org-sheet-get")}
        </button>
      </p>
      <Notice say={failed} strong />
    </>
  );
}

export function AskAside({ onClose }: { onClose: () => void }) {
  return (
    <Aside title={t("org-sheet-ask")} onClose={onClose}>
      <p>{t("org-sheet-ask-how", { unit: unitName(unit.value, language.value) })}</p>
      <p>{t("org-sheet-ask-then")}</p>
      <Ask of={unit.value} only={false} />
    </Aside>
  );
}

/** What became of a list that was brought. */
interface Told {
  file: Named;
  taken: TakenSheet | null;
  fault: Fault | null;
  failed: string | null;
}

/** Signs and sends one of them; `tips`: so many open ones may be left to nobody. */
async function take(file: Named, tips = 0): Promise<Told> {
  const said = { sheet: new TextDecoder().decode(file.body), tips };
  try {
    const taken = await perform<TakenSheet>("sheets", "sheets/take", said);
    return { file, taken, fault: null, failed: null };
  } catch (error) {
    const [fault = null] = faultsOf(error);
    return { file, taken: null, fault, failed: fault ? null : explain(error) };
  }
}

/** The signed lists in what was chosen: files, and those in archives. */
export async function sheetsIn(chosen: readonly Named[]): Promise<Named[]> {
  const found = await Promise.all(
    chosen.map(async (file) => (isArchive(file.body) ? readArchive(file.name, file.body, ENDING) : [file])),
  );
  return found.flat();
}

function Became({ told, onAll }: { told: Told; onAll: (tips: number) => void }) {
  const { file, taken, fault, failed } = told;
  if (taken) {
    const args = { unit: ownerName(taken.unit), n: taken.n, count: taken.officers };
    return (
      <li>
        {t(`org-sheet-${taken.status}`, args)}
        {taken.shut_out.length > 0 ? <p>{t("org-sheet-out", { names: taken.shut_out.join(", ") })}</p> : null}
        {taken.ended.map((code) => (
          <p key={code}>{t("org-sheet-ended", { unit: ownerName(code) })}</p>
        ))}
      </li>
    );
  }
  const tips = Number(fault?.args.tips ?? 0);
  return (
    <li class="bad">
      <b>{file.name}</b>: {fault ? sentence("sheets", fault) : t(failed ?? "desk-failed")}
      {fault?.key === LOCKS ? (
        <p>
          <button class="button" type="button" disabled={!mayChange.value} onClick={() => onAll(tips)}>
            {t("org-sheet-all-the-same")}
          </button>
        </p>
      ) : null}
    </li>
  );
}

async function named(files: FileList | null): Promise<Named[]> {
  return Promise.all(
    Array.from(files ?? [], async (file) => ({
      name: file.name,
      body: new Uint8Array(await file.arrayBuffer()),
    })),
  );
}

export function BringAside({ onClose }: { onClose: () => void }) {
  const [files, setFiles] = useState<FileList | null>(null);
  const [told, setTold] = useState<readonly Told[]>([]);
  const [wrong, setWrong] = useState<string | null>(null);
  const [of, setOf] = useState(0);
  const busy = told.length < of;
  const say = async () => {
    await changed("org-sheets-brought");
  };
  const bring = async (event: Event) => {
    event.preventDefault();
    setWrong(null);
    setTold([]);
    try {
      const found = await sheetsIn(await named(files));
      setOf(found.length);
      if (found.length === 0) setWrong("org-sheet-no-file");
      for (const file of found) {
        const became = await take(file);
        setTold((before) => [...before, became]);
      }
    } catch (error) {
      if (!(error instanceof NotAccepted)) throw error;
      setWrong("org-sheet-archive");
    }
    await say();
  };
  const again = async (at: number, tips: number) => {
    const before = told[at];
    if (!before) return;
    const became = await take(before.file, tips);
    setTold((all) => all.map((one, n) => (n === at ? became : one)));
    await say();
  };
  return (
    <Aside title={t("org-sheet-bring")} onClose={onClose}>
      <p>{t("org-sheet-bring-how")}</p>
      <form class="stack" onSubmit={bring}>
        <div class="field">
          <label for="f-file">{t("org-file")}</label>
          <input
            id="f-file"
            type="file"
            multiple
            accept=".txt,.zip"
            onChange={(event) => setFiles(event.currentTarget.files)}
          />
        </div>
        <p class="row">
          <button
            class="button main"
            type="submit"
            disabled={busy || !mayChange.value || !files || files.length === 0}
          >
            {t("org-sheet-bring-go")}
          </button>
        </p>
      </form>
      <p role="status">{of > 0 ? t("org-sheet-brought", { done: told.length, of }) : null}</p>
      <ul class="faults">
        {told.map((one, at) => (
          <Became key={at} told={one} onAll={(tips) => again(at, tips)} />
        ))}
      </ul>
      <Notice say={wrong} strong />
    </Aside>
  );
}

/** The lists that were signed for a unit, the newest first; come once they are asked for. */
function Past({ of }: { of: string }) {
  const [found, setFound] = useState<readonly PastSheet[] | null>(null);
  const reading = useActing();
  const look = (event: Event) => {
    if (!(event.currentTarget as HTMLDetailsElement).open || found) return;
    reading.act(async () => setFound(await readSheets(of)));
  };
  return (
    <details class="history" onToggle={look}>
      <summary>{t("org-sheets-past")}</summary>
      {found || reading.failed ? null : <p class="muted">{t("desk-loading")}</p>}
      <ol>
        {(found ?? []).map(({ n, issued, until, came, left }) => (
          <li key={n}>
            <b>{t("org-sheet-past", { n, from: fullDay(issued), to: fullDay(until) })}</b>
            {came.length > 0 ? <span>{t("org-sheet-came", { names: came.join(", ") })}</span> : null}
            {left.length > 0 ? <span>{t("org-sheet-left", { names: left.join(", ") })}</span> : null}
          </li>
        ))}
      </ol>
      <Notice say={reading.failed} strong />
    </details>
  );
}

/** What the next list would say otherwise than the one in force, the request for it, and those there were. */
export function SheetFacts({ row }: { row: Row }) {
  const { new: coming = [], leaving = [], uncompared = 0 } = row.more;
  const same = coming.length === 0 && leaving.length === 0;
  return (
    <>
      <section class="stack">
        <h3>{t("org-sheet-next")}</h3>
        <ul class="faults">
          {coming.map(({ account, role }) => (
            <li key={account}>{t("org-sheet-adds", { name: account, role: t(`desk-role-${role}`) })}</li>
          ))}
          {leaving.map((account) => (
            <li key={account}>{t("org-sheet-drops", { name: account })}</li>
          ))}
          {same ? <li>{t("org-sheet-same")}</li> : null}
          {uncompared > 0 ? <li>{t("org-sheet-uncompared", { count: uncompared })}</li> : null}
        </ul>
        <Ask of={row.key} only={true} />
      </section>
      <Past of={row.key} />
    </>
  );
}
