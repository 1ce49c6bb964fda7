/** The chunks as one array of `length` bytes, in a place that is given or in one of its own. */
export const concatenated = (chunks: readonly Uint8Array[], length: number, place?: Uint8Array): Uint8Array => {
  const bytes = place === undefined || place.length < length ? new Uint8Array(length) : place.subarray(0, length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
};

/** Reads a stream to its end. Whoever opened it has capped it; errors of the stream pass through. */
export async function gather(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const kept: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    kept.push(chunk);
    length += chunk.length;
  }
  return concatenated(kept, length);
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
