/** The start page's field and doors: what was written goes along through any of them. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Way, watchDoors } from "../../src/chat/start.ts";

type Heard = (event: object) => void;
type Fake = {
  value: string;
  on: Record<string, Heard>;
  dataset: object;
  hidden: boolean;
  style: object;
  scrollHeight: number;
};

let field: Fake;
let form: Fake & { asked: number };
let door: Fake;
let mic: Fake;
let entered: [string, Way][];
let keyboard: boolean;

function element<T extends object>(more: T) {
  const on: Record<string, Heard> = {};
  const addEventListener = (name: string, heard: Heard) => {
    on[name] = heard;
  };
  return { value: "", on, addEventListener, dataset: {}, style: {}, scrollHeight: 40, hidden: true, ...more };
}

beforeEach(() => {
  field = element({});
  mic = element({});
  const inForm = (asked: string) => (asked === "textarea" ? field : mic);
  form = element({ asked: 0, querySelector: inForm, requestSubmit: () => (form.asked += 1) });
  door = element({ dataset: { door: "1" } });
  entered = [];
  keyboard = true;
  vi.stubGlobal("document", { querySelector: () => form, querySelectorAll: () => [door] });
  vi.stubGlobal("matchMedia", () => ({ matches: keyboard }));
  vi.stubGlobal("MediaRecorder", class {});
  vi.stubGlobal("navigator", { mediaDevices: {} });
  watchDoors((text, way) => entered.push([text, way]));
});
afterEach(() => vi.unstubAllGlobals());

const press = (key: string) => field.on.keydown?.({ key, preventDefault: () => {} });

it("a door takes along what stands in the field", () => {
  field.value = "Bán thuốc lắc ở quán";
  door.on.click?.({ preventDefault: () => {} });
  expect(entered).toEqual([["Bán thuốc lắc ở quán", 1]]);
});

it("Enter sends where there is a keyboard, and there alone", () => {
  press("a");
  press("Enter");
  expect(form.asked).toBe(1);
  keyboard = false;
  press("Enter");
  expect(form.asked).toBe(1);
});

it("the microphone takes along what stands in the field", () => {
  field.value = "Ngay sau nhà văn hóa";
  mic.on.click?.({});
  expect(entered).toEqual([["Ngay sau nhà văn hóa", "voice"]]);
});

it("the microphone is there only where a page can record", () => {
  expect(mic.hidden).toBe(false);
  mic.hidden = true;
  vi.stubGlobal("navigator", {});
  watchDoors(() => {});
  expect(mic.hidden).toBe(true);
});
