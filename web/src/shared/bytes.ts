/** Bytes as text and back: base64url without padding, random ids, overwriting. */

/** Base64url without padding. */
export function toBase64url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Bytes of a base64url text without padding. Throws on anything else. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w-]*$/.test(text)) throw new Error("not base64url");
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** A fresh random id of 16 bytes, as base64url. */
export function freshId(): string {
  return toBase64url(crypto.getRandomValues(new Uint8Array(16)));
}

/** Overwrites bytes that held a secret. */
export function overwrite(bytes: Uint8Array): void {
  bytes.fill(0);
}
