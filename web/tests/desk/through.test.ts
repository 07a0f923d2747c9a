/** Through which grant somebody reads: by what officers signed, and never guessed where nobody did. */
import { expect, it } from "vitest";
import type { ChainLine } from "../../src/desk/keys/messages.ts";
import { through } from "../../src/desk/thread/through.ts";

const HOUR = 3600;
const ROW = { id: "t", received: 10 * HOUR };
const EARLY = { from: 0 };
const LATE = { from: 20 * HOUR };

function record(act: string, more: Partial<ChainLine> = {}): ChainLine {
  const base = { n: 1, observed: false, officer: "c", serial: "s-9", act, tip: null, told: null };
  return { ...base, change: null, hour: 30 * HOUR, seq: null, ...more };
}

const of = (records: ChainLine[], officer: { from: number } | undefined = LATE, recipient = "s-1") =>
  through(ROW, { recipient }, officer, records);

it("was sealed as the tip came for who stood on the sheet by then", () => {
  expect(of([], EARLY)).toEqual({ how: "came", by: [] });
  expect(of([], LATE).how).toBe("unknown");
  const passedOn = record("forwarded", { tip: "t", observed: true, hour: 25 * HOUR });
  expect(of([passedOn], LATE).how).toBe("came");
  expect(of([{ ...passedOn, tip: "other" }], LATE).how).toBe("unknown");
});

it("takes whoever joined within the tip's own hour for one who was there, unless he was handed keys since", () => {
  const joined = { from: 10 * HOUR + 1500 };
  expect(of([], joined).how).toBe("came");
  expect(of([record("hand-over", { told: "s-1", serial: "s-8" })], joined).how).toBe("handed");
  expect(of([], { from: 11 * HOUR }).how).toBe("unknown");
});

it("names who gave this one tip, before everything else", () => {
  const given = record("give", { tip: "t", told: "s-1" });
  expect(of([given, record("hand-over", { told: "s-1", serial: "s-8" })], EARLY)).toEqual({
    how: "given",
    by: ["s-9"],
  });
  expect(of([{ ...given, tip: "other" }]).how).toBe("unknown");
  expect(of([{ ...given, told: "s-2" }]).how).toBe("unknown");
  expect(of([{ ...given, observed: true }]).how).toBe("unknown");
});

it("names whoever handed over to him since, each once", () => {
  const handed = record("hand-over", { told: "s-1", serial: "s-8" });
  expect(of([handed, handed, { ...handed, serial: "s-7" }])).toEqual({ how: "handed", by: ["s-8", "s-7"] });
  expect(of([{ ...handed, hour: 8 * HOUR }]).how).toBe("unknown");
  expect(of([{ ...handed, hour: 10 * HOUR }]).how).toBe("handed");
});

it("tells keys on paper and those that the shares gave", () => {
  expect(of([], undefined, "recovery").how).toBe("paper");
  expect(of([], undefined, "recovery-3").how).toBe("paper");
  expect(of([record("recovered", { told: 4 })]).how).toBe("shares");
});
