/**
 * Rows as a CSV that the server's reader takes: what is edited here goes the way of a file that is brought.
 *
 * Owns quoting, and the mark before a cell that a spreadsheet would work out; the reader takes it off again.
 */
import { type Bytes, utf8 } from "../../crypto/bytes.ts";

const ACTIVE = /^'*[=+\-@\t\r]/;

function cell(text: string): string {
  const harmless = ACTIVE.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A header and rows of these columns, UTF-8. A cell that a row does not name is empty. */
export function csv(columns: readonly string[], rows: readonly Readonly<Record<string, string>>[]): Bytes {
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ""))];
  return utf8(lines.map((line) => `${line.map(cell).join(",")}\r\n`).join(""));
}
