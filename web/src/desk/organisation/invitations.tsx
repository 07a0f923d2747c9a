/** Officers invited by a table: its faults row by row, or everybody's link, shown and saved this once. */
import { useState } from "preact/hooks";
import { save } from "../../shared/saving.ts";
import { dayMonth, minute } from "../clock.ts";
import { t } from "../words.ts";
import { useActing } from "./acting.ts";
import { arrange } from "./acts.ts";
import { Aside } from "./aside.tsx";
import { fullDay, ownerName } from "./cells.tsx";
import { csv } from "./csv.ts";
import { FileForm } from "./files.tsx";
import type { Guest } from "./shapes.ts";

const COLUMNS = ["unit", "name", "role", "link", "expires"] as const;

/** The links as a table, as the command writes it; `here` is this page's address. */
export function linksTable(guests: readonly Guest[], here: string) {
  const rows = guests.map(({ expires, link, ...guest }) => ({
    ...guest,
    link: new URL(link, here).href,
    expires: `${fullDay(expires)} ${minute(expires)}`,
  }));
  return csv(COLUMNS, rows);
}

function Guests({ guests, onSaved }: { guests: readonly Guest[]; onSaved: () => void }) {
  const expires = Math.min(...guests.map((one) => one.expires));
  const take = () => {
    save(linksTable(guests, location.href).buffer, "hopthu-lien-ket.csv", "text/csv");
    onSaved();
  };
  const when = { count: guests.length, time: minute(expires), day: dayMonth(expires) };
  return (
    <div class="stack">
      <p role="status">{t("org-invited-many", when)}</p>
      <ul class="faults">
        {guests.map(({ unit, name, role }, n) => (
          <li key={n}>
            <b>{name}</b>, {t(`desk-role-${role}`)}, {ownerName(unit)}
          </li>
        ))}
      </ul>
      <p>{t("org-invited-many-once")}</p>
      <p class="row">
        <button class="button main" type="button" onClick={take}>
          {t("org-invited-get")}
        </button>
      </p>
    </div>
  );
}

export function GuestsAside({ onClose }: { onClose: () => void }) {
  const [guests, setGuests] = useState<readonly Guest[]>([]);
  const [saved, setSaved] = useState(false);
  const acting = useActing();
  const send = (bytes: Uint8Array<ArrayBuffer>) =>
    acting.act(async () => {
      const made = await arrange<{ links: Guest[] }>("officers", bytes, { way: "officers/import" });
      setGuests(made.links);
    });
  const losing = guests.length > 0 && !saved ? "org-leave-links" : null;
  return (
    <Aside title={t("org-invite-many")} onClose={onClose} losing={losing}>
      {guests.length > 0 ? (
        <Guests guests={guests} onSaved={() => setSaved(true)} />
      ) : (
        <>
          <p>{t("org-invite-many-how")}</p>
          <FileForm list="officers" go="org-invite-many-go" acting={acting} onFile={send} />
        </>
      )}
    </Aside>
  );
}
