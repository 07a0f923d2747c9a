/** The key worker's entry: one vault, one question at a time in order of arrival, fixed words on failure. */
import type { CallName, Calls, Question } from "./messages.ts";
import { practise } from "./practice.ts";
import { Refusal } from "./refusal.ts";
import { makeVault } from "./vault.ts";

const vault = makeVault();
const scope = self as unknown as { postMessage(message: unknown, moved?: Transferable[]): void };

async function answer(question: Question): Promise<void> {
  const { id, call } = question;
  try {
    const work = vault[call] as (ask: Calls[CallName]["ask"]) => Promise<unknown>;
    const given = await work(question.ask);
    scope.postMessage(
      { id, answer: given },
      given instanceof ImageBitmap || given instanceof ArrayBuffer ? [given] : [],
    );
  } catch (error) {
    scope.postMessage({ id, failed: error instanceof Refusal ? error.reason : "broken" });
  }
}

let last: Promise<void> = practise().catch(() => undefined);
self.onmessage = (event: MessageEvent<Question>) => {
  last = last.then(() => answer(event.data));
};
