import { parseArgs } from "node:util";
import { readResultAt } from "../checkout/result-file.js";
import type { ParsedRun, Problem } from "../model/measurement.js";
import { text } from "../model/text.js";
import { formatQuantity } from "../statistics/quantity.js";
import { profileLines } from "./profile-lines.js";
import { runtimeLines } from "./runtime-lines.js";
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
    ...runtimeLines(run.runtime),
    ...profileLines(run.profile),
    ...rows,
    ...problems,
    "",
  ].join("\n");
};

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "it may not be read",
};

/** Why a file could not be opened, in words where the system's own are known. */
const unopened = (file: string, error: unknown): Problem => {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const why = reasons[code] ?? (error instanceof Error ? error.message : String(error));
  return { level: "error", code: "no-file", message: text`not read: ${[why]}`, remedy: text`name a result file`, file };
};

async function readOne(file: string): Promise<{ readonly run: ParsedRun } | { readonly problem: Problem }> {
  try {
    const read = await readResultAt(file, file);
    return "run" in read ? read : { problem: { file, ...("broken" in read ? read.broken : read.unrecognized) } };
  } catch (error) {
    return { problem: unopened(file, error) };
  }
}

/** `redline measurements FILE... [--format json]`: what result files parse into; 2 when one of them is broken. */
export async function measurements(args: readonly string[]): Promise<number> {
  const options = { format: { type: "string", default: "terminal" } } as const;
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  if (positionals.length === 0) throw new UsageError("name one or more result files: redline measurements FILE...");
  if (values.format !== "terminal" && values.format !== "json") {
    throw new UsageError(`--format ${values.format} is not known; write terminal or json`);
  }
  const runs: { file: string; run: ParsedRun }[] = [];
  for (const file of positionals) {
    const read = await readOne(file);
    if ("run" in read) runs.push({ file, run: read.run });
    else process.stderr.write(`redline: ${problemLine(read.problem)}\n`);
  }
  if (values.format === "json") process.stdout.write(`${JSON.stringify(runs, null, 2)}\n`);
  else for (const { file, run } of runs) process.stdout.write(printed(file, run));
  return runs.length === positionals.length ? EXIT.open : EXIT.usage;
}
