/**
 * The authority at work: its key, the recovery identities beside it, and what it signed before, out of the key's folder.
 *
 * Owns the answer to "was this compared before?", as the command does: whoever stands, line for line, on a unit's newest
 * signed sheet. The key lies in this page's memory alone, where it can sign and not be read back.
 */
import { checkRecipient, recipientOf } from "../crypto/age.ts";
import type { Bytes } from "../crypto/bytes.ts";
import { SealError } from "../crypto/errors.ts";
import { LOCKED, lockSeed, unlockSeed } from "../crypto/keylock.ts";
import { type Sheet, signSheet, verifySheet } from "../crypto/sheets.ts";
import { KEY, signer, verifyKeyOf } from "../crypto/signing.ts";
import { overwrite } from "../shared/bytes.ts";
import type { Named } from "../shared/zipping.ts";
import { NotAccepted } from "./refusal.ts";
import { ALL, LARGEST, readArchive } from "./zip.ts";

/** A file of the folder that was chosen, by its way from there. */
export interface FolderFile {
  path: string;
  size: number;
  read: () => Promise<Bytes>;
}

/** A sheet and its signed form. */
export interface Signed {
  sheet: Sheet;
  body: Bytes;
}

export const KEY_FILE = "authority.key";
/** What the command keeps, and what the page handed out, unpacked. */
const KEPT = /^(?:signed|sheets[^/]*)\/[^/]+\.txt$/;
const BUNDLES = /^sheets[^/]*\.zip$/;
/** A unit's recovery identity as a file, or the public part of one that is in shares on paper: this one goes before. */
const RECOVERY = /^recovery-([^/]+)\.(key|txt)$/;

/** The public key as people compare it and as `hopthu init` takes it. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** An opened folder. `clock` says UTC seconds. */
export class Office {
  private readonly known = new Map<string, Signed>();
  private readonly heirs = new Map<string, Sheet>();
  private readonly recoveries = new Map<string, FolderFile>();

  private constructor(
    readonly authority: Bytes,
    private readonly key: CryptoKey,
    private readonly clock: () => number,
    private readonly keyFile: FolderFile,
  ) {}

  /**
   * Opens a folder; `passphrase` is for a key that is locked.
   *
   * Throws NotAccepted where there is no key, more than one, one under another passphrase, or a kept sheet of another key.
   */
  static async open(files: readonly FolderFile[], clock: () => number, passphrase = ""): Promise<Office> {
    const { folder, key } = keyAmong(files);
    const office = await Office.withKey(key, clock, passphrase);
    for (const file of files.filter((one) => one.path.startsWith(folder)))
      await office.takeUp({ ...file, path: file.path.slice(folder.length) });
    return office;
  }

  private static async withKey(file: FolderFile, clock: () => number, passphrase: string): Promise<Office> {
    const seed = await seedOf(file, passphrase);
    try {
      return new Office(await verifyKeyOf(seed), await signer(seed), clock, file);
    } finally {
      overwrite(seed);
    }
  }

  /** True where whoever has the key's file can sign with it. */
  get isOpen(): boolean {
    return this.keyFile.size === KEY;
  }

  /** The file of this key, which is open, as it is locked under a passphrase. */
  async locked(passphrase: string): Promise<Bytes> {
    const seed = await seedOf(this.keyFile, "");
    try {
      return await lockSeed(seed, passphrase);
    } finally {
      overwrite(seed);
    }
  }

  private async takeUp(file: FolderFile): Promise<void> {
    const [, unit, kind] = RECOVERY.exec(file.path) ?? [];
    if (unit && (kind === "txt" || !this.recoveries.has(unit))) this.recoveries.set(unit, file);
    if (KEPT.test(file.path)) await this.believe(file.path, await bounded(file, LARGEST));
    if (!BUNDLES.test(file.path)) return;
    const kept: Named[] = await readArchive(file.path, await bounded(file, ALL), ".txt");
    for (const one of kept) await this.believe(`${file.path}/${one.name}`, one.body);
  }

  private async believe(file: string, body: Bytes): Promise<void> {
    try {
      this.remember({ sheet: await verifySheet(body, this.authority), body });
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      throw new NotAccepted("auth-no-foreign", { file });
    }
  }

  private remember(signed: Signed): void {
    const of = `${signed.sheet.site}/${signed.sheet.unit}`;
    const known = this.known.get(of);
    if (known && known.sheet.n >= signed.sheet.n) return;
    this.known.set(of, signed);
    for (const old of signed.sheet.goesOnFor) this.heirs.set(`${signed.sheet.site}/${old}`, signed.sheet);
  }

  /** Throws NotAccepted where another unit goes on for this one: nothing is signed for it any more. */
  checkLiving(site: string, unit: string): void {
    const heir = this.heirs.get(`${site}/${unit}`);
    if (heir) throw new NotAccepted("auth-no-gone-on", { heir: heir.unit, unit });
  }

  /** What this machine's clock says. */
  get now(): number {
    return this.clock();
  }

  /** The newest sheet signed here for a unit of an installation. */
  newest(site: string, unit: string): Signed | null {
    return this.known.get(`${site}/${unit}`) ?? null;
  }

  /** What a sheet's file is called on the way to the server; of several installations each says which. */
  fileOf({ site, unit, n }: Sheet): string {
    const sites = new Set([...this.known.values()].map((one) => one.sheet.site));
    return sites.size > 1 ? `sheet-${site}_${unit}_${n}.txt` : `sheet-${unit}-${n}.txt`;
  }

  /** The newest sheet of every unit that no other goes on for, by unit. */
  every(): Sheet[] {
    const living = [...this.known].filter(([of]) => !this.heirs.has(of));
    const sheets = living.map(([, one]) => one.sheet);
    return sheets.sort((a, b) => order(a.unit, b.unit) || order(a.site, b.site));
  }

  /** The public part of the recovery identity this folder holds for a unit. Throws NotAccepted where it is damaged. */
  async recoveryOf(unit: string): Promise<string | null> {
    const file = this.recoveries.get(unit);
    if (!file) return null;
    try {
      const written = await bounded(file, LARGEST);
      const said = new TextDecoder().decode(written).trim();
      overwrite(written);
      if (!file.path.endsWith(".txt")) return await recipientOf(said);
      checkRecipient(said);
      return said;
    } catch (error) {
      if (!(error instanceof SealError || error instanceof NotAccepted)) throw error;
      throw new NotAccepted("auth-no-recovery-damaged");
    }
  }

  /** Signs. Throws NotAccepted where the sheet says what no sheet may say. */
  async sign(sheet: Sheet): Promise<Signed> {
    const signed = { sheet, body: await this.signature(sheet) };
    this.remember(signed);
    return signed;
  }

  private async signature(sheet: Sheet): Promise<Bytes> {
    try {
      return await signSheet(sheet, this.key);
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      throw new NotAccepted("auth-no-sheet");
    }
  }
}

/** True where the key among these files needs a passphrase. Throws NotAccepted where there is no key, or more than one. */
export function needsPassphrase(files: readonly FolderFile[]): boolean {
  return keyAmong(files).key.size === LOCKED;
}

async function seedOf(file: FolderFile, passphrase: string): Promise<Bytes> {
  if (file.size === KEY) return await file.read();
  if (file.size !== LOCKED) throw new NotAccepted("auth-no-key-damaged");
  const seed = await unlocked(await file.read(), passphrase);
  if (!seed) throw new NotAccepted("auth-no-passphrase");
  return seed;
}

async function unlocked(locked: Bytes, passphrase: string): Promise<Bytes | null> {
  try {
    return await unlockSeed(locked, passphrase);
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    throw new NotAccepted("auth-no-key-damaged");
  }
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function keyAmong(files: readonly FolderFile[]): { folder: string; key: FolderFile } {
  const keys = files.filter((one) => `/${one.path}`.endsWith(`/${KEY_FILE}`));
  const [key] = keys;
  if (!key) throw new NotAccepted("auth-no-key");
  if (keys.length > 1) throw new NotAccepted("auth-no-one-key");
  return { folder: key.path.slice(0, -KEY_FILE.length), key };
}

async function bounded(file: FolderFile, most: number): Promise<Bytes> {
  if (file.size > most) throw new NotAccepted("auth-no-large", { file: file.path });
  return await file.read();
}
