/** What the folder of the authority's key may hold, and what stops the work. */
import { describe, expect, it } from "vitest";
import { hexOf, needsPassphrase, Office } from "../../src/authority/office.ts";
import { readDraft } from "../../src/crypto/sheets.ts";
import { verifyKeyOf } from "../../src/crypto/signing.ts";
import { fromBase64url } from "../../src/shared/bytes.ts";
import { type Named, writeArchive } from "../../src/shared/zipping.ts";
import { type SheetVectors, shared } from "../desk/vectors.ts";
import { folder, officeOf } from "./folders.ts";

const vectors = shared<SheetVectors>("crypto/vectors/sheets.json");
const [first] = vectors.cases;
const body = fromBase64url(first?.body ?? "");
const sheet = readDraft(body.subarray(0, body.indexOf(10)));
const seed = new Uint8Array(32).fill(7);
const other = new Uint8Array(32).fill(8);

async function kept(key: Uint8Array): Promise<Named> {
  const signed = await (await officeOf({ "authority.key": key }, 0)).sign(sheet);
  return { name: "x.txt", body: signed.body };
}

async function why(files: Record<string, Uint8Array | string>): Promise<unknown> {
  return await officeOf(files, 0).then(
    () => null,
    (error) => error.why,
  );
}

describe("the folder of the key", () => {
  it("is known by its public key", async () => {
    const office = await officeOf({ "authority.key": seed }, 0);
    expect(hexOf(office.authority)).toBe(hexOf(await verifyKeyOf(seed)));
    expect(office.every()).toEqual([]);
  });

  it("may lie deeper in what was chosen, beside other files", async () => {
    const inner = {
      "usb/authority.key": seed,
      "usb/signed/x.txt": (await kept(seed)).body,
      "other/x.txt": "x",
    };
    expect((await officeOf(inner, 0)).newest(sheet.site, sheet.unit)?.sheet).toEqual(sheet);
  });

  it("knows sheets out of the page's own archives, and the newest of several", async () => {
    const newer = await (await officeOf({ "authority.key": seed }, 0)).sign({ ...sheet, n: sheet.n + 1 });
    const archive = writeArchive([await kept(seed), { name: "y.txt", body: newer.body }]);
    const office = await officeOf({ "authority.key": seed, "sheets-2026-11-23-0815.zip": archive }, 0);
    expect(office.every().map((one) => one.n)).toEqual([sheet.n + 1]);
  });

  it("knows those archives unpacked into folders of their own too", async () => {
    const newer = await (await officeOf({ "authority.key": seed }, 0)).sign({ ...sheet, n: sheet.n + 1 });
    const office = await officeOf(
      { "authority.key": seed, "signed/x.txt": (await kept(seed)).body, "sheets-2026/y.txt": newer.body },
      0,
    );
    expect(office.every().map((one) => one.n)).toEqual([sheet.n + 1]);
    expect(await why({ "authority.key": seed, "sheets/x.txt": (await kept(other)).body })).toEqual({
      key: "auth-no-foreign",
      args: { file: "sheets/x.txt" },
    });
  });

  it("opens a locked key with its passphrase alone, and locks an open one", async () => {
    const open = await officeOf({ "authority.key": seed }, 0);
    const locked = folder({ "authority.key": await open.locked("đèn ấm-áp công") });
    expect([open.isOpen, needsPassphrase(locked)]).toEqual([true, true]);
    const again = await Office.open(locked, () => 0, "den am ap CONG");
    expect([again.isOpen, hexOf(again.authority)]).toEqual([false, hexOf(open.authority)]);
    await expect(Office.open(locked, () => 0, "den am ap")).rejects.toMatchObject({
      why: { key: "auth-no-passphrase" },
    });
    const unknown = folder({ "authority.key": new Uint8Array(77).fill(2) });
    await expect(Office.open(unknown, () => 0, "x")).rejects.toMatchObject({
      why: { key: "auth-no-key-damaged" },
    });
  });

  it("is refused without a key, with two, with a damaged one", async () => {
    expect(await why({ "x.txt": "x" })).toEqual({ key: "auth-no-key" });
    expect(await why({ "not-authority.key": seed })).toEqual({ key: "auth-no-key" });
    expect(await why({ "a/authority.key": seed, "b/authority.key": seed })).toEqual({
      key: "auth-no-one-key",
    });
    expect(await why({ "authority.key": seed.subarray(1) })).toEqual({ key: "auth-no-key-damaged" });
  });

  it("is refused with a sheet that another key signed, wherever it lies", async () => {
    const foreign = await kept(other);
    expect(await why({ "authority.key": seed, "signed/x.txt": foreign.body })).toEqual({
      key: "auth-no-foreign",
      args: { file: "signed/x.txt" },
    });
    expect(await why({ "authority.key": seed, "sheets.zip": writeArchive([foreign]) })).toEqual({
      key: "auth-no-foreign",
      args: { file: "sheets.zip/x.txt" },
    });
  });

  it("says that a recovery identity is damaged when its unit asks", async () => {
    const office = await Office.open(
      folder({ "authority.key": seed, "recovery-18118.key": "nothing" }),
      () => 0,
    );
    await expect(office.recoveryOf("18118")).rejects.toMatchObject({
      why: { key: "auth-no-recovery-damaged" },
    });
    expect(await office.recoveryOf("18121")).toBeNull();
  });

  it("signs nothing that no sheet may say", async () => {
    const office = await officeOf({ "authority.key": seed }, 0);
    const long = { ...sheet, expires: sheet.issued + 91 * 86_400 };
    await expect(office.sign(long)).rejects.toMatchObject({ why: { key: "auth-no-sheet" } });
    expect(office.every()).toEqual([]);
  });
});
