const HEX = /^[0-9a-f]+$/;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
const NOTHING = /^0+$/;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The bytes of a base64 text as hexadecimal digits. */
function hexOfBase64(written: string): string {
  let [bits, held, hex] = [0, 0, ""];
  for (const letter of written.replace(/=+$/, "").replaceAll("-", "+").replaceAll("_", "/")) {
    bits = ((bits << 6) | ALPHABET.indexOf(letter)) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    hex += ((bits >> held) & 0xff).toString(16).padStart(2, "0");
  }
  return hex;
}

/**
 * An id in lower-case hexadecimal digits. Exporters that follow JSON's mapping of bytes write base64, which its length tells;
 * Jaeger leaves out leading zeros.
 * @param digits 32 of a trace, 16 of a span
 * @returns undefined for what is none, and for the id of zeros, which stands for none
 */
export function idOf(value: unknown, digits: 32 | 16): string | undefined {
  if (typeof value !== "string" || value.length > 44) return undefined;
  const lower = value.toLowerCase();
  const isBase64 = value.length === Math.ceil(digits / 6) * 4 && BASE64.test(value);
  const hex = isBase64 ? hexOfBase64(value) : HEX.test(lower) && lower.length <= digits ? lower.padStart(digits, "0") : "";
  return hex.length === digits && !NOTHING.test(hex) ? hex : undefined;
}
