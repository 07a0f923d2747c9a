/** The audit chain in an officer's browser: whatever is done to rows, whoever saw the chain before finds it. */
import { beforeEach, describe, expect, it } from "vitest";
import { newDevice } from "../../src/crypto/login.ts";
import { officerOf, verifySheet } from "../../src/crypto/sheets.ts";
import { signer } from "../../src/crypto/signing.ts";
import { Chain } from "../../src/desk/keys/chain.ts";
import type { ChainVerdict } from "../../src/desk/keys/messages.ts";
import { Refusal } from "../../src/desk/keys/refusal.ts";
import { memoryShelf, type Shelf } from "../../src/desk/keys/shelf.ts";
import { fromBase64url, toBase64url } from "../../src/shared/bytes.ts";
import { shared } from "./vectors.ts";

interface Vectors {
  site: string;
  unit: string;
  server: string;
  authority: string;
  sheet: string;
  tip: string;
  seeds: Record<string, string>;
  short: string[];
  pool: string[];
  cases: { why: string; records: number[]; n: number; fault: string | null }[];
  withheld: { why: string; records: number[]; n: number; fault: string | null }[];
}

const vectors = shared<Vectors>("crypto/vectors/audit.json");
const rowsOf = (records: readonly number[]) => records.map((place) => vectors.pool[place] ?? "");
const WHOLE = rowsOf(vectors.cases.find(({ why }) => why === "whole")?.records ?? []);
const sheet = await verifySheet(fromBase64url(vectors.sheet), fromBase64url(vectors.authority));
const PAGE = 6;
const EXAMPLES = 200;

async function browser(shelf: Shelf, serial = "s-1", sheets = [sheet]): Promise<Chain> {
  const officer = officerOf([sheet], serial)?.officer ?? "";
  const { site, unit, authority } = vectors;
  const me = { site, unit, officer, serial, role: "duty" as const, demo: true, authority };
  if (!(await shelf.taken("devices", officer)))
    await shelf.keep("devices", officer, (await newDevice()).secret);
  const key = await signer(fromBase64url(vectors.seeds[serial] ?? ""));
  return new Chain({ me, unlocked: { identity: "", signer: key } }, { sheets }, shelf);
}

const asked = (rows: readonly string[], first: number, whole: boolean) => ({
  first,
  n: rows.length,
  records: rows.slice(first - 1, first - 1 + PAGE),
  keys: [vectors.server],
  whole,
});

/** Reads everything, as the page of the chain does. */
async function readWhole(chain: Chain, rows: readonly string[]): Promise<ChainVerdict> {
  for (let first = 1; ; ) {
    const page = asked(rows, first, true);
    const verdict = await chain.read(page);
    if (verdict.state === "tampered" || page.records.length === 0 || verdict.n >= page.n) return verdict;
    first = verdict.n + 1;
  }
}

/** Reads what is new, as before each act. */
async function readOn(chain: Chain, rows: readonly string[]): Promise<ChainVerdict> {
  for (;;) {
    const verdict = await chain.read(asked(rows, await chain.next(), false));
    if (verdict.state === "tampered" || verdict.n >= rows.length) return verdict;
  }
}

let shelf: Shelf;
let chain: Chain;

beforeEach(async () => {
  shelf = memoryShelf();
  chain = await browser(shelf);
});

describe("reading", () => {
  it.each(vectors.cases)("$why", async ({ records, n, fault }) => {
    const rows = rowsOf(records);
    const verdict = await readWhole(chain, rows);
    expect([verdict.state, verdict.why]).toEqual([fault ? "tampered" : "good", fault]);
    if (fault) expect(verdict.at).toBe(n + 1);
    else expect([verdict.n, verdict.head]).toEqual([n, vectors.short[n]]);
  });

  it("goes on from where it was, in a later session too", async () => {
    await readOn(chain, WHOLE.slice(0, 8));
    expect(await chain.next()).toBe(8);
    const later = await browser(shelf);
    expect(await readOn(later, WHOLE)).toMatchObject({ state: "good", n: WHOLE.length });
  });

  it("tells of acts, not of digests", async () => {
    const told: string[] = [];
    let first = 1;
    while (first <= WHOLE.length) {
      const verdict = await chain.read(asked(WHOLE, first, true));
      for (const line of verdict.lines) told.push(`${line.n} ${line.act} ${line.told ?? ""}`.trim());
      first = verdict.n + 1;
    }
    expect(told.slice(0, 9)).toEqual([
      "1 sheet 3",
      "2 enrol",
      "3 login",
      "4 open",
      "5 take",
      "6 login-failed 3",
      "7 login",
      "8 question",
      "9 take-over shift",
    ]);
  });
});

describe("in a unit that goes on for others", () => {
  const merged = [{ ...sheet, goesOnFor: ["cu"] }];
  const shown = rowsOf(vectors.withheld.find(({ why }) => why === "all of tips")?.records ?? []);

  it("is told of what is withheld by its number alone, and signs on top of it", async () => {
    chain = await browser(shelf, "s-1", merged);
    const { lines } = await chain.read(asked(shown, 1, true));
    expect(lines.map(({ act }) => act)).toEqual([
      "sheet",
      "enrol",
      "login",
      "withheld",
      "withheld",
      "login-failed",
    ]);
    expect(lines[3]).toEqual({
      n: 4,
      observed: true,
      officer: null,
      serial: null,
      act: "withheld",
      tip: null,
      told: null,
      change: null,
      hour: 0,
      seq: null,
    });
    expect(await readOn(chain, shown)).toMatchObject({ state: "good", n: WHOLE.length });
    await expect(
      chain.sign({ act: "arrange", tip: null, list: "boxes", what: "AAAA" }),
    ).resolves.toBeDefined();
  });

  it("remembers it, so that an own act of a later session may name it; and may be shown more or less", async () => {
    for (let cut = 1; cut < WHOLE.length; cut += 1) {
      shelf = memoryShelf();
      await readOn(await browser(shelf, "s-1", merged), shown.slice(0, cut));
      const later = await browser(shelf, "s-1", merged);
      expect(await readOn(later, [...shown.slice(0, cut), ...WHOLE.slice(cut)])).toMatchObject({
        state: "good",
      });
      expect(await readOn(await browser(shelf, "s-1", merged), shown)).toMatchObject({ state: "good" });
      expect(await readWhole(await browser(shelf, "s-1", merged), WHOLE)).toMatchObject({ state: "good" });
    }
  });
});

describe("a browser that saw the chain", () => {
  beforeEach(async () => {
    await readWhole(chain, WHOLE);
    chain = await browser(shelf);
  });

  it.each(vectors.cases.filter(({ why }) => why !== "whole"))("finds: $why", async ({ records }) => {
    expect((await readWhole(chain, rowsOf(records))).state).toBe("tampered");
  });

  it.each([
    [[], "shorter"],
    [WHOLE.slice(0, -1), "shorter"],
    [[...WHOLE.slice(0, -1), WHOLE[0] ?? ""], "differs"],
  ])("finds the end cut or changed before it signs anything", async (rows, why) => {
    expect(await readOn(chain, rows)).toMatchObject({ state: "tampered", why });
    await expect(chain.sign({ act: "open", tip: vectors.tip })).rejects.toThrow(Refusal);
  });

  it("finds every changed byte and every moved row", async () => {
    const draw = numbers(20_261_122);
    for (let example = 0; example < EXAMPLES; example += 1) {
      const rows = spoilt([...WHOLE], draw);
      if (rows.join() === WHOLE.join()) continue;
      const again = await browser(shelf);
      expect((await readWhole(again, rows)).state).toBe("tampered");
    }
  }, 60_000);

  it("keeps what it remembers sealed, and is not told otherwise", async () => {
    const key = `${vectors.site}/${vectors.unit}/s-1`;
    const kept = fromBase64url((await shelf.taken("chains", key)) ?? "");
    expect(Buffer.from(kept).includes("head")).toBe(false);
    kept[kept.length - 1] = (kept[kept.length - 1] ?? 0) ^ 1;
    await shelf.keep("chains", key, toBase64url(kept));
    const later = await browser(shelf);
    expect(await readOn(later, WHOLE)).toMatchObject({ state: "tampered", why: "differs" });
  });
});

describe("signing", () => {
  it("needs a chain that was read to its end", async () => {
    const deed = { act: "open", tip: vectors.tip };
    await expect(chain.sign(deed)).rejects.toThrow(Refusal);
    await chain.read(asked(WHOLE, 1, false));
    await expect(chain.sign(deed)).rejects.toThrow(Refusal);
    await readOn(chain, WHOLE);
    await expect(chain.sign(deed)).resolves.toHaveProperty("record");
  });

  it("adds a record that holds for everybody, and is remembered once taken in", async () => {
    await readOn(chain, WHOLE);
    const entry = { seq: 3, sealed: toBase64url(new Uint8Array(9)) };
    const { record } = await chain.sign({ act: "take-over", tip: vectors.tip, reason: "absent", ...entry });
    const longer = [...WHOLE, record];
    expect((await readWhole(await browser(memoryShelf(), "s-2"), longer)).state).toBe("good");
    await chain.taken(record);
    expect((await readOn(await browser(shelf), longer)).n).toBe(longer.length);
    expect(await readOn(await browser(shelf), WHOLE)).toMatchObject({ state: "tampered", why: "shorter" });
  });

  it("that lost its race is no reason for alarm", async () => {
    await readOn(chain, WHOLE);
    await chain.sign({ act: "open", tip: vectors.tip });
    const other = await browser(memoryShelf(), "s-2");
    await readOn(other, WHOLE);
    const { record } = await other.sign({ act: "open", tip: vectors.tip });
    expect(await readOn(chain, [...WHOLE, record])).toMatchObject({ state: "good", n: WHOLE.length + 1 });
  });

  it("of an arranging act names the list and what is sent, and no tip", async () => {
    await readOn(chain, WHOLE);
    const deed = { act: "arrange", tip: null, list: "boxes", what: toBase64url(new Uint8Array(9)) } as const;
    const { record } = await chain.sign(deed);
    const written = Buffer.from(fromBase64url(record)).toString();
    expect(written).toContain('"act":"arrange","tip":null,"detail":{"list":"boxes","change":"');
    expect(await chain.taken(record)).toMatchObject({ act: "arrange", told: "boxes", tip: null });
    await expect(chain.sign({ ...deed, tip: vectors.tip })).rejects.toThrow();
    await expect(chain.sign({ act: "open", tip: null })).rejects.toThrow();
  });

  it("names the sealed entry by its digest", async () => {
    await readOn(chain, WHOLE);
    const deed = { act: "question", tip: vectors.tip, seq: 2, sealed: toBase64url(new Uint8Array(9)) };
    const { record } = await chain.sign(deed);
    expect(Buffer.from(fromBase64url(record)).toString()).toContain('"detail":{"seq":2,"entry":"');
    await expect(chain.sign({ act: "question", tip: vectors.tip })).rejects.toThrow();
  });
});

/** Numbers that look drawn and are the same every time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function spoilt(rows: string[], draw: (below: number) => number): string[] {
  const [one, other] = [draw(rows.length), draw(rows.length)];
  const row = rows[one] ?? "";
  switch (draw(6)) {
    case 0:
      return rows.toSpliced(one, 1);
    case 1:
      return rows.toSpliced(one, 1).toSpliced(other, 0, row);
    case 2:
      return rows.toSpliced(other, 0, row);
    case 3:
      return rows.with(one, rows[other] ?? "");
    case 4:
      return rows.slice(0, one);
    default: {
      const bytes = fromBase64url(row);
      const place = draw(bytes.length);
      bytes[place] = (bytes[place] ?? 0) ^ (1 + draw(255));
      return rows.with(one, toBase64url(bytes));
    }
  }
}
