/** What a number is while it is typed, held to the examples of the server's rule. */
import { describe, expect, it } from "vitest";
import { typed } from "../../../src/desk/organisation/telephones.ts";
import { shared } from "../vectors.ts";

const VECTORS = shared<[written: string, kind: string | null, shown: string | null][]>(
  "handlers/typed_number_vectors.json",
);

describe("a number that is typed whole", () => {
  it.each(VECTORS.filter(([, kind]) => kind !== null))("%s is known", (written, kind, shown) => {
    expect(typed(written)).toMatchObject({ kind, shown });
  });

  it.each(VECTORS.filter(([, kind]) => kind === null))("%s is none", (written) => {
    expect(typed(written).shown).toBeNull();
  });
});

describe("a number on its way", () => {
  it("is told by its beginning, with the digits so far", () => {
    expect(typed("0912 3")).toEqual({ kind: "mobile", shown: null, digits: 5 });
    expect(typed("0239 385")).toEqual({ kind: "landline", shown: null, digits: 7 });
    expect(typed("069.29")).toEqual({ kind: "network", shown: null, digits: 5 });
    expect(typed("1900 1")).toEqual({ kind: "paid", shown: null, digits: 5 });
  });

  it("is not guessed where its beginning says nothing", () => {
    for (const text of ["", "0", "5", "abc", "+1 202"]) expect(typed(text).kind).toBeNull();
  });
});
