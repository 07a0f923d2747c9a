/** What the desk API sends and takes, as plain types. Bytes are base64url without padding throughout. */
import type { CASES, LISTS } from "../../crypto/acts.ts";

export type TipState = "received" | "verify" | "need" | "closed";
/** An operator arranges the organisation and is shown no tip. */
export type Role = "duty" | "chief" | "operator";
/** A list of the organisation. */
export type List = (typeof LISTS)[number];
export type Act = "question" | "answer" | "take" | "case";
/** What may be done with a tip: the status it leads to, or a step within one. */
export type CaseAct = (typeof CASES)[number];
/** Where a tip stands at the desk. */
export type Status = Exclude<
  CaseAct,
  "report" | "notify" | "complex" | "extend" | "hold" | "release" | "settle"
>;
/** What of a tip is due. */
export type Clock = "open" | "report" | "classify" | "notify" | "verify" | "complex" | "extended" | "end";

export interface Unit {
  code: string;
  name_vi: string;
  name_en: string;
}

/** What an enrolment link stands for, before anything was made. */
export interface Invitation {
  unit: Unit;
  name: string;
  role: Role;
  expires: number;
  site: string;
  demo: boolean;
  authority: string;
}

export interface Enrolled {
  serial: string;
  officer: string;
  state: "active" | "requested";
}

export interface Account {
  serial: string;
  officer: string;
  name: string;
  role: Role;
  unit: Unit;
  site: string;
  demo: boolean;
  authority: string;
  locked: string;
  /** The unit's boxes by link code; a server that does not say leaves them out. */
  boxes?: Box[];
  /** How many numbers of the unit's board nobody has called for half a year. */
  stale_numbers?: number;
  /** Told to chiefs: the unit's recovery shares were used, and no sheet names another identity yet. */
  recovery_used?: boolean;
}

/** A box's name on screen. */
export interface Box {
  code: string;
  label_vi: string;
  label_en: string;
}

export interface SheetBody {
  n: number;
  body: string;
}

/** The clear facts of one tip, with this officer's own grant (null: none) and the sealed opening entry. */
export interface TipRow {
  id: string;
  unit: string;
  urgent: boolean;
  state: TipState;
  /** From when on the reporter sees this state, in UTC seconds. */
  visible_from: number;
  received: number;
  answerable: string | null;
  news: boolean;
  entries: number;
  register: number | null;
  /** The year of its number in its unit's book. */
  year: number | null;
  status: Status;
  /** By when (UTC seconds) what is due next; null where nothing is. */
  due: number | null;
  clock: Clock | null;
  /** Kept from erasure; a server that does not say leaves it out, and the next. */
  held?: boolean;
  /** The second from which on it may be erased; null while no officer is warned of that. */
  erases?: number | null;
  grant: string | null;
  /** Own grants that it came in place of, the newest first; kept until it has proved to open the tip. */
  former?: string[];
  /** Whether I have opened it before; a server that does not say leaves it out. */
  opened?: boolean;
  /** Whether nobody of the unit has opened it. */
  unopened?: boolean;
  opening: string;
}

export interface TipPage {
  total: number;
  /** Open tips of the whole unit that nobody has opened. */
  unopened: number;
  tips: TipRow[];
  /** Of a quiet answer: tips left out because their notice is not due yet. */
  early?: string[];
}

export interface Reader {
  recipient: string;
  opened: boolean;
}

/** What may be done with a tip now: by a chief alone, or with a reason. */
export interface Offer {
  act: CaseAct;
  chief: boolean;
  reason: boolean;
  /** What the reporter will see of the tip after it, late. */
  state: TipState;
}

export interface TipThread {
  tip: TipRow;
  /** Without those that this officer may not do. */
  acts: Offer[];
  entries: string[];
  readers: Reader[];
}

/** A thread opened before: its row, which holds the opening entry, and the entries behind that. */
export interface Reread {
  tip: TipRow;
  rest: string[];
}

/** Some of the threads an officer has opened before, and how many there are. */
export interface Rereading {
  total: number;
  threads: Reread[];
}

/** Who else has which tip open, by tip. */
export type Here = Readonly<Record<string, readonly string[]>>;

export type LiveNews =
  | { t: "tip"; urgent: boolean }
  | { t: "news" }
  | { t: "ping" }
  | { t: "here"; open: Here; changed: readonly string[] };

/** What the console says over the live socket: the tip on its screen, or none. */
export interface LiveWord {
  t: "at";
  tip: string | null;
}

/** Some records of a chain of `n`, and the keys the server ever signed observed ones with. */
export interface AuditStretch {
  n: number;
  records: string[];
  keys: string[];
}
