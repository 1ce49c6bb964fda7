import { concatenated } from "./bytes.js";

/** Larger strings are large objects to V8, each with pages of its own: see `text-blocks.ts`. */
const WINDOW = 65_536;
/** Bytes of a character by its first: UTF-8. */
const sizeOf = (first: number): number => (first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1);

/** The length without a character at the end that is not whole. */
function wholeCharacters(bytes: Uint8Array): number {
  let back = 1;
  while (back < 4 && back < bytes.length && ((bytes[bytes.length - back] ?? 0) & 0xc0) === 0x80) back++;
  return sizeOf(bytes[bytes.length - back] ?? 0) > back ? bytes.length - back : bytes.length;
}

/**
 * A file's text in pieces of at most 64 KB that end anywhere but inside a character; bytes that are no UTF-8 become U+FFFD.
 * Decoding piece by piece is many times faster than as a stream.
 */
export async function* textWindows(chunks: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let rest = new Uint8Array();
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += WINDOW) {
      const window = chunk.subarray(at, at + WINDOW);
      const bytes = rest.length === 0 ? window : concatenated([rest, window], rest.length + window.length);
      const whole = wholeCharacters(bytes);
      rest = bytes.slice(whole);
      yield decoder.decode(bytes.subarray(0, whole));
    }
  }
  if (rest.length > 0) yield decoder.decode(rest);
}
