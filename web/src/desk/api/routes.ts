/** The routes of the desk API, one function each. Decides nothing: callers handle `Refused` and `Unreached`. */
import type {
  Account,
  Act,
  AuditStretch,
  CaseAct,
  Enrolled,
  Invitation,
  Rereading,
  SheetBody,
  TipPage,
  TipRow,
  TipThread,
  Unit,
} from "./shapes.ts";
import { bytes, type Coming, get, getAside, post } from "./wire.ts";

export const PAGE_SIZE = 50;

export interface NewAccount {
  account: string;
  salt: string;
  auth: string;
  locked: string;
  recipient: string;
  signing_key: string;
}

const path = encodeURIComponent;

export const openInvitation = (token: string) => post<Invitation>("enrolment/open", { token });
export const enrol = (token: string, made: NewAccount) => post<Enrolled>("enrolment", { token, ...made });
export const enrolmentState = () => get<{ state: "active" | "requested" | "removed" }>("enrolment/state");

/** What the log-in page must say before anybody is known. */
export const siteFacts = () => get<{ demo: boolean; passkeys?: string | null }>("site");

export const startLogin = (account: string) => post<{ salt: string }>("login/start", { account });
export const login = (account: string, auth: string) => post<Account>("login", { account, auth });
/** Who the session belongs to: the same answer as a log-in. */
export const myself = () => get<Account>("me");
export const logout = () => post<null>("logout");

/** A unit's sheets, what it is called, and the unit that goes on for it where it is over. */
export const sheetsOf = (unit: string) =>
  get<{ unit: Unit; sheets: SheetBody[]; heir?: string | null }>(`units/${path(unit)}/sheets`);
export const unitSheets = async (unit: string) => (await sheetsOf(unit)).sheets;

/** `quiet`: nobody asked for it; what is not due yet stays out (DESIGN §3, rule 7). */
export const listTips = ({ state, only, offset }: Wanted, quiet: boolean) =>
  get<TipPage>(`tips?state=${state}&only=${only}&offset=${offset}${quiet ? "&quiet=1" : ""}`);
/**
 * Threads this officer has opened before, newest first, behind the tip `after`: for the search, nothing counts as read.
 * `news`: those alone to which a reporter added something that nobody has read.
 */
export const readAgain = (after: Pick<TipRow, "id" | "received"> | undefined, news = false) => {
  const behind = after ? `&after=${path(after.id)}&received=${after.received}` : "";
  return getAside<Rereading>(`threads?news=${news}${behind}`);
};
export const loadTip = (tip: string) => get<TipThread>(`tips/${path(tip)}`);
export const openTip = (tip: string, record: string) => post<TipThread>(`tips/${path(tip)}/open`, { record });
export const readAudit = (first: number) => get<AuditStretch>(`audit?first=${first}`);
export const loadBlob = (name: string, coming: Coming) => bytes(`blobs/${path(name)}`, coming);

export const exportTip = (tip: string, purpose: string, record: string) =>
  post<unknown>(`tips/${path(tip)}/export`, { purpose, record });

export interface Wanted {
  state: "open" | "all";
  only: "all" | "urgent" | "late" | "soon" | "mine" | "erasing";
  offset: number;
}

export interface NewEntry {
  seq: number;
  sealed: string;
  act: Act;
  record: string;
}

/** What is done with a tip, and the signed entry that says so; the kind of matter where it is classified. */
export interface NewCase {
  seq: number;
  sealed: string;
  case: CaseAct;
  kind?: string;
  record: string;
}

/** The signed entry by which an officer takes a tip, and whom he saw answerable for it. */
export interface Taking {
  seq: number;
  sealed: string;
  held_by: string | null;
  record: string;
}

export const takeTip = (tip: string, taking: Taking) =>
  post<{ answerable: string }>(`tips/${path(tip)}/take`, taking);
export const actOn = (tip: string, done: NewCase) => post<unknown>(`tips/${path(tip)}/case`, done);
export const addEntry = (tip: string, entry: NewEntry) => post<unknown>(`tips/${path(tip)}/entries`, entry);
