import { plain, type Text } from "../model/text.js";

/** The database cannot be opened as it stands; the sentence says why and what to do. For the operator. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly sentence: Text;

  constructor(sentence: Text, cause?: unknown) {
    super(plain(sentence), { cause });
    this.sentence = sentence;
  }
}

/** What a driver or the system said. Foreign. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message || error.name : String(error));
