import { appendFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { checkoutSources } from "../checkout/sources.js";
import { loadConfigurationFile } from "../config/loader.js";
import type { Sources } from "../evidence/sources.js";
import type { Review } from "../model/verdict.js";
import { review as runReview } from "../review/review.js";
import { createPlanner } from "../sandbox/planner.js";
import { createSourceReader } from "../sandbox/source.js";
import { createSqlParser } from "../sandbox/sql.js";
import { formats, type OutputFormat, render } from "./render.js";
import { problemLine } from "./terminal.js";
import { EXIT, UsageError } from "./usage.js";

const OPTIONS = {
  repo: { type: "string", default: "." },
  base: { type: "string" },
  head: { type: "string" },
  pull: { type: "string" },
  config: { type: "string" },
  results: { type: "string", multiple: true, default: [] as string[] },
  "baseline-results": { type: "string", multiple: true, default: [] as string[] },
  format: { type: "string", default: "terminal" },
  output: { type: "string" },
} as const;

const parse = (args: readonly string[]) => parseArgs({ args: [...args], options: OPTIONS }).values;
type Values = ReturnType<typeof parse>;

const isFormat = (format: string): format is OutputFormat => Object.hasOwn(formats, format);

async function configurationOf(values: Values): Promise<{ readonly path: string; readonly text: string } | undefined> {
  if (values.config === undefined) return undefined;
  const loaded = await loadConfigurationFile(values.config);
  if ("problem" in loaded) throw new UsageError(problemLine(loaded.problem));
  return { path: values.config, text: loaded.text };
}

async function sourcesOf(values: Values, readers: Pick<Sources, "parseSql" | "readSources" | "readFacts">): Promise<Sources> {
  const configuration = await configurationOf(values);
  const shared = { ...readers, planner: createPlanner(), ...(configuration && { configuration }) };
  if (values.pull !== undefined) return (await import("./pull.js")).pullSources(values.pull, shared);
  if (values.base === undefined || values.head === undefined) throw new UsageError("name two revisions: --base REV --head REV");
  return checkoutSources({
    ...shared,
    repository: values.repo,
    base: values.base,
    head: values.head,
    results: values.results,
    baselineResults: values["baseline-results"],
    cwd: process.cwd(),
  });
}

/** Progress on a terminal only: a pipe or a log wants the result alone. */
const progress = (message: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`redline: ${message}\r\n`);
};

const notWritten = (file: string) => (error: unknown) => {
  throw new UsageError(`--output ${file} was not written: ${error instanceof Error ? error.message : String(error)}`);
};

async function write(review: Review, values: Values, format: OutputFormat): Promise<void> {
  const color = process.stdout.isTTY === true && process.env.NO_COLOR === undefined && values.output === undefined;
  const rendered = render(review, format, { color, ...(process.stdout.columns && { width: process.stdout.columns }) });
  const summary = process.env.GITHUB_STEP_SUMMARY;
  if (rendered.summary !== undefined && summary !== undefined) await appendFile(summary, rendered.summary);
  if (values.output === undefined) process.stdout.write(rendered.text);
  else await writeFile(values.output, rendered.text).catch(notWritten(values.output));
}

const exitCode = (review: Review): number => {
  if (review.configuration.state === "invalid" && review.verdict.conclusion !== "success") return EXIT.usage;
  return review.verdict.conclusion === "success" ? EXIT.open : EXIT.closed;
};

/** `redline review`: the whole review of two revisions, or of a pull request with `--pull`. */
export async function review(args: readonly string[]): Promise<number> {
  const values = parse(args);
  if (!isFormat(values.format)) throw new UsageError(`--format ${values.format} is not known; write ${Object.keys(formats).join(", ")}`);
  const [parseSql, readSources] = [createSqlParser(), createSourceReader()];
  try {
    progress("reading the change and its evidence");
    const result = await runReview(await sourcesOf(values, { parseSql, readSources, readFacts: readSources.facts }), {
      waitUntil: () => null,
      today: new Date().toISOString().slice(0, 10),
      onRuleError: (rule, error) =>
        process.stderr.write(`redline: the rule ${rule} failed: ${error instanceof Error ? error.message : String(error)}\n`),
    });
    await write(result, values, values.format);
    const code = exitCode(result);
    if (code === EXIT.usage) for (const problem of result.problems) process.stderr.write(`redline: ${problemLine(problem)}\n`);
    return code;
  } finally {
    parseSql.close();
    readSources.close();
  }
}
