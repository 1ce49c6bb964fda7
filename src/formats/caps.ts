import { figure, type Text, text } from "../model/text.js";

/** Bytes beyond which a file is not read: of a format that takes a file as a whole, and of one that streams. */
export interface Caps {
  readonly whole: number;
  readonly streamed: number;
  /** How the second can be raised, as the end of "write a smaller file, or …"; nothing where it cannot. */
  readonly raise?: Text;
}

/** 50 MB; and for a format that streams the 200 MB that an artifact may unpack to. */
export const DEFAULT_CAPS: Caps = { whole: 50_000_000, streamed: 200_000_000 };

/** Digits behind the point go down to the byte: a file one byte above its cap is not shown as large as the cap. */
export const megabytes = (bytes: number): Text => figure(`${(bytes / 1e6).toLocaleString("en-US", { maximumFractionDigits: 6 })} MB`);

/** `not read: 312 MB, the cap is 200 MB`; without the size where nobody knows it. */
export const overCap = (size: number | undefined, cap: number): Text =>
  size === undefined || size <= cap
    ? text`not read: more than ${megabytes(cap)}, the cap`
    : text`not read: ${megabytes(size)}, the cap is ${megabytes(cap)}`;
