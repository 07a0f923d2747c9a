/**
 * The console's pages besides the list: which doors a role finds in the rail, and what is loaded behind them.
 *
 * Owns what is offered; what an officer may read and change is decided by the server alone.
 */
import type { FunctionComponent } from "preact";
import { useState } from "preact/hooks";
import type { Role } from "../api/shapes.ts";
import { learn, t } from "../words.ts";
import { useLater } from "./later.ts";

/** A page of the organisation. */
export type Office = "roster" | "units" | "boxes" | "hotlines" | "officers";
export type Place = "tips" | "hands" | "access" | "log" | "phone" | Office;

const DOORS: Readonly<Record<Role, readonly Place[]>> = {
  duty: ["tips", "roster", "boxes", "hotlines", "hands", "access", "log", "phone"],
  chief: ["tips", "roster", "units", "boxes", "hotlines", "officers", "hands", "access", "log", "phone"],
  operator: ["roster", "units", "boxes", "hotlines", "officers", "access", "log"],
};

/** The doors of a role, in the order of the rail. */
export function doorsOf(role: Role | undefined): readonly Place[] {
  return role ? DOORS[role] : [];
}

/** Where a role begins: an operator is given no tips. */
export function homeOf(role: Role | undefined): Place {
  return role === "operator" ? "units" : "tips";
}

/** Pages of one part stay one as its doors are gone through. */
export function partOf(place: Place): string {
  return place in BEHIND ? place : "office";
}

type Page = FunctionComponent<{ place: Place }>;

async function loadLog(): Promise<Page> {
  const { AuditPage, words } = await import("../audit/log.tsx");
  await learn(words);
  return AuditPage;
}

async function loadOffice(): Promise<Page> {
  const { OfficePage, words } = await import("../organisation/office.tsx");
  await learn(words);
  return OfficePage;
}

async function loadHands(): Promise<Page> {
  const { HandsPage, words } = await import("../hands/hands.tsx");
  await learn(words);
  return HandsPage;
}

async function loadAccess(): Promise<Page> {
  const { AccessPage, words } = await import("../access/access.tsx");
  await learn(words);
  return AccessPage;
}

async function loadPhone(): Promise<Page> {
  const { PhonePage, words } = await import("../phone/phone.tsx");
  await learn(words);
  return PhonePage;
}

const BEHIND: Partial<Record<Place, () => Promise<Page>>> = {
  log: loadLog,
  hands: loadHands,
  access: loadAccess,
  phone: loadPhone,
};

/** The page behind a door, once it has come. */
export function Behind({ place }: { place: Exclude<Place, "tips"> }) {
  const [failed, tell] = useState<string | null>(null);
  const Come = useLater(BEHIND[place] ?? loadOffice, tell);
  if (Come) return <Come place={place} />;
  return (
    <main id="main">
      <p class="muted" role="status">
        {t(failed ?? "desk-loading")}
      </p>
    </main>
  );
}
