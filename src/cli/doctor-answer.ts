import type { Text } from "../model/text.js";

/** One thing that was looked at. */
export interface Answer {
  readonly ok: boolean;
  readonly message: Text;
  readonly remedy?: Text;
}
