import { parseArgs } from "node:util";
import { deskSources } from "../checkout/desk.js";
import type { Review } from "../model/verdict.js";
import { renderExplained } from "../report/explained.js";
import { toJson } from "../report/json.js";
import { review as runReview } from "../review/review.js";
import { createPlanner } from "../sandbox/planner.js";
import { createSourceReader } from "../sandbox/source.js";
import { createSqlParser } from "../sandbox/sql.js";
import { problemLine } from "./terminal.js";
import { EXIT, UsageError } from "./usage.js";

const OPTIONS = {
  statistics: { type: "string" },
  format: { type: "string", default: "terminal" },
} as const;

const parse = (args: readonly string[]) => parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });

type Format = "terminal" | "json";

const isFormat = (format: string): format is Format => format === "terminal" || format === "json";

const printed: Readonly<Record<Format, (review: Review) => string>> = {
  terminal: (review) => renderExplained(review, process.stdout.columns || 100),
  json: (review) => {
    const { version, findings, plans, problems } = toJson(review);
    return `${JSON.stringify({ version, findings, plans, problems }, null, 2)}\n`;
  },
};

async function explained(files: readonly string[], statistics: string | undefined): Promise<Review> {
  const parseSql = createSqlParser();
  const readSources = createSourceReader();
  try {
    const sources = await deskSources({
      files,
      cwd: process.cwd(),
      ...(statistics !== undefined && { statistics }),
      parseSql,
      readSources,
      readFacts: readSources.facts,
      planner: createPlanner(),
    });
    return await runReview(sources, {
      waitUntil: () => null,
      today: new Date().toISOString().slice(0, 10),
      onRuleError: (rule, error) =>
        process.stderr.write(`redline: the rule ${rule} failed: ${error instanceof Error ? error.message : String(error)}\n`),
    });
  } finally {
    parseSql.close();
    readSources.close();
  }
}

/** `redline explain FILE…`: the plans of every statement in these files, as they are on disk, on the repository's schema. */
export async function explain(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args);
  if (positionals.length === 0) throw new UsageError("name the files whose SQL is to be explained: redline explain FILE...");
  if (!isFormat(values.format)) throw new UsageError(`--format ${values.format} is not known; write terminal or json`);
  const review = await explained(positionals, values.statistics);
  if (review.configuration.state === "invalid") {
    for (const problem of review.problems) process.stderr.write(`redline: ${problemLine(problem)}\n`);
    return EXIT.usage;
  }
  process.stdout.write(printed[values.format](review));
  return EXIT.open;
}
