/** The routes of the desk API, one function each. Decides nothing: callers handle `Refused` and `Unreached`. */
import type {
  Account,
  Act,
  Enrolled,
  Invitation,
  SheetBody,
  TipPage,
  TipState,
  TipThread,
} from "./shapes.ts";
import { bytes, get, post } from "./wire.ts";

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

export const startLogin = (account: string) => post<{ salt: string }>("login/start", { account });
export const login = (account: string, auth: string) => post<Account>("login", { account, auth });
/** Who the session belongs to: the same answer as a log-in. */
export const myself = () => get<Account>("me");
export const logout = () => post<null>("logout");

export const unitSheets = async (unit: string) =>
  (await get<{ sheets: SheetBody[] }>(`units/${path(unit)}/sheets`)).sheets;

/** `quiet`: nobody asked for it; what is not due yet stays out (DESIGN §3, rule 7). */
export const listTips = (state: "open" | "all", offset: number, quiet: boolean) =>
  get<TipPage>(`tips?state=${state}&offset=${offset}${quiet ? "&quiet=1" : ""}`);
export const loadTip = (tip: string) => get<TipThread>(`tips/${path(tip)}`);
export const takeTip = (tip: string) => post<{ answerable: string }>(`tips/${path(tip)}/take`);
export const loadBlob = (name: string) => bytes(`blobs/${path(name)}`);

export interface NewEntry {
  seq: number;
  sealed: string;
  act: Act;
  state?: TipState;
}

export const addEntry = (tip: string, entry: NewEntry) => post<unknown>(`tips/${path(tip)}/entries`, entry);
