/**
 * What this browser keeps between visits, in IndexedDB: the device secret as a key nobody can read out, the pinned
 * authority, the highest sheet seen, the threads signed here, how far the audit chain was seen (sealed). No content.
 */

const NAME = "hopthu-desk";
const STORES = ["devices", "pins", "sheets", "threads", "chains"] as const;
type Store = (typeof STORES)[number];

/** Whose signature an account's unit sheets must carry, fixed at enrolment. */
export interface Pin {
  site: string;
  authority: string;
}

/** How long a thread was when this officer last signed in it, and the digest of its last entry. */
export interface Signed {
  count: number;
  head: string;
}

interface Kept {
  devices: CryptoKey;
  pins: Pin;
  sheets: number;
  threads: Signed;
  chains: string;
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((give, fail) => {
    request.onsuccess = () => give(request.result);
    request.onerror = () => fail(new Error("shelf"));
  });
}

let opened: Promise<IDBDatabase> | null = null;

/** The database, opened once and let go of where another page wants it changed or the browser takes it away. */
function open(): Promise<IDBDatabase> {
  if (opened) return opened;
  const mine = openAnew(() => letGo(mine));
  mine.catch(() => letGo(mine));
  opened = mine;
  return mine;
}

function letGo(connection: Promise<IDBDatabase>): void {
  if (opened === connection) opened = null;
}

async function openAnew(gone: () => void): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 2);
  request.onupgradeneeded = () => {
    const there = request.result.objectStoreNames;
    for (const store of STORES) if (!there.contains(store)) request.result.createObjectStore(store);
  };
  const database = await settled(request);
  database.onversionchange = () => {
    database.close();
    gone();
  };
  database.onclose = gone;
  return database;
}

type Work<T> = (kept: IDBObjectStore) => IDBRequest<T>;

async function once<T>(store: Store, mode: IDBTransactionMode, work: Work<T>): Promise<T> {
  const database = await open();
  return await settled(work(database.transaction(store, mode, { durability: "strict" }).objectStore(store)));
}

/** A connection of before may have been lost without a word: what fails on one is tried again on a new one. */
async function within<T>(store: Store, mode: IDBTransactionMode, work: Work<T>): Promise<T> {
  const before = opened;
  try {
    return await once(store, mode, work);
  } catch (error) {
    if (!before) throw error;
    letGo(before);
    before.then((database) => database.close()).catch(() => undefined); // never came to be
    return await once(store, mode, work);
  }
}

/** Where such things lie. `memoryShelf` is the twin for tests and for looking. */
export interface Shelf {
  /** What lies under `key`, or undefined. */
  taken<S extends Store>(store: S, key: string): Promise<Kept[S] | undefined>;
  /** Puts a value under `key`, over what was there. */
  keep<S extends Store>(store: S, key: string, value: Kept[S]): Promise<void>;
}

/** This browser's own. */
export function browserShelf(): Shelf {
  return {
    taken: (store, key) => within(store, "readonly", (kept) => kept.get(key)),
    keep: async (store, key, value) => {
      await within(store, "readwrite", (kept) => kept.put(value, key));
    },
  };
}

/** Kept as long as the object lives. */
export function memoryShelf(): Shelf {
  const kept = new Map<string, unknown>();
  return {
    taken: async <S extends Store>(store: S, key: string) =>
      kept.get(`${store}/${key}`) as Kept[S] | undefined,
    keep: async (store, key, value) => {
      kept.set(`${store}/${key}`, value);
    },
  };
}
