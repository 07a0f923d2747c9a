/**
 * What the page may ask the key worker, and what it gets back. Bytes cross as base64url.
 *
 * No message carries a private key, the device secret (but for the words shown once) or the stretched passphrase.
 * What a passkey derives goes in, and nowhere else.
 */
import type { Why } from "../../crypto/audit.ts";
import type { Coordinates, MediaKind } from "../../crypto/contents.ts";
import type { About } from "../../crypto/entries.ts";
import type { Act, CaseAct, List, Role } from "../api/shapes.ts";

/** Everything an enrolment sends, and the words to show once. */
export interface Made {
  salt: string;
  auth: string;
  locked: string;
  recipient: string;
  signing_key: string;
  words: string[];
}

/** Whose words these are, as signed on a unit sheet. */
export interface SheetOfficer {
  serial: string;
  officer: string;
  role: Role;
  /** From when on, in UTC seconds. */
  from: number;
}

/** A unit's newest accepted sheet. `mine`: my serial is on it with my own keys. */
export interface SheetView {
  n: number;
  unit: string;
  name: string;
  expires: number;
  expired: boolean;
  /** Days left, a begun one counted whole, where the unit is to be warned. */
  ending: number | null;
  officers: SheetOfficer[];
  recovery: boolean;
}

/** Whether the server's sheets can be believed, and the newest if so. */
export type SheetVerdict =
  | { state: "good" | "absent-me" | "other-key"; sheet: SheetView }
  | { state: "none" | "forged" | "older"; sheet: null };

export interface Opening {
  unit: string;
  box: string | null;
  category: string | null;
  /** The name of the unit it was sent to, where that is another one; its code where the name is not known. */
  from?: string;
  /** The unit that its reporter passed over. */
  passed?: string;
}

export type RowVerdict =
  | { tip: string; state: "open"; opening: Opening }
  | { tip: string; state: "badkey" }
  | { tip: string; state: "tampered" };

/** What lies in a blob. `seconds`: of a recording or film; `cleaned` false: hidden information may still be in it. */
export interface MediaView {
  blob: string;
  bytes: number;
  mime: string;
  sha256: string;
  seconds: number | null;
  cleaned: boolean;
}

/** One entry as read. `by` null: the reporter, who carries an ISO `day`; an officer carries `at`, a UTC minute in seconds. */
export interface EntryView {
  seq: number;
  kind:
    | "text"
    | MediaKind
    | "place"
    | "question"
    | "answer"
    | "state"
    | "take"
    | "forward"
    | "rekey"
    | "case"
    | "other";
  by: SheetOfficer | null;
  day: string | null;
  at: number | null;
  text: string;
  /** Of a photo, recording, film or file. */
  media: MediaView | null;
  /** Of a place. */
  coordinates: Coordinates | null;
  /** The question it answers, where the reporter was asked one. */
  about: About | null;
  /** Of a tip passed on: the name of the unit that has it from here on. */
  to: string | null;
  /** What was done with it, and of which other tip it is a duplicate. */
  done: CaseAct | null;
  of: string | null;
  /** False where this entry or one before it does not match its check marks. */
  sound: boolean;
  /** Sealed under a key that was set aside, or that opens nothing here. */
  shut?: true;
}

/**
 * `lacking`: units that had the tip, whose sheets have to be learnt before it can be judged. `cut`: its last new key opens
 * nothing here, and all before that was read with the one before.
 */
export type ThreadVerdict =
  | { state: "open" | "tampered" | "cut"; opening: Opening | null; entries: EntryView[]; lacking?: string[] }
  | { state: "badkey" };

export interface Me {
  serial: string;
  officer: string;
  role: Role;
  unit: string;
  site: string;
  demo: boolean;
  authority: string;
}

export type Unlocked = "open" | "no-device" | "wrong" | "other-authority";

/** Why an officer takes a tip over from another. */
export type Reason = "shift" | "absent" | "asked" | "other";

/** What a tip is taken out for. */
export type Purpose = "inspection" | "report" | "file" | "other";

/**
 * What an officer is about to do, to be signed for the audit chain. `sealed`: the entry that goes with it; `what`: what is
 * sent to change a list of the organisation.
 */
export interface Deed {
  act: string;
  tip: string | null;
  seq?: number;
  sealed?: string;
  case?: CaseAct;
  reason?: Reason;
  list?: List;
  what?: string;
  /** Of a tip passed on: the unit, and the digest of all the keys made for it. */
  to?: string;
  grants?: string;
  /** Of keys given or taken back: the serial of whose they are; of many at once how many. */
  reader?: string;
  count?: number;
  /** Of keys that the recovery shares gave: the digest of the recipient they were sealed to. */
  recovery?: string;
  /** Of a tip taken out: what for, and the digest of its manifest. */
  purpose?: Purpose;
  manifest?: string;
}

/**
 * A record of the chain as shown. `observed`: the server saw it, nobody signed; `told` a word or number beside it. One of
 * a tip that this officer may not know of says nothing but its number; its act is `withheld`.
 */
export interface ChainLine {
  n: number;
  observed: boolean;
  officer: string | null;
  serial: string | null;
  act: string;
  tip: string | null;
  told: string | number | null;
  /** What an act that arranges changed, as its record names it. */
  change: string | null;
  hour: number;
  /** The place of the entry that went with it, if one did. */
  seq: number | null;
}

/** How far the chain holds (`n`, short `head`), or at which number it does not and why. */
export interface ChainVerdict {
  state: "good" | "tampered";
  n: number;
  head: string;
  at: number;
  why: Why | null;
  lines: ChainLine[];
}

/** A tip sealed to another unit by its sheet `sheet`: the entry that says so, a key for each reader, the digest of these. */
export interface Forwarded {
  sheet: number;
  seq: number;
  sealed: string;
  grants: Record<string, string>;
  digest: string;
}

/** Keys of some tips for one reader, and those that could not be made, with why as a word. `lacking` as below. */
export interface Given {
  grants: Record<string, string>;
  failed: { tip: string; why: "badkey" | "tampered" | Unwanted }[];
  lacking?: string[];
}

/**
 * Why a reader may not be sealed to: the reporter passed his unit over, or nobody can say whether so; or the log does not
 * tell that he was ever given the key, or tells that it was taken back.
 */
export type Unwanted = "passed-over" | "passed-unknown" | "stranger";

/** What of the audit chain tells who may hold a tip's key. */
export type Told = Pick<ChainLine, "n" | "act" | "tip" | "told" | "hour">;

/** A tip under a new key: the entry that names it, a key for each who reads on, the reporter's, the digest of these. */
export interface Renewed {
  state: "open";
  seq: number;
  sealed: string;
  grants: Record<string, string>;
  reporter: string;
  digest: string;
}

/** `lacking`: units that had the tip, whose sheets have to be learnt before it can be judged. */
export type Rekeyed = Renewed | { state: "badkey" | "tampered" | Unwanted; lacking?: string[] };

/** `former`: own grants that the one in force came in place of, the newest first. */
type SealedRow = { tip: string; grant: string; opening: string; former?: readonly string[] };
type SealedThread = Omit<SealedRow, "opening"> & { entries: string[] };

/** What was learnt of another unit: the one above it. */
export interface Learnt {
  parent: string | null;
}

/** Every question the worker answers, by name. */
export interface Calls {
  phrase: { ask: null; answer: string[] };
  makeKeys: { ask: { passphrase: string }; answer: Made };
  keepDevice: { ask: { account: string; site: string; authority: string }; answer: null };
  fingerprint: { ask: { officer: string; unit: string; role: Role; site: string }; answer: string };
  stretch: { ask: { passphrase: string; salt: string }; answer: string };
  unlock: { ask: { me: Me; locked: string }; answer: Unlocked };
  unlockByPasskey: {
    ask: { me: Me; locked: string; secret: Uint8Array };
    answer: Unlocked;
  };
  lockForPasskey: {
    ask: { me: Me; passphrase: string; salt: string; locked: string; secret: Uint8Array };
    answer: { locked: string; auth: string } | null;
  };
  restoreDevice: { ask: { words: string[]; me: Me; locked: string }; answer: boolean };
  readSheets: { ask: { bodies: string[] }; answer: SheetVerdict };
  learnSheets: { ask: { unit: string; bodies: string[] }; answer: Learnt | null };
  openGrants: {
    ask: { rows: SealedRow[] };
    answer: RowVerdict[];
  };
  openThread: { ask: SealedThread; answer: ThreadVerdict };
  rereadThread: { ask: SealedThread; answer: ThreadVerdict | null };
  sealEntry: {
    ask: { tip: string; act: Act; text: string; at: number; done?: { case: CaseAct; of: string | null } };
    answer: { seq: number; sealed: string };
  };
  forward: { ask: { tip: string; to: string; text: string; at: number }; answer: Forwarded };
  digitsOf: { ask: { serial: string }; answer: string };
  giveKeys: { ask: { reader: string; rows: SealedRow[] }; answer: Given };
  digestOf: { ask: { grants: Record<string, string> }; answer: string };
  rekey: {
    /** `told`: the audit chain as it was verified, from its first record on. */
    ask: SealedThread & { readers: string[]; told: Told[]; at: number };
    answer: Rekeyed;
  };
  /** The entry that `rekey` made was taken in: from now on a thread without it is refused. */
  rekeyTaken: { ask: { tip: string; seq: number; sealed: string }; answer: null };
  nextInChain: { ask: null; answer: number };
  readChain: {
    /** `unit`: one that is over, whose chain is only looked at; null: the officer's own. */
    ask: {
      first: number;
      n: number;
      records: string[];
      keys: string[];
      whole: boolean;
      unit: string | null;
    };
    answer: ChainVerdict;
  };
  signAct: { ask: Deed; answer: { record: string } };
  actTaken: { ask: { record: string }; answer: ChainLine };
  /** A tip's keys, older ones too, as a file of the age format under a passphrase of these words. */
  exportKeys: { ask: { tip: string }; answer: { words: string[]; sealed: ArrayBuffer } };
  /** A file that goes with a tip taken out, sealed to the tip's newest key. */
  sealFile: { ask: { tip: string; plain: ArrayBuffer }; answer: ArrayBuffer };
  openPhoto: { ask: { tip: string; media: MediaView; sealed: ArrayBuffer }; answer: ImageBitmap };
  openMedia: { ask: { tip: string; media: MediaView; sealed: ArrayBuffer }; answer: ArrayBuffer };
}

export type CallName = keyof Calls;

export interface Question<N extends CallName = CallName> {
  id: number;
  call: N;
  ask: Calls[N]["ask"];
}

export type Reply = { id: number; answer: unknown } | { id: number; failed: string };
