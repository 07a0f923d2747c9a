/**
 * The list on screen: which one, of which unit, which part of it; the units there are to choose from.
 *
 * Owns what was asked and what came; forgets all of it on lock. Of two loads under way the later one wins.
 */

import type { FluentVariable } from "@fluent/bundle";
import { computed, signal } from "@preact/signals";
import { connection } from "../api/live.ts";
import { explain } from "../failure.ts";
import { mayAct, me, onLock } from "../session.ts";
import type { Seen } from "./acts.ts";
import { readAll, readList, readTargets, readTree } from "./routes.ts";
import type { Asked, ListPage, Row, UnitNode, View } from "./shapes.ts";

export const asked = signal<Asked | null>(null);
export const page = signal<ListPage | null>(null);
export const failed = signal<string | null>(null);
/** The units an officer may look at, his own first. */
export const units = signal<readonly UnitNode[]>([]);
/** Units beside those, that a kind of matter may be sent to. */
export const beyond = signal<readonly UnitNode[]>([]);
/** What was just done, to be told: a key and its placeables. */
export const told = signal<{ key: string; args: Record<string, FluentVariable> } | null>(null);
/** Counts changes, so that what stands beside the list is read again too. */
export const changes = signal(0);

/** The unit that is looked at; an officer's own at first. */
export const unit = computed(() => asked.value?.unit ?? me.value?.unit.code ?? "");
/** Whether rows may be changed here and now. */
export const mayChange = computed(
  () => page.value?.may_change === true && mayAct.value && connection.value !== "away",
);

onLock(() => {
  asked.value = null;
  page.value = null;
  failed.value = null;
  units.value = [];
  beyond.value = [];
  told.value = null;
});

let turn = 0;

/** Loads what is asked for now. */
export async function load(): Promise<void> {
  const wanted = asked.value;
  if (!wanted) return;
  const mine = ++turn;
  try {
    const found = await readList(wanted);
    if (mine !== turn || !me.value) return;
    page.value = found;
    failed.value = null;
  } catch (error) {
    if (mine === turn && me.value) failed.value = explain(error);
  }
}

/** Turns to a list, from its top; the unit stays. */
export function open(list: View): Promise<void> {
  asked.value = { list, unit: unit.value, q: "", offset: 0, past: false };
  page.value = null;
  failed.value = null;
  told.value = null;
  return load();
}

/** Asks for another part of the list; from its top unless `offset` is said. */
export function choose(part: Partial<Omit<Asked, "list">>): Promise<void> {
  if (!asked.value) return Promise.resolve();
  if (part.unit !== undefined && part.unit !== asked.value.unit) page.value = null;
  asked.value = { ...asked.value, offset: 0, ...part };
  told.value = null;
  return load();
}

/** Something was changed: says so, and reads again what it may have changed. */
export async function changed(key: string, args: Record<string, FluentVariable> = {}): Promise<void> {
  told.value = { key, args };
  changes.value += 1;
  await Promise.all([load(), asked.value?.list === "units" ? loadUnits() : undefined]);
}

export async function loadUnits(): Promise<void> {
  try {
    const found = await readTree();
    if (me.value) units.value = found;
  } catch (error) {
    if (me.value) failed.value = explain(error);
  }
}

/** Learns which units a kind of matter may be sent to. */
export async function loadTargets(): Promise<void> {
  try {
    const found = await readTargets();
    if (me.value) beyond.value = found;
  } catch (error) {
    if (me.value) failed.value = explain(error);
  }
}

/** What a unit is called, in the language of the screen; its code where it is not known here. */
export function unitName(code: string, language: "vi" | "en"): string {
  const found = [...units.value, ...beyond.value].find((one) => one.code === code);
  if (!found) return code;
  return language === "en" ? found.name_en : found.name_vi;
}

/** What names a unit's rows as they are shown now; nothing where their order does not count. */
export function seenOf(code: string): Seen {
  const mark = page.value?.seen[code];
  return mark === undefined ? {} : { [code]: mark };
}

/** Every row of a unit's own: those of units under it are left out. */
export async function ownRows(list: View, code: string): Promise<Row[]> {
  return (await readAll(list, code)).filter((row) => row.unit === code);
}
