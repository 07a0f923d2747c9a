/** The page makes of requests and of sheets signed before what the command makes of them, to the last byte and word. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hexOf, type Office } from "../../src/authority/office.ts";
import type { Why } from "../../src/authority/refusal.ts";
import { changesOf, keyOf, newOn, openCases, readRequest } from "../../src/authority/requests.ts";
import { type Plan, planCases, planRenewal, planShortening, signPlans } from "../../src/authority/signing.ts";
import { sha256, utf8 } from "../../src/crypto/bytes.ts";
import { fromBase64url } from "../../src/shared/bytes.ts";
import { texts } from "../../src/shared/texts.ts";
import { extract } from "../../tools/catalogue.ts";
import { officeOf } from "./folders.ts";

interface Told {
  name: string;
  now: number;
  kept: string[];
  until: number | null;
  outcomes: { unit: string; status: string; n: number; waiting: string[]; left: string[]; why: string }[];
  sheets: string[];
}
interface Asked extends Told {
  recoveries: Record<string, string>;
  files: [string, string][];
  confirmed: string[];
  leave_out: boolean;
  keys: string[];
  refused: [string, string][];
}
interface Again extends Told {
  task: "renew" | "shorten";
  without: string[];
}

const here = import.meta.dirname;
const cases = JSON.parse(readFileSync(join(here, "cases.json"), "utf8")) as {
  seed: string;
  long: string[];
  asked: Asked[];
  again: Again[];
};
const english = readFileSync(join(here, "../../../locales/en.ftl"), "utf8");
const t = texts("en", extract(english, ["auth-"]));

function said(why: readonly Why[]): string {
  return why.map((one) => t(one.key, one.args)).join(", ");
}

function whole(short: string): Uint8Array<ArrayBuffer> {
  return utf8(short.replace(/@(\d)/g, (_, place) => cases.long[Number(place)] ?? ""));
}

/** A folder that has signed these before. */
async function before(told: Told, recoveries: Record<string, string> = {}): Promise<Office> {
  const seed = fromBase64url(cases.seed);
  const office = await officeOf({ "authority.key": seed }, told.now);
  const files: Record<string, Uint8Array> = {};
  for (const [place, kept] of told.kept.entries()) {
    const signed = await office.sign(readRequest(whole(kept)));
    files[`signed/${place}.txt`] = signed.body;
  }
  const keys = Object.entries(recoveries).map(([unit, key]) => [`recovery-${unit}.key`, `${key}\n`]);
  return await officeOf({ "authority.key": seed, ...files, ...Object.fromEntries(keys) }, told.now);
}

async function outcome(office: Office, plans: readonly Plan[]) {
  const signed = await signPlans(office, plans, () => undefined);
  const digests = await Promise.all(signed.map((one) => sha256(one.body)));
  return {
    outcomes: plans.map(({ status, sheet, waiting, left, why }) => ({
      unit: sheet.unit,
      status: status === "ready" ? "signed" : status,
      n: sheet.n,
      waiting,
      left,
      why: said(why),
    })),
    sheets: digests.map(hexOf),
  };
}

describe("requests", () => {
  it.each(cases.asked)("$name", async (told) => {
    const office = await before(told, told.recoveries);
    const files = told.files.map(([name, text]) => ({ name, body: whole(text) }));
    const { cases: found, refused } = await openCases(office, files);
    expect(refused.map((one) => [one.file, said([one.why])])).toEqual(told.refused);
    const keys = found.flatMap((one) => [
      ...(changesOf(one).length > 0 ? [keyOf(one.sheet.unit)] : []),
      ...newOn(one).map((line) => keyOf(one.sheet.unit, line.serial)),
    ]);
    expect(keys.sort()).toEqual(told.keys);
    const terms = { until: told.until, leaveOut: told.leave_out };
    const plans = planCases(office, found, new Set(told.confirmed), terms);
    expect(await outcome(office, plans)).toEqual({ outcomes: told.outcomes, sheets: told.sheets });
  });
});

describe("signed again", () => {
  it.each(cases.again)("$name", async (told) => {
    const office = await before(told);
    const sheets = office.every();
    const without = new Set(
      sheets.flatMap((sheet) => told.without.map((serial) => keyOf(sheet.unit, serial))),
    );
    const plans =
      told.task === "renew"
        ? planRenewal(office, sheets, told.until)
        : planShortening(office, sheets, told.until, without);
    expect(await outcome(office, plans)).toEqual({ outcomes: told.outcomes, sheets: told.sheets });
  });
});
