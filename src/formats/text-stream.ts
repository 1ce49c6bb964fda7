import { FormatError } from "../model/measurement.js";
import { text } from "../model/text.js";
import type { Line } from "./text-lines.js";

/** In characters; what follows in a longer line is dropped, so that no line fills the memory. */
const LONGEST = 20_000;

const notText = (line: number): FormatError =>
  new FormatError("not-utf-8", text`the file is not valid UTF-8 text near line ${line}`, text`save it as UTF-8`, line);

/**
 * The lines of a file of any size, one at a time, without their line endings; `ended` is false for a last line that has none.
 * @throws FormatError `not-utf-8`
 */
export async function* streamLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line & { readonly ended: boolean }, undefined> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let [rest, number] = ["", 1];
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch {
      throw notText(number);
    }
  };
  for await (const chunk of chunks) {
    const lines = decode(chunk).split("\n");
    const last = lines.pop() ?? "";
    for (const line of lines) {
      yield { text: (rest + line).slice(0, LONGEST).replace(/\r$/, ""), number, ended: true };
      [rest, number] = ["", number + 1];
    }
    rest = (rest + last).slice(0, LONGEST);
  }
  rest = (rest + decode()).slice(0, LONGEST);
  if (rest !== "") yield { text: rest, number, ended: false };
}
