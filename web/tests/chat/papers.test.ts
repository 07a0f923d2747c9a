/** The signed acknowledgement as a file. */
import { expect, it } from "vitest";
import { pageOf } from "../../src/chat/papers.ts";
import { readAcknowledgement } from "../../src/crypto/acknowledgements.ts";
import { Unusable } from "../../src/crypto/errors.ts";
import { shared } from "../desk/vectors.ts";

const { cases } = shared<{ cases: { text: string }[] }>("crypto/vectors/acknowledgements.json");
const ARMOUR = cases[0]?.text ?? "";
const written = { name: "Giấy xác nhận", lines: ["Nhận ở xã <b>A & B</b>", ARMOUR], language: "vi" as const };

it("is a page that says what was said and holds what was signed", () => {
  const page = pageOf(written);
  expect(page).toContain(
    "<h1>Giấy xác nhận</h1>\n<p>Nhận ở xã &lt;b&gt;A &amp; B&lt;/b&gt;</p>\n<pre>-----BEGIN",
  );
  expect(readAcknowledgement(page)).toEqual(readAcknowledgement(ARMOUR));
  expect(page).toContain('<meta charset="utf-8">');
});

it("says nothing in its title, and fetches and runs nothing", () => {
  const page = pageOf(written);
  expect(page).toContain("<title>-</title>");
  expect(page).not.toMatch(/<script|src=|href=|url\(/);
});

it("is not made of what is no acknowledgement", () => {
  expect(() => pageOf({ ...written, lines: ["Nhận", "-----BEGIN-----"] })).toThrow(Unusable);
  expect(() => pageOf({ ...written, lines: [] })).toThrow(Unusable);
});
