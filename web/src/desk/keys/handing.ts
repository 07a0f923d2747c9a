/**
 * Keys change hands in the worker: opened tips sealed to one more reader of the own unit, or put under a new key.
 *
 * Owns for whom: whoever reads by the unit's newest accepted sheet, never somebody whom the reporter passed over, and
 * for a new key those alone who read on. The reporter's public key comes out of entry 0.
 */
import { HOUR } from "../../crypto/acts.ts";
import { generateIdentity, recipientOf } from "../../crypto/age.ts";
import type { Bytes } from "../../crypto/bytes.ts";
import { type Entry, type Opening, REPORTER, sealEntry } from "../../crypto/entries.ts";
import { fingerprint } from "../../crypto/fingerprint.ts";
import { grantsDigest, sealGrant } from "../../crypto/grants.ts";
import { officerOf, readersAt, type Officer as SheetLine } from "../../crypto/sheets.ts";
import { everyKey, type TipKeys } from "../../crypto/tipkeys.ts";
import { fromBase64url, toBase64url } from "../../shared/bytes.ts";
import type { Calls, Given, Rekeyed, Told, Unwanted } from "./messages.ts";
import { Refusal } from "./refusal.ts";
import { type Holder, RECOVERY, type Tips } from "./tips.ts";

const READERS = ["duty", "chief"];
const now = () => Math.floor(Date.now() / 1000);

export class Handing {
  constructor(
    private readonly officer: Holder,
    private readonly tips: Tips,
  ) {}

  /** Who reads at the own unit at this second, by its newest accepted sheet. */
  private readers(at: number): { readers: readonly SheetLine[]; recovery: string | null } {
    const sheet = this.tips.sheets[0];
    if (!sheet || at >= sheet.expires) throw new Refusal("off-sheet");
    return { readers: readersAt(sheet, at), recovery: sheet.recovery };
  }

  /** The 20 digits of a reader's keys, as they stand on the sheet. */
  async digitsOf({ serial }: Calls["digitsOf"]["ask"]): Promise<string> {
    const reader = this.readers(now()).readers.find((one) => one.serial === serial);
    if (!reader) throw new Refusal("off-sheet");
    const { unit, site } = this.officer.me;
    const { recipient, signingKey, officer, role } = reader;
    return fingerprint({ recipient, signingKey, officer, unit, role, site });
  }

  /** The keys of some tips for one reader, each out of the own grant, if it opens the tip's first entry. */
  async give({ reader, rows }: Calls["giveKeys"]["ask"]): Promise<Given> {
    const to = this.readers(now()).readers.find(({ serial }) => serial === reader);
    if (!to) throw new Refusal("off-sheet");
    const grants: Record<string, string> = {};
    const failed: Given["failed"] = [];
    const lacking = new Set<string>();
    for (const row of rows) {
      const found = await this.tips.first(row);
      const why = typeof found === "string" ? found : this.whyPassed(found.opening, to);
      if (typeof found !== "string" && found.opening.passed && this.unknown(found.opening))
        lacking.add(found.opening.passed);
      if (typeof found === "string" || why) failed.push({ tip: row.tip, why: why ?? "badkey" });
      else grants[row.tip] = toBase64url(await this.sealed(row.tip, found.keys, to));
    }
    return { grants, failed, ...(lacking.size > 0 ? { lacking: [...lacking] } : {}) };
  }

  /** True while no sheet was asked for of the unit that the reporter passed over. */
  private unknown({ passed }: Opening): boolean {
    return passed !== null && passed !== this.officer.me.unit && !this.tips.others.has(passed);
  }

  /**
   * Why not to him: he stood on a sheet of the unit that the reporter passed over, by serial or account; or no sheet of
   * that unit can be believed, so that nobody can say.
   */
  private whyPassed({ passed }: Opening, { serial, officer }: SheetLine): Unwanted | null {
    if (passed === null) return null;
    const every = [...this.tips.sheets, ...(this.tips.others.get(passed) ?? [])];
    const theirs = every.filter(({ unit }) => unit === passed);
    if (theirs.length === 0) return "passed-unknown";
    const stood = theirs.some(({ officers }) => officers.some((one) => one.officer === officer));
    return stood || officerOf(theirs, serial) !== null ? "passed-over" : null;
  }

  /**
   * True where the log does not tell that this reader holds the tip's key: it was taken back from him last, or nothing
   * says that it was ever made for him. Without a record that names the tip it was if he read by the sheet that it was
   * filed or passed on by, or recovered under, or by one of a unit that his goes on for, whose log is another; of a
   * hand-over only its digest says which tips.
   */
  private isStranger(tip: string, opening: Opening, { serial }: SheetLine, told: readonly Told[]): boolean {
    const about = told.filter((one) => one.tip === tip && (one.told === serial || one.act === "forwarded"));
    const last = about.findLast(({ act }) => ["give", "take-back", "forwarded"].includes(act));
    if (last && last.act !== "forwarded") return last.act === "take-back";
    if (told.some(({ act, told: to }) => act === "hand-over" && to === serial)) return false;
    const { sheets } = this.tips;
    const before = sheets.filter(
      ({ unit }) => unit !== this.officer.me.unit && opening.unit !== this.officer.me.unit,
    );
    const first = sheets.filter(({ n, unit }) => n === opening.sheet && unit === opening.unit);
    const moments = told.filter(
      (one) => one.act === "recovered" || (one.act === "forwarded" && one.tip === tip),
    );
    const later = moments.flatMap(({ hour }) =>
      sheets.filter((one) => one.issued < hour + HOUR && hour < one.expires),
    );
    return ![...first, ...before, ...later].some((one) =>
      one.officers.some((officer) => officer.serial === serial && READERS.includes(officer.role)),
    );
  }

  /** Why the new key is not sealed to these; null where nothing speaks against it. */
  private whyNot(
    { tip, told }: Calls["rekey"]["ask"],
    opening: Opening,
    on: readonly SheetLine[],
  ): Unwanted | null {
    for (const reader of on) {
      if (this.isStranger(tip, opening, reader, told)) return "stranger";
      const passed = this.whyPassed(opening, reader);
      if (passed) return passed;
    }
    return null;
  }

  private sealed(tip: string, keys: TipKeys, to: Pick<SheetLine, "serial" | "officer" | "recipient">) {
    const { site, unit, serial: by } = this.officer.me;
    const { serial, officer, recipient } = to;
    return sealGrant(keys, recipient, { site, tip: fromBase64url(tip), unit, officer, serial }, by);
  }

  /** What an act names these keys by. */
  async digest({ grants }: Calls["digestOf"]["ask"]): Promise<string> {
    const raw = Object.entries(grants).map(([to, one]) => [to, fromBase64url(one)] as const);
    return toBase64url(await grantsDigest(Object.fromEntries(raw)));
  }

  /**
   * A whole thread under a new key: the entry that names it, sealed to it already, a key for each of `readers`, one for
   * the recovery identity, and one for the reporter.
   */
  async rekey(ask: Calls["rekey"]["ask"]): Promise<Rekeyed> {
    const { tip, readers: wanted, at } = ask;
    const found = await this.tips.whole(ask);
    if (typeof found === "string") return { state: found };
    const { reading, cut } = found;
    if (!(reading.whole || cut !== null) || !reading.opening)
      return { state: "tampered", lacking: found.lacking };
    const { readers, recovery } = this.readers(now());
    const on = readers.filter(({ serial }) => wanted.includes(serial));
    if (on.length !== wanted.length || !wanted.includes(this.officer.me.serial))
      throw new Refusal("off-sheet");
    if (reading.opening.passed && this.unknown(reading.opening))
      return { state: "passed-unknown", lacking: [reading.opening.passed] };
    const why = this.whyNot(ask, reading.opening, on);
    if (why) return { state: why };
    const next = { identity: await generateIdentity(), older: everyKey(found.keys) };
    const backup = recovery && { serial: RECOVERY, officer: RECOVERY, recipient: recovery };
    const grants: Record<string, string> = {};
    for (const to of [...on, ...(backup ? [backup] : [])])
      grants[to.serial] = toBase64url(await this.sealed(tip, next, to));
    const reporter = await this.forReporter(tip, next, reading.opening);
    const sealed = await this.naming(tip, next, { at, seq: ask.entries.length, prev: reading.head, cut });
    const digest = await this.digest({ grants: { ...grants, [REPORTER]: reporter } });
    return { state: "open", seq: ask.entries.length, sealed, grants, reporter, digest };
  }

  async taken({ tip, seq, sealed }: Calls["rekeyTaken"]["ask"]): Promise<null> {
    await this.tips.keepOwn(tip, seq, fromBase64url(sealed));
    return null;
  }

  private async forReporter(tip: string, keys: TipKeys, { unit, recipient }: Opening): Promise<string> {
    const { site, serial } = this.officer.me;
    const granted = { site, tip: fromBase64url(tip), unit, officer: REPORTER, serial: REPORTER };
    return toBase64url(await sealGrant(keys, recipient, granted, serial));
  }

  private async naming(
    tip: string,
    { identity }: TipKeys,
    { at, seq, prev, cut }: { at: number; seq: number; prev: Bytes; cut: number | null },
  ): Promise<string> {
    const { site, serial: by } = this.officer.me;
    const recipient = await recipientOf(identity);
    const place = { site, tip: fromBase64url(tip), seq, prev };
    const nothing = {
      day: null,
      text: null,
      media: null,
      coordinates: null,
      opening: null,
      about: null,
      to: null,
      case: null,
      of: null,
    };
    const instead = cut === null ? {} : { instead: cut };
    const entry: Entry = { place, kind: "rekey", by, at, recipient, ...nothing, ...instead };
    return toBase64url(await sealEntry(entry, this.officer.unlocked.signer, recipient));
  }
}
