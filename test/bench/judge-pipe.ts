// One end of a pipe: node judge-pipe.js judge|json. Answers each line, by the judge or by plain JSON.
import { pipeline } from "node:stream/promises";
import { boundedLines } from "../../src/cli/bounded-lines.js";
import { judge } from "../../src/cli/judge.js";

const LONGEST = 16_000_000;

async function* echoed(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  for await (const lines of boundedLines(chunks, LONGEST)) {
    for (const line of lines) yield `${JSON.stringify(JSON.parse(String(line)))}\n`;
  }
}

if (process.argv[2] === "judge") process.exitCode = await judge([]);
else await pipeline(process.stdin, echoed, process.stdout, { end: false });
