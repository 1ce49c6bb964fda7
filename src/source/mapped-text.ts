/** From `at` on, characters of the text come from `source` on; all from that one place where `fixed`. */
export interface Segment {
  readonly at: number;
  readonly source: number;
  readonly fixed: boolean;
}

/** A text that was made from another, with the way back. Offsets are UTF-16 units. */
export interface MappedText {
  readonly text: string;
  readonly segments: readonly Segment[];
}

/** Puts a text together from pieces of another one. */
export class TextMapper {
  private readonly pieces: string[] = [];
  private readonly segments: Segment[] = [];
  private length = 0;

  /** Characters as they stand in the source. */
  copy(text: string, source: number): void {
    this.add(text, source, false);
  }

  /** Characters that stand for something else in the source. */
  replace(text: string, source: number): void {
    this.add(text, source, true);
  }

  mapped(): MappedText {
    return { text: this.pieces.join(""), segments: this.segments };
  }

  private add(text: string, source: number, fixed: boolean): void {
    if (text === "") return;
    this.segments.push({ at: this.length, source, fixed });
    this.pieces.push(text);
    this.length += text.length;
  }
}

/** The source's offset of a character; of the end, when it is the text's length. */
export function sourceOffset(segments: readonly Segment[], offset: number): number {
  let [low, high] = [0, segments.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((segments[middle]?.at ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const segment = segments[low];
  if (!segment) return 0;
  return segment.fixed ? segment.source : segment.source + offset - segment.at;
}
