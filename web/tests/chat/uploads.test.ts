/** Files on their way: one at a time in each lane, again under the same id, given up when asked. */
import { beforeEach, describe, expect, it } from "vitest";
import { kindOf, MEGABYTES, tooBig } from "../../src/chat/media.ts";
import { type Delivery, type Upload, Uploads } from "../../src/chat/uploads.ts";
import { FakeClock } from "./fakes.ts";

interface Flight {
  id: string;
  answer: (delivery: Delivery) => void;
  progress: (percent: number) => void;
  signal: AbortSignal;
}

let flights: Flight[];
let landed: [string, string][];
let clock: FakeClock;
let open: boolean;
let uploads: Uploads;

const settle = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};
const upload = (id: string, kind: Upload["kind"]): Upload => ({ id, kind, file: new Blob() });
const ids = () => flights.map(({ id }) => id);

beforeEach(() => {
  flights = [];
  landed = [];
  clock = new FakeClock();
  open = true;
  uploads = new Uploads(
    ({ id }, progress, signal) =>
      new Promise((answer) => {
        signal.addEventListener("abort", () => answer("offline"));
        flights.push({ id, answer, progress, signal });
      }),
    () => open,
    (id, delivery) => landed.push([id, delivery]),
    clock,
  );
});

describe("files on their way", () => {
  it("go one at a time, the small beside the large", async () => {
    uploads.add(upload("film", "video"));
    uploads.add(upload("paper", "file"));
    uploads.add(upload("one", "photo"));
    uploads.add(upload("two", "voice"));
    expect(ids()).toEqual(["film", "one"]);
    flights[1]?.answer("stored");
    await settle();
    expect(ids()).toEqual(["film", "one", "two"]);
    expect(landed).toEqual([["one", "stored"]]);
    expect(uploads.count).toBe(3);
  });

  it("tell how far they are", async () => {
    uploads.add(upload("a", "photo"));
    flights[0]?.progress(45);
    expect([...uploads.going.value]).toEqual([["a", 45]]);
    flights[0]?.answer("stored");
    await settle();
    expect([...uploads.going.value]).toEqual([]);
  });

  it("wait for the connection, and go again when it is back, first things first", async () => {
    open = false;
    uploads.add(upload("a", "photo"));
    uploads.add(upload("b", "photo"));
    expect(ids()).toEqual([]);
    open = true;
    uploads.resume();
    uploads.pause();
    await settle();
    uploads.resume();
    expect(ids()).toEqual(["a", "a"]);
  });

  it("that did not get there are tried again after growing waits", async () => {
    uploads.add(upload("a", "photo"));
    flights[0]?.answer("offline");
    await settle();
    expect(uploads.retrying.value).toBe(true);
    clock.pass(1000);
    flights[1]?.answer("offline");
    await settle();
    clock.pass(1000);
    expect(ids()).toEqual(["a", "a"]);
    clock.pass(2000);
    expect(ids()).toEqual(["a", "a", "a"]);
    expect(landed).toEqual([]);
  });

  it("refused for now are kept until asked for again", async () => {
    uploads.add(upload("a", "photo"));
    flights[0]?.answer("busy");
    await settle();
    expect([uploads.count, uploads.again("a"), uploads.again("a")]).toEqual([0, true, false]);
    expect(ids()).toEqual(["a", "a"]);
  });

  it("given up stop at once and let the next one go", async () => {
    uploads.add(upload("a", "photo"));
    uploads.add(upload("b", "photo"));
    uploads.cancel("a");
    await settle();
    expect(flights[0]?.signal.aborted).toBe(true);
    expect(ids()).toEqual(["a", "b"]);
    expect(landed).toEqual([]);
  });

  it("all end with the page", async () => {
    uploads.add(upload("a", "photo"));
    uploads.add(upload("b", "photo"));
    uploads.clear();
    await settle();
    clock.pass(60_000);
    expect(flights[0]?.signal.aborted).toBe(true);
    expect([ids(), landed, uploads.count]).toEqual([["a"], [], 0]);
  });
});

describe("kinds of files", () => {
  const file = (type: string, size = 1) => ({ type, size }) as Blob;

  it("are those the browser names, else the one asked for", () => {
    expect(kindOf(file("image/heic"), "file")).toBe("photo");
    expect(kindOf(file("video/quicktime"), "photo")).toBe("video");
    expect(kindOf(file("audio/ogg"), "file")).toBe("voice");
    expect(kindOf(file("audio/wav", 30_000_000), "file")).toBe("file");
    expect(kindOf(file("application/pdf"), "photo")).toBe("file");
    expect(kindOf(file(""), "photo")).toBe("photo");
  });

  it("have their limits, to the byte", () => {
    for (const [kind, limit] of Object.entries(MEGABYTES) as [Upload["kind"], number][]) {
      expect(tooBig(file("", limit * 1_000_000), kind)).toBe(false);
      expect(tooBig(file("", limit * 1_000_000 + 1), kind)).toBe(true);
    }
  });
});
