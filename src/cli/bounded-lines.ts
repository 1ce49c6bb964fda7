/** A line of a stream, or the fact that it was too long to keep. */
export type Line = string | { readonly tooLong: true };

const NEWLINE = 0x0a;

/**
 * Splits a stream into its lines as they come, without their ends; those of one chunk are handed on together. Of a line
 * beyond the limit nothing is kept. A last line needs no newline.
 * @param limit bytes
 */
export async function* boundedLines(chunks: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<readonly Line[]> {
  let parts: Uint8Array[] = [];
  let size = 0;
  const add = (part: Uint8Array): void => {
    size += part.length;
    if (size > limit) parts = [];
    else parts.push(part);
  };
  const take = (): Line => {
    const line = size > limit ? ({ tooLong: true } as const) : Buffer.concat(parts).toString("utf8");
    parts = [];
    size = 0;
    return line;
  };
  for await (const chunk of chunks) {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      add(chunk.subarray(start, end));
      lines.push(take());
      start = end + 1;
    }
    add(chunk.subarray(start));
    if (lines.length > 0) yield lines;
  }
  if (size > 0) yield [take()];
}
