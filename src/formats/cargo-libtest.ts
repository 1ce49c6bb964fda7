import type { ParsedRun, ResultFormat } from "../model/measurement.js";
import { criterionProgress, criterionTime, libtestLine } from "./cargo-lines.js";
import { cargoRun } from "./cargo-run.js";
import { peekLines, readLines } from "./text-lines.js";

const id = "cargo-libtest";
const title = "cargo bench (libtest, or criterion --output-format bencher)";

/** A bench run passes no test: it ignores them. So a mere test run, which nobody wants judged, is left alone. */
function recognizes(head: Uint8Array): boolean {
  const lines = peekLines(head);
  if (lines.some((line) => criterionTime(line) !== undefined || criterionProgress(line) !== undefined)) return false;
  const outcomes = lines.flatMap((line) => libtestLine(line)?.outcome ?? []);
  if (outcomes.some((outcome) => typeof outcome === "object")) return true;
  return !outcomes.includes("ok") && lines.some((line) => /^test result: .* 0 passed; .*\d measured;/.test(line));
}

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  return cargoRun(id, "cargo bench", await readLines(chunks));
}

export const cargoLibtest: ResultFormat = { id, title, recognizes, parse };
