/** Why the worker could not answer, as a fixed word that holds nothing of what was asked. */
export class Refusal extends Error {
  constructor(
    readonly reason: "locked" | "not-open" | "unreadable" | "nobody" | "passed-over" | "off-sheet",
  ) {
    super(reason);
  }
}
