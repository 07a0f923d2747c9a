/** Archives: what is written is read again; what is broken, locked or too much is refused. */
import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { unpack } from "../../src/authority/requests.ts";
import { LARGEST, MOST, readArchive } from "../../src/authority/zip.ts";
import { joined, utf8 } from "../../src/crypto/bytes.ts";
import { type Named, writeArchive } from "../../src/shared/zipping.ts";

const files: Named[] = [
  { name: "a.json", body: utf8("Nam Hồng Lĩnh") },
  { name: "thư mục/b.json", body: utf8("x".repeat(5_000)) },
  { name: "c.txt", body: utf8("") },
];
const archive = writeArchive(files);

/** The archive with its one file deflated. */
function deflated(content: Uint8Array, size = content.length): Uint8Array {
  const stored = writeArchive([{ name: "a.json", body: content.slice() as Named["body"] }]);
  const packed = deflateRawSync(content);
  const head = stored.slice(0, 36);
  const list = stored.slice(36 + content.length);
  for (const [bytes, method, sizes] of [
    [head, 8, 18],
    [list, 10, 20],
  ] as const) {
    const view = new DataView(bytes.buffer);
    view.setUint16(method, 8, true);
    view.setUint32(sizes, packed.length, true);
    view.setUint32(sizes + 4, size, true);
  }
  new DataView(list.buffer).setUint32(list.length - 6, head.length + packed.length, true);
  return joined(head, packed, list);
}

/** An archive of one file whose list names that file so many times. */
function listedTimes(archive: Uint8Array, times: number): Uint8Array {
  const from = new DataView(archive.buffer).getUint32(archive.length - 6, true);
  const entry = archive.subarray(from, archive.length - 22);
  const end = archive.slice(-22);
  for (const at of [8, 10]) new DataView(end.buffer).setUint16(at, times, true);
  return joined(archive.subarray(0, from), ...Array<Uint8Array>(times).fill(entry), end);
}

/** The same bytes, of which nothing can be copied out. */
function copyless(bytes: Uint8Array): Uint8Array {
  const refuse = () => {
    throw new Error("copied");
  };
  const guarded = (view: Uint8Array): Uint8Array =>
    Object.assign(view, {
      slice: refuse,
      subarray: (from: number, to: number) =>
        guarded(new Uint8Array(view.buffer, view.byteOffset + from, Math.min(to, view.length) - from)),
    });
  return guarded(bytes);
}

async function why(bytes: Uint8Array): Promise<string> {
  return await readArchive("r.zip", bytes, ".json").then(
    () => "",
    (error) => error.why.key,
  );
}

describe("archives", () => {
  it("come back as they were written, without folders, by their ending", async () => {
    const found = await readArchive("r.zip", archive, ".json");
    expect(found).toEqual([files[0], { ...files[1], name: "b.json" }]);
  });

  it("are the same bytes for the same files", () => {
    expect(writeArchive(files)).toEqual(archive);
  });

  it("may be deflated", async () => {
    const content = utf8("Nam Hồng Lĩnh ".repeat(900));
    expect(await readArchive("r.zip", deflated(content), ".json")).toEqual([
      { name: "a.json", body: content },
    ]);
  });

  it("are refused when cut, changed, locked, or longer than they say", async () => {
    const content = utf8("Nam Hồng Lĩnh ".repeat(900));
    expect(await why(archive.subarray(0, archive.length - 5))).toBe("auth-no-archive");
    const changed = archive.slice();
    changed[40] = (changed[40] ?? 0) ^ 1;
    expect(await why(changed)).toBe("auth-no-archive");
    const locked = archive.slice();
    const view = new DataView(locked.buffer);
    view.setUint16(view.getUint32(locked.length - 6, true) + 8, 1, true);
    expect(await why(locked)).toBe("auth-no-archive");
    expect(await why(deflated(content, 10))).toBe("auth-no-archive");
    expect(await why(deflated(content, LARGEST + 1))).toBe("auth-no-large");
  });

  it("are refused before anything of them is copied, where they say that they hold too much", async () => {
    const large = copyless(
      listedTimes(writeArchive([{ name: "a.json", body: new Uint8Array(LARGEST) }]), 300),
    );
    expect(await why(large)).toBe("auth-no-large");
    const many = copyless(listedTimes(writeArchive([{ name: "a.json", body: utf8("{}") }]), MOST + 1));
    expect(await why(many)).toBe("auth-no-many");
    const packed = writeArchive([{ name: "a.json", body: new Uint8Array(LARGEST + 1) }]);
    const view = new DataView(packed.buffer);
    view.setUint32(view.getUint32(packed.length - 6, true) + 24, 1, true);
    expect(await why(copyless(packed))).toBe("auth-no-large");
  });

  it("may hold anything under other endings", async () => {
    const files = [
      { name: "large.bin", body: new Uint8Array(LARGEST + 1) },
      { name: "a.json", body: utf8("{}") },
    ];
    expect(await readArchive("r.zip", writeArchive(files), ".json")).toEqual([files[1]]);
  });

  it("survive every cut and every changed byte of a small one without anything but a refusal", async () => {
    const small = writeArchive([{ name: "a.json", body: utf8("{}") }]);
    for (let at = 0; at < small.length; at += 1) {
      await why(small.subarray(0, at));
      const changed = small.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x55;
      await why(changed);
    }
  });

  it("are opened among request files, in the order of their numbers", async () => {
    const given = writeArchive([
      { name: "request-10.json", body: utf8("10") },
      { name: "request-9.json", body: utf8("9") },
    ]);
    const found = await unpack([
      { name: "requests.zip", body: given },
      { name: "request-1.json", body: utf8("{}") },
    ]);
    expect(found.map((one) => one.name)).toEqual(["request-1.json", "request-9.json", "request-10.json"]);
  });

  it("are refused where they hold no request", async () => {
    const given = { name: "x.zip", body: writeArchive([{ name: "x.txt", body: utf8("x") }]) };
    await expect(unpack([given])).rejects.toMatchObject({ why: { key: "auth-no-file" } });
  });
});
