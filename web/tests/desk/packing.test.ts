/** What a tip that is taken out consists of: every part as it lies, and a manifest that tells each from any other. */
import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { readArchive } from "../../src/authority/zip.ts";
import { utf8 } from "../../src/crypto/bytes.ts";
import type { EntryView } from "../../src/desk/keys/messages.ts";
import { type About, type Part, pack } from "../../src/desk/thread/export/packing.ts";
import { wrapped } from "../../src/desk/thread/export/wrapping.ts";
import { fromBase64url, toBase64url } from "../../src/shared/bytes.ts";

const ABOUT: About = {
  site: "site",
  demo: false,
  authority: "key",
  unit: "18118",
  tip: "tip",
  register: "57/2026",
  officer: "trucban",
  serial: "s-1",
  purpose: "file",
  hour: 3600,
  chain: { n: 4, head: "ab" },
};
const BESIDE = {
  opening: utf8("opening"),
  keys: utf8("keys"),
  document: utf8("document"),
  instructions: "Đọc",
};
const MEDIA = { blob: "b", bytes: 3, mime: "image/jpeg", sha256: "", seconds: null, cleaned: true };

function part(seq: number, more: Partial<EntryView> = {}, blob: string | null = null): Part {
  const view = {
    seq,
    kind: "text",
    by: null,
    day: "2026-11-20",
    at: null,
    media: null,
    ...more,
  } as EntryView;
  return { view, sealed: utf8(`entry ${seq}`), blob: blob === null ? null : utf8(blob) };
}

const OFFICER = { serial: "s-1", officer: "trucban", role: "duty", from: 0 } as const;
const PARTS = [
  part(1),
  part(2, { kind: "photo", media: MEDIA }, "sealed photo"),
  part(3, { kind: "question", by: OFFICER, day: null, at: 60 }),
];

async function unpacked(parts: Part[]) {
  const { archive, digest } = await pack(ABOUT, parts, BESIDE);
  const files = new Map((await readArchive("a", archive, "")).map(({ name, body }) => [name, body]));
  const manifest = files.get("manifest.json") ?? new Uint8Array();
  return { files, digest, manifest, told: JSON.parse(new TextDecoder().decode(manifest)) };
}

it("holds every part as it lies, attachments beside theirs", async () => {
  const { files } = await unpacked(PARTS);
  expect([...files.keys()].sort()).toEqual([
    "000.age",
    "001.age",
    "002-tep.age",
    "002.age",
    "003.age",
    "LÀM-THẾ-NÀO-ĐỌC.txt",
    "ban-doc.pdf.age",
    "khoa.age",
    "manifest.json",
  ]);
  const text = (name: string) => new TextDecoder().decode(files.get(name));
  expect([text("000.age"), text("002.age"), text("002-tep.age")]).toEqual([
    "opening",
    "entry 2",
    "sealed photo",
  ]);
});

it("names each file but the manifest by its sum, who wrote it and when, as finely as is known", async () => {
  const { files, told, manifest, digest } = await unpacked(PARTS);
  expect(told.files.map(({ name }: { name: string }) => name).sort()).toEqual(
    [...files.keys()].filter((name) => name !== "manifest.json").sort(),
  );
  for (const { name, sha256, bytes } of told.files) {
    const body = files.get(name) ?? new Uint8Array();
    expect([name, sha256, bytes]).toEqual([
      name,
      createHash("sha256").update(body).digest("hex"),
      body.length,
    ]);
  }
  const of = (name: string) => told.files.find((one: { name: string }) => one.name === name);
  expect(of("001.age")).toMatchObject({ seq: 1, by: "reporter", day: "2026-11-20" });
  expect(of("001.age")).not.toHaveProperty("at");
  expect(of("002-tep.age")).toMatchObject({ seq: 2, content: { mime: "image/jpeg", bytes: 3 } });
  expect(of("003.age")).toMatchObject({ by: "trucban", serial: "s-1", at: "1970-01-01T00:01Z" });
  expect(told).toMatchObject({
    register: "57/2026",
    purpose: "file",
    hour: "1970-01-01T01:00Z",
    chain: { n: 4 },
  });
  expect(toBase64url(digest)).toBe(createHash("sha256").update(manifest).digest("base64url"));
  expect(fromBase64url(toBase64url(digest))).toHaveLength(32);
});

it("is another archive for another officer's act where one byte of a part is another", async () => {
  const [one, other] = [await unpacked(PARTS), await unpacked([...PARTS.slice(0, 2), part(4)])];
  expect(toBase64url(one.digest)).not.toBe(toBase64url(other.digest));
  expect(toBase64url((await unpacked(PARTS)).digest)).toBe(toBase64url(one.digest));
});

it("says of what no key opens that it is shut, and of nobody that he wrote it", async () => {
  const { manifest } = await unpacked([part(1), part(2, { kind: "other", day: null, shut: true })]);
  const { files } = JSON.parse(new TextDecoder().decode(manifest));
  const shut = files.find(({ seq }: { seq?: number }) => seq === 2);
  expect(Object.keys(shut).sort()).toEqual(["bytes", "kind", "name", "seq", "sha256"]);
  expect(shut.kind).toBe("shut");
});

it("breaks lines between words, and a word that is too long by itself within it; nothing is lost", () => {
  const fits = (words: string) => words.length <= 8;
  expect(wrapped("một hai ba bốn", fits)).toEqual(["một hai", "ba bốn"]);
  expect(wrapped("aaaaaaaaaaaa bb", fits)).toEqual(["aaaaaaaa", "aaaa bb"]);
  expect(wrapped("", fits)).toEqual([""]);
  expect(wrapped("東".repeat(20), fits).join("")).toBe("東".repeat(20));
});
