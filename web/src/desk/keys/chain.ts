/**
 * The unit's audit chain as this browser knows it: followed record by record, signed on top of, remembered sealed.
 *
 * Owns the rule that a chain never gets shorter or other than it was seen here, and that nothing is signed on top of
 * one that does not hold. Who may sign is said by accepted sheets alone.
 */
import { type ChainAct, type DetailValue, HOUR, signAct } from "../../crypto/acts.ts";
import {
  beginning,
  type ChainChecks,
  linkOf,
  Misfit,
  type Point,
  shortHead,
  Walk,
} from "../../crypto/audit.ts";
import { same, sha256 } from "../../crypto/bytes.ts";
import { openPoint, sealPoint } from "../../crypto/remembered.ts";
import { goesOnFor, officerOf, type Sheet } from "../../crypto/sheets.ts";
import { fromBase64url, toBase64url } from "../../shared/bytes.ts";
import type { Calls, ChainLine, ChainVerdict, Deed } from "./messages.ts";
import { Refusal } from "./refusal.ts";
import type { Shelf } from "./shelf.ts";
import type { Holder } from "./tips.ts";

/** Where the accepted sheets are. */
export interface Book {
  readonly sheets: readonly Sheet[];
}

type Read = Omit<Calls["readChain"]["ask"], "unit">;

/** What the page is given of a record that this officer is not shown. */
const WITHHELD = {
  observed: true,
  officer: null,
  serial: null,
  act: "withheld",
  tip: null,
  told: null,
  change: null,
  hour: 0,
  seq: null,
} as const;

export class Chain {
  /** The furthest point ever seen here; null before the memory was looked into. */
  private seen: Point | null = null;
  /** How far a reading from the beginning has come. */
  private walked: Point | null = null;
  /** True while what was last read holds up to the chain's end: only then may be signed. */
  private ready = false;
  private keys: readonly Uint8Array[] = [];

  constructor(
    private readonly officer: Holder,
    private readonly book: Book,
    private readonly shelf: Shelf,
    /** The unit is over, and the officer's own goes on for it: of tips that are not his the digest alone is shown. */
    private readonly over = false,
  ) {}

  /** The number from which the chain must be read to go on from what was seen. */
  async next(): Promise<number> {
    try {
      return Math.max(1, (await this.remembered()).n);
    } catch (error) {
      if (error instanceof Misfit) return 1;
      throw error;
    }
  }

  /** Reads on. `whole`: from record 1, as often as there are pages; else from where `next` says. */
  async read(page: Read): Promise<ChainVerdict> {
    this.keys = page.keys.map(fromBase64url);
    this.ready = false;
    try {
      return page.whole ? await this.walk(page) : await this.advance(page);
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
      const n = this.seen?.n ?? 0;
      const head = this.seen ? shortHead(this.seen.head) : "";
      return { state: "tampered", at: error.n, why: error.why, n, head, lines: [] };
    }
  }

  private async advance({ n, records }: Read): Promise<ChainVerdict> {
    const from = await this.remembered();
    const bodies = records.map(fromBase64url);
    if (n < from.n) throw new Misfit(n + 1, "shorter");
    const known = from.n === 0 ? null : bodies.shift();
    if (known !== null && !(known && same(await linkOf(known), from.head)))
      throw new Misfit(from.n, "differs");
    const { point, lines } = await this.followed(from, bodies);
    await this.keep(point);
    this.ready = point.n >= n;
    return this.good(point, lines);
  }

  private async walk({ first, n, records }: Read): Promise<ChainVerdict> {
    const seen = await this.remembered();
    const { site, unit } = this.officer.me;
    const from = first === 1 || !this.walked ? await beginning(site, unit) : this.walked;
    const { point, lines } = await this.followed(from, records.map(fromBase64url), seen);
    this.walked = point;
    const ended = records.length === 0 || point.n >= n;
    if (ended && point.n < seen.n) throw new Misfit(point.n + 1, "shorter");
    if (point.n >= seen.n) await this.keep(point);
    this.ready = ended;
    return this.good(point, lines);
  }

  private async followed(from: Point, bodies: readonly Uint8Array[], seen?: Point) {
    const walk = new Walk(from, this.checks());
    const lines: ChainLine[] = [];
    for (const body of bodies) {
      const act = await walk.step(body);
      if (seen?.n === walk.n && !same(seen.head, walk.head)) throw new Misfit(walk.n, "differs");
      lines.push(act ? lineOf(act) : { ...WITHHELD, n: walk.n });
    }
    return { point: walk, lines };
  }

  private good(point: Point, lines: ChainLine[]): ChainVerdict {
    return { state: "good", at: 0, why: null, n: point.n, head: shortHead(point.head), lines };
  }

  private checks(): ChainChecks {
    const { site, unit } = this.officer.me;
    const sheets = this.book.sheets.filter((sheet) => sheet.unit === unit);
    const withholds = this.over || goesOnFor(sheets, unit).length > 0;
    return { site, unit, officers: (serial) => officerOf(sheets, serial), server: this.keys, withholds };
  }

  /** An act of this officer, signed on top of the chain as last read. */
  async sign(deed: Deed): Promise<{ record: string }> {
    if (!this.ready || !this.seen) throw new Refusal("not-open");
    const { site, unit, officer, serial } = this.officer.me;
    const act: ChainAct = {
      site,
      unit,
      n: this.seen.n + 1,
      head: this.seen.head,
      kind: "officer",
      officer,
      serial,
      act: deed.act,
      tip: deed.tip === null ? null : fromBase64url(deed.tip),
      detail: await detailOf(deed),
      own: this.seen.own.get(serial) ?? null,
      hour: Math.floor(Date.now() / 1000 / HOUR) * HOUR,
    };
    return { record: toBase64url(await signAct(act, this.officer.unlocked.signer)) };
  }

  /** The server took this act in: from now on a chain without it is refused. */
  async taken(record: string): Promise<ChainLine> {
    const walk = new Walk(await this.remembered(), this.checks());
    const act = await walk.step(fromBase64url(record));
    if (!act) throw new Refusal("unreadable");
    await this.keep(walk);
    return lineOf(act);
  }

  private async remembered(): Promise<Point> {
    this.seen ??= await this.recalled();
    return this.seen;
  }

  private async recalled(): Promise<Point> {
    const { site, unit, officer } = this.officer.me;
    const sealed = await this.shelf.taken("chains", this.shelfKey());
    if (!sealed) return beginning(site, unit);
    const device = await this.shelf.taken("devices", officer);
    if (!device) throw new Refusal("locked");
    try {
      return await openPoint(fromBase64url(sealed), device, site);
    } catch {
      throw new Misfit(0, "differs");
    }
  }

  private async keep(point: Point): Promise<void> {
    const { site, officer } = this.officer.me;
    this.seen = point;
    const device = await this.shelf.taken("devices", officer);
    if (!device) throw new Refusal("locked");
    await this.shelf.keep("chains", this.shelfKey(), toBase64url(await sealPoint(point, device, site)));
  }

  private shelfKey(): string {
    const { site, unit, serial } = this.officer.me;
    return `${site}/${unit}/${serial}`;
  }
}

async function detailOf(deed: Deed): Promise<Record<string, DetailValue>> {
  const { seq, sealed, reason, list, what, to, grants, reader, count, recovery, purpose, manifest } = deed;
  const digest = (bytes: string) => sha256(fromBase64url(bytes));
  return {
    ...(seq === undefined ? {} : { seq }),
    ...(sealed === undefined ? {} : { entry: await digest(sealed) }),
    ...(deed.case === undefined ? {} : { case: deed.case }),
    ...(reason === undefined ? {} : { reason }),
    ...(list === undefined ? {} : { list }),
    ...(what === undefined ? {} : { change: await digest(what) }),
    ...(to === undefined ? {} : { to }),
    ...(grants === undefined ? {} : { grants: fromBase64url(grants) }),
    ...(reader === undefined ? {} : { reader }),
    ...(count === undefined ? {} : { count }),
    ...(recovery === undefined ? {} : { recovery: fromBase64url(recovery) }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(manifest === undefined ? {} : { manifest: fromBase64url(manifest) }),
  };
}

/** A record as the page shows it: of its digests that of an act that arranges alone, no signature. */
function lineOf({ n, kind, officer, serial, act, tip, detail, hour }: ChainAct): ChainLine {
  const { reason, state, reader, count, sheet, list, to, from, into, file, year, purpose, seq, change } =
    detail;
  const word =
    reason ??
    state ??
    detail.case ??
    year ??
    purpose ??
    reader ??
    count ??
    sheet ??
    list ??
    to ??
    from ??
    into ??
    file ??
    null;
  return {
    n,
    observed: kind === "observed",
    officer,
    serial,
    act,
    tip: tip && toBase64url(tip),
    told: word instanceof Uint8Array ? null : word,
    change: change instanceof Uint8Array ? toBase64url(change) : null,
    hour,
    seq: typeof seq === "number" ? seq : null,
  };
}
