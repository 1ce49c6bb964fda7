import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { boundedLines, type Line } from "./bounded-lines.js";
import { answerLine } from "./judge-answer.js";
import { EXIT, UsageError } from "./usage.js";

/** A request of 30 processes a side with 1,000 rounds each is about 1 MB. */
const LONGEST_LINE = 16 * 1024 * 1024;

const tooLong = { id: null, error: `the line is longer than ${LONGEST_LINE / 1024 / 1024} MB` };

const answered = (line: Line): string =>
  typeof line !== "string" ? `${JSON.stringify(tooLong)}\n` : line.trim() === "" ? "" : `${JSON.stringify(answerLine(line))}\n`;

async function* answers(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  for await (const lines of boundedLines(chunks, LONGEST_LINE)) {
    for (const line of lines) yield answered(line);
  }
}

const isClosedPipe = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "EPIPE";

/** `redline judge [--stdin-json]`: judges requests of standard input, one JSON object a line, each with a line of its own. */
export async function judge(args: readonly string[]): Promise<number> {
  const options = { "stdin-json": { type: "boolean", default: true } } as const;
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  if (positionals.length > 0) throw new UsageError("redline judge reads requests from standard input; write redline judge < FILE");
  try {
    await pipeline(process.stdin, answers, process.stdout, { end: false });
  } catch (error) {
    if (!isClosedPipe(error)) throw error;
  }
  return EXIT.open;
}
