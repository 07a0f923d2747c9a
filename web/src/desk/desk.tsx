/** The desk once unlocked: frame, list or thread, bell, idle lock, keys. Screens change without a word in the address. */
import { useCallback, useEffect, useState } from "preact/hooks";
import { connect, listen } from "./api/live.ts";
import { enrolmentState } from "./api/routes.ts";
import { quiet, ring, titled } from "./bell.ts";
import { Banners } from "./frame/banners.tsx";
import { type Intent, KeyHelp, moveFocus, useKeys } from "./frame/keys.tsx";
import { Rail } from "./frame/rail.tsx";
import { Top } from "./frame/top.tsx";
import { watchIdle } from "./idle.ts";
import { Inbox } from "./inbox/inbox.tsx";
import { early, load as loadInbox } from "./inbox/tips.ts";
import { lock, whileIn } from "./session.ts";
import { ThreadPage } from "./thread/page.tsx";
import { lastTip, refresh, show, tipId } from "./thread/thread.ts";
import { t } from "./words.ts";

function openTip(id: string): void {
  history.pushState({ tip: id }, "", location.pathname);
  show(id);
}

function toInbox(): void {
  if (tipId.value !== null) history.pushState(null, "", location.pathname);
  show(null);
  quiet();
}

function followHistory(event: PopStateEvent): void {
  const tip: unknown = event.state?.tip;
  show(typeof tip === "string" ? tip : null);
}

/**
 * Looks again, unasked, at what is on screen: a thread too, unless it changed before it may show it. A hidden page
 * waits, so that nothing counts as read unseen.
 */
async function lookAgain(): Promise<void> {
  await loadInbox(true);
  const id = tipId.value;
  if (id !== null && !early.value.has(id) && !document.hidden) refresh();
}

function useLive(): void {
  useEffect(() => {
    const rung = () => {
      if (document.hidden || tipId.value !== null) ring();
      lookAgain();
    };
    const seen = () => {
      if (document.hidden) return;
      if (tipId.value === null) quiet();
      lookAgain();
    };
    const probe = () => whileIn(enrolmentState);
    const end = listen({ connect, probe, rung, missed: lookAgain });
    document.addEventListener("visibilitychange", seen);
    return () => {
      end();
      document.removeEventListener("visibilitychange", seen);
    };
  }, []);
}

function useDeskKeys(): [boolean, () => void] {
  const [help, setHelp] = useState(false);
  const act = useCallback((intent: Intent) => {
    if (intent === "next") moveFocus(1);
    if (intent === "previous") moveFocus(-1);
    if (intent === "search") document.getElementById("find")?.focus();
    if (intent === "write") document.getElementById("words")?.focus();
    if (intent === "back") toInbox();
    if (intent === "help") setHelp(true);
  }, []);
  useKeys(act);
  return [help, () => setHelp(false)];
}

export function Desk() {
  useLive();
  useEffect(() => watchIdle(() => lock("desk-locked")), []);
  useEffect(() => {
    window.addEventListener("popstate", followHistory);
    return () => window.removeEventListener("popstate", followHistory);
  }, []);
  const title = titled();
  useEffect(() => {
    document.title = title;
  }, [title]);
  const [help, closeHelp] = useDeskKeys();
  const inInbox = tipId.value === null;
  return (
    <>
      <a class="skip" href="#main">
        {t("desk-skip")}
      </a>
      <div class="frame">
        <Rail inInbox={inInbox} onInbox={toInbox} />
        <Top onBell={toInbox} />
        <div class="page">
          <Banners />
          {inInbox ? <Inbox from={lastTip.value} onOpen={openTip} /> : <ThreadPage onBack={toInbox} />}
        </div>
      </div>
      {help ? <KeyHelp onClose={closeHelp} /> : null}
    </>
  );
}
