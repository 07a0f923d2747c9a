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
  opened ??= openAnew().catch((error) => {
    opened = null;
    throw error;
  });
  return opened;
}

async function openAnew(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 2);
  request.onupgradeneeded = () => {
    const there = request.result.objectStoreNames;
    for (const store of STORES) if (!there.contains(store)) request.result.createObjectStore(store);
  };
  const database = await settled(request);
  const letGo = () => {
    database.close();
    opened = null;
  };
  database.onversionchange = letGo;
  database.onclose = letGo;
  return database;
}

async function within<T>(
  store: Store,
  mode: IDBTransactionMode,
  work: (kept: IDBObjectStore) => IDBRequest<T>,
) {
  const database = await open();
  return await settled(work(database.transaction(store, mode, { durability: "strict" }).objectStore(store)));
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
