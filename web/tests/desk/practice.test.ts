import { expect, test, vi } from "vitest";
import * as age from "../../src/crypto/age.ts";
import { practise } from "../../src/desk/keys/practice.ts";

test("what is practised with is a key of its own, another each time", async () => {
  const made = vi.spyOn(age, "generateIdentity");
  await practise();
  await practise();
  const keys = await Promise.all(made.mock.results.map((result) => result.value));
  expect(new Set(keys).size).toBe(2);
});
