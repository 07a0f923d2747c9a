/** How many tips need a new key that this officer can give them: looked for at log-in, and once some were given. */
import { signal } from "@preact/signals";
import { getAside, Refused, Unreached } from "../api/wire.ts";
import { me, onLock } from "../session.ts";

export const due = signal(0);

onLock(() => {
  due.value = 0;
});

/** Looks; where no answer comes nothing is said. */
export async function lookForDue(): Promise<void> {
  const account = me.value;
  if (!account || account.role === "operator") return;
  try {
    const { stale } = await getAside<{ stale: number }>("keys/due");
    if (account === me.value) due.value = stale;
  } catch (error) {
    if (!(error instanceof Unreached || error instanceof Refused)) throw error;
  }
}
