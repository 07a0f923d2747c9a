/** One recording: the microphone is let go whenever nothing records, and what was dropped is gone. */
import { beforeEach, describe, expect, it } from "vitest";
import { type Microphone, Recorder } from "../../src/chat/recorder.ts";

class FakeMachine {
  state = "inactive";
  mimeType = "audio/webm;codecs=opus";
  ondataavailable: ((event: { data: Blob }) => void) | null = null;
  onstop: (() => void) | null = null;

  start(): void {
    this.state = "recording";
  }

  stop(): void {
    this.state = "inactive";
    this.onstop?.();
  }

  hears(size: number): void {
    this.ondataavailable?.({ data: new Blob([new Uint8Array(size)]) });
  }
}

let machine: FakeMachine;
let stopped: number;
let now: number;
let mic: Microphone;

beforeEach(() => {
  machine = new FakeMachine();
  stopped = 0;
  now = 0;
  const stream = { getTracks: () => [{ stop: () => (stopped += 1) }] } as unknown as MediaStream;
  mic = {
    open: async () => stream,
    record: () => machine as unknown as MediaRecorder,
    now: () => now,
  };
});

describe("a recording", () => {
  it("runs, counts its seconds, and can be heard when it is done", async () => {
    const recorder = new Recorder(mic);
    await recorder.start();
    now = 24_400;
    machine.hears(100);
    expect(recorder.state.value).toEqual({ now: "running", seconds: 24 });
    recorder.stop();
    expect(recorder.state.value).toMatchObject({ now: "done", seconds: 24, full: false });
    expect(stopped).toBe(1);
  });

  it("stops by itself below the limit", async () => {
    const recorder = new Recorder(mic);
    await recorder.start();
    machine.hears(19_600_000);
    expect(recorder.state.value).toMatchObject({ now: "done", full: true });
  });

  it("that heard nothing is none", async () => {
    const recorder = new Recorder(mic);
    await recorder.start();
    recorder.stop();
    expect(recorder.state.value).toEqual({ now: "none" });
  });

  it("dropped lets the microphone go and keeps nothing", async () => {
    const recorder = new Recorder(mic);
    await recorder.start();
    machine.hears(100);
    recorder.drop();
    machine.hears(100);
    expect(stopped).toBe(1);
    expect(recorder.state.value.now).toBe("running"); // the panel is gone: nothing is offered any more
  });

  it("dropped while the browser still asks never begins", async () => {
    const recorder = new Recorder(mic);
    const started = recorder.start();
    recorder.drop();
    await started;
    expect([machine.state, stopped]).toEqual(["inactive", 1]);
  });

  it("says whether it was not allowed, or is not there", async () => {
    const said = async (name: string) => {
      const recorder = new Recorder({ ...mic, open: () => Promise.reject(new DOMException("", name)) });
      await recorder.start();
      return recorder.state.value.now;
    };
    expect(await said("NotAllowedError")).toBe("denied");
    expect(await said("NotFoundError")).toBe("none");
  });

  it("that cannot be made lets the microphone go", async () => {
    const recorder = new Recorder({
      ...mic,
      record: () => {
        throw new DOMException("", "NotSupportedError");
      },
    });
    await recorder.start();
    expect([recorder.state.value.now, stopped]).toEqual(["none", 1]);
  });
});
