/** The one error family of sealing. Messages are fixed strings: they never hold words, ids, receipts or keys. */

/** Something sealed or signed cannot be used. */
export class SealError extends Error {
  override readonly name: string = "SealError";
}

/** Addressed to us, but broken, of an unknown version, or not what it must be. Nothing of it may be used. */
export class Unusable extends SealError {
  override readonly name = "Unusable";
}

/** A thread or a unit sheet does not match its check marks: something was added, changed, moved or taken away. */
export class Tampered extends SealError {
  override readonly name = "Tampered";
}
