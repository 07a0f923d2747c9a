/** Recovery words as people type them. */
import { describe, expect, it } from "vitest";
import { WORDS } from "../../src/crypto/passphrases.ts";
import { readTyped } from "../../src/desk/login/recovery.ts";

const COMPOUND = WORDS.filter((word) => word.includes("-"));
const SHOWN = [...COMPOUND.slice(100, 116), ...WORDS.filter((word) => !word.includes("-")).slice(50, 58)];
const bare = (text: string) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replaceAll("Đ", "D");

describe("recovery words", () => {
  const asShown = SHOWN.join(" ");
  it.each([
    ["as shown", asShown],
    ["without hyphens", asShown.replaceAll("-", " ")],
    ["without marks and hyphens", bare(asShown).replaceAll("-", " ").toUpperCase()],
    ["as a numbered list", SHOWN.map((word, n) => `${n + 1}. ${word}`).join("\n")],
    ["with compounds run together", asShown.replaceAll("-", "")],
  ])("are found %s", (_, typed) => {
    const { count, candidates, unknown } = readTyped(typed, 24);
    expect([count, unknown]).toEqual([24, null]);
    expect(candidates).toContainEqual(SHOWN);
  });

  it("keep two words apart whose syllables also make a compound", () => {
    const [compound = ""] = COMPOUND.filter((word) => word.split("-").every((part) => WORDS.includes(part)));
    const words = [...compound.split("-"), ...SHOWN.slice(0, 22)];
    expect(readTyped(words.join(" ").replaceAll("-", " "), 24).candidates).toContainEqual(words);
  });

  it("name the one that is not in the list, but not one still being typed", () => {
    const typed = SHOWN.map((word, n) => (n === 4 ? "xyzt" : word)).join(" ");
    expect(readTyped(typed, 24)).toMatchObject({ unknown: "xyzt", candidates: [], count: 4 });
    expect(readTyped(`${SHOWN[0]} xyz`, 24).unknown).toBeNull();
  });

  it("name the last one when all are there", () => {
    expect(readTyped([...SHOWN.slice(0, 23), "xyzt"].join(" "), 24).unknown).toBeNull();
    expect(readTyped(`${[...SHOWN.slice(0, 23), "xyzt"].join(" ")} `, 24).unknown).toBe("xyzt");
  });
});
