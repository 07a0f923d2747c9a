/** The desk once unlocked: frame, list or thread, bell, idle lock, keys. Screens change without a word in the address. */
import { signal } from "@preact/signals";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { connect, type Listening, listen } from "./api/live.ts";
import { enrolmentState } from "./api/routes.ts";
import { quiet, ring, titled } from "./bell.ts";
import { Banners } from "./frame/banners.tsx";
import { Behind, doorsOf, homeOf, type Place, partOf } from "./frame/doors.tsx";
import { focusRow, type Intent, KeyHelp, moveFocus, useKeys } from "./frame/keys.tsx";
import { now } from "./frame/now.ts";
import { Rail } from "./frame/rail.tsx";
import { Top } from "./frame/top.tsx";
import { lookForDue } from "./hands/due.ts";
import { watchIdle } from "./idle.ts";
import { Inbox } from "./inbox/inbox.tsx";
import { dueNext } from "./inbox/order.ts";
import { early, learnColleagues, load as loadInbox, shown } from "./inbox/tips.ts";
import { here } from "./presence.ts";
import { readNews } from "./search/reading.ts";
import { lock, me, onLock, whileIn } from "./session.ts";
import { ThreadPage } from "./thread/page.tsx";
import { lastTip, refresh, show, takeUp, tipId, touched } from "./thread/thread.ts";
import { t } from "./words.ts";

/** The page that is shown where no tip is; null: the one that the role begins with. */
const place = signal<Place | null>(null);
onLock(() => {
  place.value = null;
});

const at = (): Place => place.value ?? homeOf(me.value?.role);

function goTo(next: Place): void {
  if (tipId.value !== null || next !== at()) history.pushState({ place: next }, "", location.pathname);
  show(null);
  place.value = next;
  if (next === "tips") quiet();
}

/** To where the role begins: the list, but an operator has none. */
function toHome(): void {
  goTo(homeOf(me.value?.role));
}

function openTip(id: string): void {
  history.pushState({ tip: id }, "", location.pathname);
  show(id);
}

/** The bell was tapped: the list as it is now, from its top. */
function answerBell(): void {
  toHome();
  loadInbox();
  scrollTo(0, 0);
  document.querySelector<HTMLElement>("#main h1")?.focus();
}

/** The next tip on which a clock runs out or an answer waits: in the list it gets the focus, from a tip it opens. */
function goToDue(): void {
  const due = shown.value.filter((row) => dueNext(row, now.value)).map(({ id }) => id);
  const at = tipId.value ?? (document.activeElement as HTMLElement | null)?.dataset.tip ?? "";
  const next = due[(due.indexOf(at) + 1) % due.length];
  if (next === undefined || next === tipId.value) return;
  if (tipId.value === null) focusRow(next);
  else openTip(next);
}

function followHistory(event: PopStateEvent): void {
  const to: unknown = event.state?.place;
  const tip: unknown = event.state?.tip;
  place.value = doorsOf(me.value?.role).find((one) => one === to) ?? null;
  show(typeof tip === "string" ? tip : null);
}

/**
 * Looks again, unasked, at what is on screen: a thread too, unless it changed before it may show it. A hidden page
 * waits, so that nothing counts as read unseen.
 */
async function lookAgain(): Promise<void> {
  await loadInbox(true);
  readNews();
  const id = tipId.value;
  if (id !== null && !early.value.has(id) && !document.hidden) refresh();
}

/**
 * A colleague did something. A tip that may not show yet what its reporter did is not loaded for it: the officer is
 * told, and looks himself.
 */
async function colleagueChanged(tips: readonly string[]): Promise<void> {
  await lookAgain();
  const id = tipId.value;
  if (id !== null && tips.includes(id) && early.value.has(id)) touched.value = true;
}

function useLive(): void {
  const line = useRef<Listening | null>(null);
  const at = tipId.value;
  useEffect(() => line.current?.say({ t: "at", tip: at }), [at]);
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
    const listening = listen({
      connect,
      probe,
      rung,
      missed: lookAgain,
      changed: colleagueChanged,
      here: (open) => {
        here.value = open;
        learnColleagues(Object.values(open).flat()).catch(() => undefined);
      },
      word: () => ({ t: "at", tip: tipId.value }),
    });
    line.current = listening;
    document.addEventListener("visibilitychange", seen);
    return () => {
      listening.end();
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
    if (intent === "due") goToDue();
    if (intent === "back") toHome();
    if (intent === "help") setHelp(true);
  }, []);
  useKeys(act);
  return [help, () => setHelp(false)];
}

export function Desk() {
  useState(takeUp);
  useLive();
  useEffect(() => void lookForDue(), []);
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
  const shownPlace = tipId.value === null ? at() : null;
  return (
    <>
      <a class="skip" href="#main">
        {t("desk-skip")}
      </a>
      <div class="frame">
        <Top onBell={answerBell} />
        <Rail at={shownPlace} onGo={goTo} />
        <div class="page">
          <Banners onKeys={() => goTo("hands")} />
          {shownPlace === "tips" ? <Inbox from={lastTip.value} onOpen={openTip} /> : null}
          {shownPlace !== null && shownPlace !== "tips" ? (
            <Behind key={partOf(shownPlace)} place={shownPlace} />
          ) : null}
          {tipId.value !== null ? <ThreadPage onBack={toHome} /> : null}
        </div>
      </div>
      {help ? <KeyHelp onClose={closeHelp} /> : null}
    </>
  );
}
