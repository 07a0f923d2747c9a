/** Why something is not worked on: a key of the catalogue and what stands in it. Never a key or a person's secret. */

/** A sentence of the catalogue, to be said in the language of whoever looks. */
export interface Why {
  key: string;
  args?: Record<string, string>;
}

/** What was given cannot be taken. */
export class NotAccepted extends Error {
  override readonly name = "NotAccepted";
  readonly why: Why;

  constructor(key: string, args?: Record<string, string>) {
    super(key);
    this.why = args ? { key, args } : { key };
  }
}

/** The reason of a refusal; everything else is a mistake of ours and is thrown on. */
export function whyOf(error: unknown): Why {
  if (error instanceof NotAccepted) return error.why;
  throw error;
}
