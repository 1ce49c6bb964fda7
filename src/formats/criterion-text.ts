import type { ParsedRun, ResultFormat } from "../model/measurement.js";
import { criterionProgress, criterionTime } from "./cargo-lines.js";
import { cargoRun } from "./cargo-run.js";
import { peekLines, readLines } from "./text-lines.js";

const id = "criterion-text";
const title = "cargo bench (criterion's text)";

const recognizes = (head: Uint8Array): boolean =>
  peekLines(head).some((line) => criterionTime(line) !== undefined || criterionProgress(line) !== undefined);

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  return cargoRun(id, "criterion", await readLines(chunks));
}

export const criterionText: ResultFormat = { id, title, recognizes, parse };
