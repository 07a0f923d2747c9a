/** Officers: who waits with which twenty digits, an invitation whose link is shown once, shutting somebody out. */
import { useState } from "preact/hooks";
import type { Role } from "../api/shapes.ts";
import { dayMonth, minute } from "../clock.ts";
import { Digits } from "../enrol/digits.tsx";
import { Notice } from "../frame/notice.tsx";
import { me } from "../session.ts";
import { language, t } from "../words.ts";
import { useActing } from "./acting.ts";
import { perform } from "./acts.ts";
import { Aside } from "./aside.tsx";
import { Copied } from "./copied.tsx";
import { unitChoices } from "./fields.tsx";
import { changed, mayChange, page, unit } from "./listing.ts";
import { titleOf } from "./lists.ts";
import type { Invited, Row } from "./shapes.ts";
import { TwoSteps } from "./two-steps.tsx";

const WAITS = "requested";
const DIGITS = 20;

/** The digits that were heard, typed in: what fits is noted, and is on the next request. */
function Heard({ row }: { row: Row }) {
  const [heard, setHeard] = useState("");
  const { busy, failed, act } = useActing();
  const typed = heard.replace(/\D/g, "").length;
  const name = titleOf("officers", row, language.value);
  const send = async (event: Event) => {
    event.preventDefault();
    const said = { serial: row.key, digits: heard };
    if (await act(() => perform("officers", "officers/approve", said)))
      await changed("org-approved", { name });
  };
  const id = `heard-${row.key}`;
  return (
    <form class="stack" onSubmit={send}>
      <div class="field">
        <label for={id}>{t("org-heard")}</label>
        <input
          id={id}
          class="num"
          inputMode="numeric"
          autocomplete="off"
          maxLength={40}
          value={heard}
          aria-describedby={`${id}-typed`}
          onInput={(event) => setHeard(event.currentTarget.value)}
        />
        <p id={`${id}-typed`} class="small">
          {t("org-heard-typed", { typed, of: DIGITS })}
        </p>
      </div>
      <p class="row">
        <button class="button" type="submit" disabled={busy || !mayChange.value || typed !== DIGITS}>
          {t("org-approve")}
        </button>
      </p>
      <Notice say={failed} strong />
    </form>
  );
}

/** Who waits to be put on the sheet, with the digits to compare. */
export function Waiting() {
  const waiting = (page.value?.rows ?? []).filter((row) => row.more.status === WAITS);
  if (waiting.length === 0) return null;
  return (
    <section class="waiting-list">
      <h2>{t("org-waiting", { count: waiting.length })}</h2>
      <p>{t("org-waiting-how")}</p>
      <ul>
        {waiting.map((row) => (
          <li key={row.key}>
            <b>{titleOf("officers", row, language.value)}</b>
            {row.more.role ? <span class="muted"> {t(`desk-role-${row.more.role}`)}</span> : null}
            {row.more.digits ? <Digits value={row.more.digits} /> : null}
            {mayChange.value ? <Heard row={row} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

const ROLES: readonly Role[] = ["duty", "chief", "operator"];

/** The link, shown this once. */
function Link({ invited, name }: { invited: Invited; name: string }) {
  const { link, expires } = invited;
  return (
    <div class="stack">
      <p role="status">{t("org-invited", { name, time: minute(expires), day: dayMonth(expires) })}</p>
      <Copied label={t("org-link")} text={new URL(link, location.href).href} />
      <p>{t("org-invited-once")}</p>
    </div>
  );
}

export function InviteAside({ onClose }: { onClose: () => void }) {
  const [code, setCode] = useState(unit.value);
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("duty");
  const [invited, setInvited] = useState<Invited | null>(null);
  const { busy, failed, act } = useActing();
  const send = (event: Event) => {
    event.preventDefault();
    act(async () => {
      const said = { unit: code, name: name.trim(), role };
      setInvited(await perform<Invited>("officers", "officers/invite", said));
    });
  };
  return (
    <Aside title={t("org-invite")} onClose={onClose}>
      {invited ? (
        <Link invited={invited} name={name} />
      ) : (
        <form class="stack" onSubmit={send}>
          <div class="field">
            <label for="f-name">{t("org-invite-name")}</label>
            <input
              id="f-name"
              required
              maxLength={100}
              autocomplete="off"
              value={name}
              onInput={(event) => setName(event.currentTarget.value)}
            />
          </div>
          <div class="field">
            <label for="f-unit">{t("org-col-unit")}</label>
            <select id="f-unit" value={code} onChange={(event) => setCode(event.currentTarget.value)}>
              {unitChoices().map(([one, called]) => (
                <option key={one} value={one}>
                  {called}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="f-role">{t("enrol-role")}</label>
            <select
              id="f-role"
              value={role}
              aria-describedby="f-role-about"
              onChange={(event) => setRole(event.currentTarget.value as Role)}
            >
              {ROLES.map((one) => (
                <option key={one} value={one}>
                  {t(`desk-role-${one}`)}
                </option>
              ))}
            </select>
            <p id="f-role-about" class="small muted">
              {t(`org-role-${role}`)}
            </p>
          </div>
          <p class="row">
            <button
              class="button main"
              type="submit"
              disabled={busy || !mayChange.value || name.trim() === ""}
            >
              {t("org-invite-go")}
            </button>
          </p>
          <Notice say={failed} strong />
        </form>
      )}
    </Aside>
  );
}

/** Shuts an officer out, in two steps; says what that does and what it does not. */
function Removal({ row, onDone }: { row: Row; onDone: () => void }) {
  const { busy, failed, act } = useActing();
  const { sole: tips = 0 } = row.more;
  const remove = async () => {
    if (await act(() => perform("officers", "officers/remove", { serial: row.key, tips }))) {
      onDone();
      await changed("org-removed");
    }
  };
  const name = titleOf("officers", row, language.value);
  return (
    <TwoSteps
      ask={[t("org-remove-ask", { name }), tips > 0 ? t("org-remove-sole", { count: tips }) : ""].join(" ")}
      first={t("org-remove")}
      second={t("org-remove-yes")}
      busy={busy}
      failed={failed}
      onDo={remove}
    />
  );
}

/** The digits of an officer's keys, and the way to shut him out. Nobody shuts himself out. */
export function OfficerFacts({ row, onDone }: { row: Row; onDone: () => void }) {
  const { digits, status, removable } = row.more;
  const mine = row.key === me.value?.serial;
  return (
    <>
      {digits ? (
        <section class="stack">
          <p>{t(status === WAITS ? "org-waiting-how" : "org-digits")}</p>
          <Digits value={digits} />
        </section>
      ) : null}
      {mayChange.value && removable && !mine && status !== "removed" ? (
        <Removal row={row} onDone={onDone} />
      ) : null}
    </>
  );
}
