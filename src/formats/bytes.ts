/** The first bytes of a stream: all of them, or the first `cap` when there are more. */
interface Gathered {
  readonly bytes: Uint8Array;
  readonly whole: boolean;
}

const concatenated = (chunks: readonly Uint8Array[], length: number): Uint8Array => {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    const part = chunk.subarray(0, length - at);
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};

/** Reads until the end or past the cap (in bytes), whichever comes first. Errors of the stream pass through. */
export async function gather(chunks: AsyncIterable<Uint8Array>, cap = Number.POSITIVE_INFINITY): Promise<Gathered> {
  const kept: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    kept.push(chunk);
    length += chunk.length;
    if (length > cap) return { bytes: concatenated(kept, cap), whole: false };
  }
  return { bytes: concatenated(kept, length), whole: true };
}

const beginsWith = (bytes: Uint8Array, ...signature: readonly number[]): boolean => signature.every((byte, index) => bytes[index] === byte);

/** The bytes behind a UTF-8 byte order mark, if there is one. */
export function withoutMark(bytes: Uint8Array): Uint8Array {
  return beginsWith(bytes, 0xef, 0xbb, 0xbf) ? bytes.subarray(3) : bytes;
}

/** What the bytes are when they are not UTF-8 text. PowerShell's `>` writes UTF-16, with or without a mark. */
export type Disguise = "utf-16le" | "utf-16be" | "zip" | "gzip" | "binary";

/** Looks at the first bytes only; `undefined` means nothing speaks against UTF-8. */
export function disguise(bytes: Uint8Array): Disguise | undefined {
  if (beginsWith(bytes, 0xff, 0xfe) || (bytes[0] !== 0 && bytes[1] === 0 && bytes[3] === 0)) return "utf-16le";
  if (beginsWith(bytes, 0xfe, 0xff) || (bytes[0] === 0 && bytes[1] !== 0 && bytes[2] === 0)) return "utf-16be";
  if (beginsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return "zip";
  if (beginsWith(bytes, 0x1f, 0x8b)) return "gzip";
  return bytes.subarray(0, 1024).includes(0) ? "binary" : undefined;
}
