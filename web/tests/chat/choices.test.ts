/** Which choices are drawn as tiles with a pictogram. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { asTiles, look, pictogramOf } from "../../src/chat/choices.tsx";

const sprite = readFileSync(new URL("../../public/pictograms.svg", import.meta.url), "utf8");
const menu = (...acts: string[]) => ({
  serial: "s",
  choices: acts.map((act, at) => ({ n: act === "back" ? 0 : at + 1, label: act, act })),
});

describe("the filled choice", () => {
  it("is the one step forward, and no place of a list", () => {
    const first = (act: string, state: string) => look({ n: 1, label: act, act }, state);
    expect(first("send", "collect")).toBe("choice first");
    expect(first("send-now", "find")).toBe("choice first");
    for (const act of [
      "take:18118",
      "over:42",
      "under:42:1",
      "ward",
      "pass:42",
      "stay",
      "link:tdp4",
      "other",
    ])
      expect(first(act, "route")).toBe("choice");
    expect(first("timeline", "mail")).toBe("choice");
    expect(first("proof-yes", "confirm")).toBe("choice");
  });
});

describe("tiles", () => {
  it("are the kinds and the times, whose pictograms exist", () => {
    for (const act of ["cat-drug", "cat-other", "when-now", "when-past", "kind:loan"]) {
      expect(sprite).toContain(`id="${pictogramOf(act)}"`);
    }
    expect(asTiles(menu("cat-drug", "cat-theft", "back"))).toHaveLength(2);
  });

  it("are no other choices, nor some of a menu", () => {
    for (const act of ["send", "now", "other", "cat-unheard"]) expect(pictogramOf(act)).toBeNull();
    expect(asTiles(menu("cat-drug", "send"))).toEqual([]);
    expect(asTiles(menu("back"))).toEqual([]);
  });
});
