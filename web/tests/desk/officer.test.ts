/** An officer's keys through enrolment, log-in, a second machine, and a swapped authority. */
import { describe, expect, it } from "vitest";
import { memoryShelf } from "../../src/desk/keys/shelf.ts";
import { makeVault } from "../../src/desk/keys/vault.ts";

const PLACE = { site: "thu-nghiem", authority: "bv4B_AVwrRLE7oq3Vth-rzwYiKyQeLYkJSGyxxUVGMg" };
const me = { serial: "s-1", officer: "an", role: "duty" as const, unit: "u", demo: true, ...PLACE };

async function enrolled() {
  const shelf = memoryShelf();
  const vault = makeVault(shelf);
  const phrase = (await vault.phrase(null)).join(" ");
  const made = await vault.makeKeys({ passphrase: phrase });
  await vault.keepDevice({ account: me.officer, ...PLACE });
  return { shelf, vault, phrase, made };
}

describe("an officer's keys", { timeout: 60_000 }, () => {
  it("open again on the machine that made them, with marks or without", async () => {
    const { shelf, phrase, made } = await enrolled();
    const later = makeVault(shelf);
    const bare = phrase.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").toUpperCase();
    expect(await later.stretch({ passphrase: bare, salt: made.salt })).toBe(made.auth);
    expect(await later.unlock({ me, locked: made.locked })).toBe("open");
  });

  it("need the 24 words on another machine, and then open there", async () => {
    const { phrase, made } = await enrolled();
    const shelf = memoryShelf();
    const elsewhere = makeVault(shelf);
    await elsewhere.stretch({ passphrase: phrase, salt: made.salt });
    expect(await elsewhere.unlock({ me, locked: made.locked })).toBe("no-device");
    const wrong = [...made.words.slice(1), made.words[0] ?? ""];
    expect(await elsewhere.restoreDevice({ words: wrong, me, locked: made.locked })).toBe(false);
    expect(await elsewhere.restoreDevice({ words: made.words, me, locked: made.locked })).toBe(true);
    await elsewhere.stretch({ passphrase: phrase, salt: made.salt });
    expect(await elsewhere.unlock({ me, locked: made.locked })).toBe("open");
  });

  it("stay shut where the site suddenly names another authority", async () => {
    const { shelf, phrase, made } = await enrolled();
    const later = makeVault(shelf);
    await later.stretch({ passphrase: phrase, salt: made.salt });
    const swapped = { ...me, authority: me.authority.replace("bv", "vb") };
    expect(await later.unlock({ me: swapped, locked: made.locked })).toBe("other-authority");
  });

  it("give the same twenty digits before and after unlocking", async () => {
    const { vault, made } = await enrolled();
    const where = { officer: me.officer, unit: me.unit, role: me.role, site: me.site };
    const before = await vault.fingerprint(where);
    await vault.unlock({ me, locked: made.locked });
    expect(await vault.fingerprint(where)).toBe(before);
    expect(before).toMatch(/^(\d{5} ){3}\d{5}$/);
    expect(await vault.fingerprint({ ...where, role: "chief" })).not.toBe(before);
  });

  it("open by a passkey's secret on a machine that knows the account, and by no other", async () => {
    const { shelf, phrase, made } = await enrolled();
    const vault = makeVault(shelf);
    const secret = () => new Uint8Array(32).fill(7);
    const asked = { me, passphrase: phrase, salt: made.salt, locked: made.locked };
    const given = await vault.lockForPasskey({ ...asked, secret: secret() });
    expect(given?.auth).toBe(made.auth);
    expect(await vault.lockForPasskey({ ...asked, passphrase: "khác", secret: secret() })).toBeNull();
    const locked = given?.locked ?? "";
    const later = makeVault(shelf);
    expect(await later.unlockByPasskey({ me, locked, secret: new Uint8Array(32) })).toBe("wrong");
    await expect(later.readSheets({ bodies: [] })).rejects.toThrow("locked");
    expect(await later.unlockByPasskey({ me, locked, secret: secret() })).toBe("open");
    const where = { officer: me.officer, unit: me.unit, role: me.role, site: me.site };
    expect(await later.fingerprint(where)).toMatch(/^(\d{5} ){3}\d{5}$/);
    const swapped = { ...me, authority: me.authority.replace("bv", "vb") };
    expect(await later.unlockByPasskey({ me: swapped, locked, secret: secret() })).toBe("other-authority");
    const elsewhere = makeVault(memoryShelf());
    expect(await elsewhere.unlockByPasskey({ me, locked, secret: secret() })).toBe("no-device");
  });

  it("do nothing before they are unlocked", async () => {
    const vault = makeVault(memoryShelf());
    await expect(vault.readSheets({ bodies: [] })).rejects.toThrow("locked");
    await expect(vault.keepDevice({ account: "an", ...PLACE })).rejects.toThrow("locked");
  });
});
