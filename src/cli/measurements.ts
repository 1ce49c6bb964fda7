import { createReadStream } from "node:fs";
import { parseArgs } from "node:util";
import { readResultFile } from "../formats/read.js";
import type { ParsedRun } from "../model/measurement.js";
import { formatQuantity } from "../statistics/quantity.js";
import { problemLine, sentence } from "./terminal.js";
import { EXIT, UsageError } from "./usage.js";

const printed = (file: string, run: ParsedRun): string => {
  const rows = run.measurements.map((one) => {
    const count = one.n === undefined ? "" : `  n=${one.n}`;
    return `  ${sentence([{ foreign: one.benchmark }])}  ${sentence([{ foreign: one.metric }])}  ${formatQuantity(one.value, one.unit)}  (${one.statistic}, ${one.better} is better)${count}`;
  });
  const noData = run.noData ? [`  no data: ${sentence(run.noData)}`] : [];
  const problems = run.problems.map((problem) => `  ${problem.level}: ${problemLine(problem)}`);
  return [
    `${sentence([{ foreign: file }])}: ${run.format}, ${run.measurements.length} measurements`,
    ...noData,
    ...rows,
    ...problems,
    "",
  ].join("\n");
};

/** `redline measurements FILE... [--format json]`: what a result file parses into; 2 for a broken file. */
export async function measurements(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { format: { type: "string", default: "terminal" } },
  });
  if (positionals.length === 0) throw new UsageError("name one or more result files: redline measurements FILE...");
  if (values.format !== "terminal" && values.format !== "json")
    throw new UsageError(`--format ${values.format} is not known; write terminal or json`);
  const runs: { file: string; run: ParsedRun }[] = [];
  let code: number = EXIT.open;
  for (const file of positionals) {
    const read = await readResultFile(file, createReadStream(file)).catch((error: unknown) => {
      throw new UsageError(error instanceof Error ? error.message : String(error));
    });
    if ("run" in read) runs.push({ file, run: read.run });
    else {
      process.stderr.write(`redline: ${problemLine({ file, ...("broken" in read ? read.broken : read.unrecognized) })}\n`);
      code = EXIT.usage;
    }
  }
  if (values.format === "json") process.stdout.write(`${JSON.stringify(runs, null, 2)}\n`);
  else for (const { file, run } of runs) process.stdout.write(printed(file, run));
  return code;
}
