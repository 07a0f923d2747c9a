/** Whom the desk asks to have the board's numbers called. */
import { expect, it } from "vitest";
import type { Account } from "../../src/desk/api/shapes.ts";
import { numbersToCall } from "../../src/desk/frame/banners.tsx";

const chief = { role: "chief", stale_numbers: 3 } as Account;

it("a chief, while there are any", () => {
  expect(numbersToCall(chief)).toBe(3);
  expect(numbersToCall({ ...chief, stale_numbers: 0 })).toBe(0);
});

it("nobody else, and nobody where the server does not say", () => {
  expect(numbersToCall({ ...chief, role: "duty" })).toBe(0);
  expect(numbersToCall({ role: "chief" } as Account)).toBe(0);
  expect(numbersToCall(null)).toBe(0);
});
