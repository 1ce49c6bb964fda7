import type { z } from "zod";
import { type Text, text } from "../../model/text.js";
import { TransferError } from "./format.js";

/** Lines as they come, some at a time; one that was too long to keep is known as that. */
export type Lines = AsyncIterable<readonly (string | { readonly tooLong: true })[]>;

const AGAIN = text`export it again, or take another backup`;

/** Reads a file's lines one after the other, and says where something is wrong. */
export class LineReader {
  readonly #file: string;
  readonly #lines: AsyncIterator<string | { readonly tooLong: true }>;
  #number = 0;

  constructor(file: string, lines: Lines) {
    this.#file = file;
    this.#lines = single(lines);
  }

  /** Of the line that was read last, from 1. */
  get number(): number {
    return this.#number;
  }

  wrong(why: Text, line = this.#number, remedy = AGAIN): TransferError {
    return new TransferError(this.#file, line, why, remedy);
  }

  /** The next line, or null at the end of the file. */
  async next(): Promise<string | null> {
    const { value, done } = await this.#lines.next();
    if (done) return null;
    this.#number += 1;
    if (typeof value !== "string") throw this.wrong(text`the line is longer than any that an export writes`);
    return value;
  }

  /** The next line's object. @throws TransferError when there is none, or it is another. */
  async expect<T>(shape: z.ZodType<T>, what: string): Promise<T> {
    const line = await this.next();
    if (line === null) throw this.wrong(text`the file is cut off: ${what} is missing`, this.#number + 1);
    const parsed = shape.safeParse(this.parse(line));
    if (parsed.success) return parsed.data;
    throw this.wrong(text`this is not ${what}`);
  }

  parse(line: string): unknown {
    try {
      return JSON.parse(line);
    } catch {
      throw this.wrong(text`this is not JSON`);
    }
  }
}

async function* single(lines: Lines): AsyncGenerator<string | { readonly tooLong: true }> {
  for await (const some of lines) yield* some;
}
