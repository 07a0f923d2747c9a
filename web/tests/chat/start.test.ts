/** The start page's field and doors: what was written goes along through any of them. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { watchDoors } from "../../src/chat/start.ts";

type Heard = (event: object) => void;
type Fake = {
  value: string;
  on: Record<string, Heard>;
  dataset: object;
  style: object;
  scrollHeight: number;
};

let field: Fake;
let form: Fake & { asked: number };
let door: Fake;
let entered: [string, number | null][];
let keyboard: boolean;

function element<T extends object>(more: T) {
  const on: Record<string, Heard> = {};
  const addEventListener = (name: string, heard: Heard) => {
    on[name] = heard;
  };
  return { value: "", on, addEventListener, dataset: {}, style: {}, scrollHeight: 40, ...more };
}

beforeEach(() => {
  field = element({});
  form = element({ asked: 0, querySelector: () => field, requestSubmit: () => (form.asked += 1) });
  door = element({ dataset: { door: "1" } });
  entered = [];
  keyboard = true;
  vi.stubGlobal("document", { querySelector: () => form, querySelectorAll: () => [door] });
  vi.stubGlobal("matchMedia", () => ({ matches: keyboard }));
  watchDoors((text, n) => entered.push([text, n]));
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
