import type { Problem } from "../model/measurement.js";
import { plain, type Text } from "../model/text.js";
import { visible } from "../report/visible.js";

/** Longest line on standard error, in graphemes: a path or a message of the system is a part of ours. */
const LINE = 2_000;

/** A sentence for standard error, on one line whatever it quotes, with nothing that a terminal could obey. */
export const sentence = (value: Text): string => visible(plain(value), LINE);

/** `file:line: message. Remedy.` */
export function problemLine({ file, line, message, remedy }: Problem): string {
  const place = file === undefined ? "" : `${sentence([{ foreign: file }])}${line === undefined ? "" : `:${line}`}: `;
  return `${place}${sentence(message)}${remedy === undefined ? "" : `; ${sentence(remedy)}`}`;
}
