/** Bytes handed to the browser to be saved, under a name of ours. */

/** Long enough for a browser to begin saving; the page may stay open for hours. */
const HELD_MS = 60_000;

/** Saves `bytes` as a file; as what the type says, which the browser does not open here. */
export function save(bytes: ArrayBuffer, name: string, type = "application/octet-stream"): void {
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), HELD_MS);
}
