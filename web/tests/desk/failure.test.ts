/** What an officer is told of a refusal: its own sentence, whatever its status. */
import { expect, it } from "vitest";
import { Refused, Unreached } from "../../src/desk/api/wire.ts";
import { explain } from "../../src/desk/failure.ts";

it("says what the server says, also where it asks to come later", () => {
  expect(explain(new Refused(429, "login-bad"))).toBe("login-bad");
  expect(explain(new Refused(409, "login-bad"))).toBe("login-bad");
});

it("asks to wait where somebody says that it is too often and nothing we know", () => {
  expect([explain(new Refused(429, "")), explain(new Refused(422, ""))]).toEqual([
    "login-wait",
    "desk-failed",
  ]);
  expect(explain(new Unreached())).toBe("desk-unreached");
});
