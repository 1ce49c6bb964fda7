import type { Text } from "../model/text.js";

/**
 * What was looked at for one line, before its findings are counted. Only `complete` may become a
 * passed line; `partial` says what kept it from being complete.
 */
export type Examination =
  | { readonly status: "complete"; readonly seen: Text }
  /** `static`: looked through by rules that find, and cannot prove absence; the reason is what they do not see. */
  | { readonly status: "partial"; readonly reason: Text; readonly seen?: Text; readonly static?: true }
  | { readonly status: "not-applicable"; readonly reason: Text };

export const complete = (seen: Text): Examination => ({ status: "complete", seen });
export const partial = (reason: Text, seen?: Text): Examination => ({ status: "partial", reason, ...(seen && { seen }) });
export const searched = (seen: Text, unseen: Text): Examination => ({ status: "partial", reason: unseen, seen, static: true });
export const notApplicable = (reason: Text): Examination => ({ status: "not-applicable", reason });

/** `1 file`, `3 files`: counts in sentences; nouns are ours. */
export function count(n: number, noun: string, plural = `${noun}s`): Text {
  return [`${n.toLocaleString("en-US")} ${n === 1 ? noun : plural}`];
}
