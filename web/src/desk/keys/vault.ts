/** Everything that needs a key, behind the calls the page may make. Joins officer, sheets, tips and chain; holds no rule. */
import { Chain } from "./chain.ts";
import type { Calls, Learnt, RowVerdict } from "./messages.ts";
import { Officer } from "./officer.ts";
import { accept, acceptOther } from "./sheetbook.ts";
import { browserShelf, type Shelf } from "./shelf.ts";
import { type Holder, Tips } from "./tips.ts";

type Answers = { [N in keyof Calls]: (ask: Calls[N]["ask"]) => Promise<Calls[N]["answer"]> };

interface Held {
  officer: Officer;
  tips: Tips;
  shelf: Shelf;
}

async function readSheets({ officer, tips, shelf }: Held, bodies: readonly string[]) {
  const { me, unlocked } = officer;
  const key = `${me.site}/${me.unit}`;
  const atLeast = (await shelf.taken("sheets", key)) ?? 0;
  const now = Math.floor(Date.now() / 1000);
  const { sheets, verdict } = await accept(bodies, me, unlocked, { atLeast, now });
  tips.sheets = sheets;
  tips.others.clear();
  if (verdict.sheet && verdict.sheet.n > atLeast) await shelf.keep("sheets", key, verdict.sheet.n);
  await tips.noteOver(sheets);
  return verdict;
}

/** The sheets of another unit, which had a tip or shall have one. Null where there is none to believe. */
async function learnSheets(
  { officer, tips, shelf }: Held,
  { unit, bodies }: Calls["learnSheets"]["ask"],
): Promise<Learnt | null> {
  const key = `${officer.me.site}/${unit}`;
  const atLeast = (await shelf.taken("sheets", key)) ?? 0;
  const sheets = await acceptOther(bodies, { ...officer.me, unit }, atLeast);
  const n = sheets[0]?.n ?? 0;
  if (n > atLeast) await shelf.keep("sheets", key, n);
  tips.others.set(unit, sheets);
  await tips.noteOver(sheets);
  return n > 0 ? { parent: sheets[0]?.parent ?? null } : null;
}

async function openRows(tips: Tips, rows: Calls["openGrants"]["ask"]["rows"]): Promise<RowVerdict[]> {
  const verdicts: RowVerdict[] = [];
  for (const row of rows) verdicts.push(await tips.openRow(row));
  return verdicts;
}

/** An officer before the chain of another unit than his own. */
function inUnit(officer: Officer, unit: string): Holder {
  return {
    get me() {
      return { ...officer.me, unit };
    },
    get unlocked() {
      return officer.unlocked;
    },
  };
}

/** One officer's vault: empty until keys are made or unlocked. */
export function makeVault(shelf: Shelf = browserShelf()): Answers {
  const officer = new Officer(shelf);
  const tips = new Tips(officer, shelf);
  const chain = new Chain(officer, tips, shelf);
  const handing = async () => new (await import("./handing.ts")).Handing(officer, tips);
  const exporting = () => import("./exporting.ts");
  const over = new Map<string, Chain>();
  /** The officer's own, or one of a unit that is over: that one is remembered too, and never signed on. */
  const chainOf = (unit: string | null): Chain => {
    if (unit === null) return chain;
    const found = over.get(unit) ?? new Chain(inUnit(officer, unit), tips, shelf, true);
    over.set(unit, found);
    return found;
  };
  return {
    phrase: async () => (await import("../../crypto/passphrases.ts")).newPassphrase().split(" "),
    makeKeys: ({ passphrase }) => officer.make(passphrase),
    keepDevice: (ask) => officer.keepDevice(ask),
    fingerprint: (place) => officer.fingerprint(place),
    stretch: ({ passphrase, salt }) => officer.prove(passphrase, salt),
    unlock: ({ me, locked }) => officer.unlock(me, locked),
    unlockByPasskey: (ask) => officer.unlockByPasskey(ask),
    lockForPasskey: (ask) => officer.lockForPasskey(ask),
    restoreDevice: ({ words, me, locked }) => officer.restore(words, me, locked),
    readSheets: ({ bodies }) => readSheets({ officer, tips, shelf }, bodies),
    learnSheets: (ask) => learnSheets({ officer, tips, shelf }, ask),
    openGrants: ({ rows }) => openRows(tips, rows),
    openThread: (ask) => tips.openThread(ask),
    rereadThread: (ask) => tips.rereadThread(ask),
    sealEntry: (ask) => tips.seal(ask),
    forward: (ask) => tips.forward(ask),
    digitsOf: async (ask) => (await handing()).digitsOf(ask),
    giveKeys: async (ask) => (await handing()).give(ask),
    digestOf: async (ask) => (await handing()).digest(ask),
    rekey: async (ask) => (await handing()).rekey(ask),
    rekeyTaken: async (ask) => (await handing()).taken(ask),
    exportKeys: async ({ tip }) => (await exporting()).exportKeys(tips.keysOfOpen(tip)),
    sealFile: async ({ tip, plain }) => (await exporting()).sealFile(tips.keysOfOpen(tip), plain),
    nextInChain: () => chain.next(),
    readChain: (ask) => chainOf(ask.unit).read(ask),
    signAct: (deed) => chain.sign(deed),
    actTaken: ({ record }) => chain.taken(record),
    openPhoto: (ask) => tips.openPhoto(ask),
    openMedia: (ask) => tips.openMedia(ask),
  };
}
