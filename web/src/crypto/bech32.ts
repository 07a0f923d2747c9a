/** Writing Bech32 as the age format uses it: BIP 173's checksum without its limit on length. */

const CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

function polymod(values: readonly number[]): number {
  let check = 1;
  for (const value of values) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    GENERATOR.forEach((generator, bit) => {
      if ((top >> bit) & 1) check ^= generator;
    });
  }
  return check;
}

function words(payload: Uint8Array): number[] {
  const found: number[] = [];
  let held = 0;
  let bits = 0;
  for (const byte of payload) {
    held = ((held << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) found.push((held >> (bits - 5)) & 31);
  }
  if (bits > 0) found.push((held << (5 - bits)) & 31);
  return found;
}

/** `payload` under a lower-case `prefix`, in lower case. */
export function encode(prefix: string, payload: Uint8Array): string {
  const codes = [...prefix].map((letter) => letter.charCodeAt(0));
  const expanded = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
  const values = words(payload);
  const check = polymod([...expanded, ...values, 0, 0, 0, 0, 0, 0]) ^ 1;
  const tail = [25, 20, 15, 10, 5, 0].map((shift) => (check >>> shift) & 31);
  return `${prefix}1${[...values, ...tail].map((value) => CHARSET[value]).join("")}`;
}
