/** What an officer is told when something failed: one catalogue key for every error the console can meet. */
import { Refused, Unreached } from "./api/wire.ts";
import { KeyFailure } from "./keys/client.ts";
import { known } from "./words.ts";

/** The catalogue key that explains `error`; `otherwise` where the server gave no key we know. */
export function explain(error: unknown, otherwise = "desk-failed"): string {
  if (error instanceof Unreached) return "desk-unreached";
  if (error instanceof Refused && known(error.key)) return error.key;
  if (error instanceof Refused) return error.status === 429 ? "login-wait" : otherwise;
  if (error instanceof KeyFailure) return error.reason === "tampered" ? "desk-tampered" : "desk-keys-failed";
  return otherwise;
}
