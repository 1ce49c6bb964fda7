import { concatenated, withoutMark } from "./bytes.js";

/** A stream of which only the beginning was read yet. */
export interface Begun {
  /** At least `wanted` bytes, or all there are; without a byte order mark. */
  readonly head: Uint8Array;
  /** True when `head` is the whole stream. */
  readonly whole: boolean;
  /** The stream from its beginning, without the mark. To be read once. */
  readonly content: AsyncIterable<Uint8Array>;
}

const MARK = 3;

async function* continued(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  yield head;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

/** Reads the first bytes of a stream and keeps the rest of it readable. Errors of the stream pass through. */
export async function begin(source: AsyncIterator<Uint8Array>, wanted: number): Promise<Begun> {
  const kept: Uint8Array[] = [];
  let [length, whole] = [0, false];
  while (!whole && length < wanted + MARK) {
    const next = await source.next();
    if (next.done === true) whole = true;
    else {
      kept.push(next.value);
      length += next.value.length;
    }
  }
  const head = withoutMark(concatenated(kept, length));
  return { head, whole, content: continued(head, source) };
}

/** Ends a stream that goes on beyond its cap. */
export class OverCap extends Error {}

/** The stream, up to a cap in bytes. @throws OverCap behind it. */
export async function* upTo(cap: number, chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > cap) throw new OverCap();
    yield chunk;
  }
}
