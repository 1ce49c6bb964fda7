import type { Problem } from "../model/measurement.js";
import { plain, type Text } from "../model/text.js";

/** Everything that a terminal could obey is shown instead. */
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const visible = (value: string): string =>
  value.replace(CONTROL, (char) => `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`);

/** A sentence for standard error, on one line whatever it quotes. */
export const sentence = (value: Text): string => visible(plain(value));

/** `file:line: message. Remedy.` */
export function problemLine(problem: Problem): string {
  const place = problem.file === undefined ? "" : `${visible(problem.file)}${problem.line === undefined ? "" : `:${problem.line}`}: `;
  const remedy = problem.remedy === undefined ? "" : `; ${sentence(problem.remedy)}`;
  return `${place}${sentence(problem.message)}${remedy}`;
}
