import type { Config } from "../../../src/config/config.js";
import type { ParseSql } from "../../../src/evidence/sources.js";
import { table } from "../tables.js";
import type { SqlFile } from "./corpus.js";
import { findingsOf, statementsOf } from "./judged.js";
import { SquawkFolder } from "./squawk.js";

/** Each of the three in turn, so that a busy moment of the machine hits all; what is warm is warm after some of them. */
const RUNS = 20;
/** So many real statements are judged by both. */
const STATEMENTS = 1_000;

const timed = async (work: () => Promise<void> | void): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

/** The best time of each, in turns. */
async function repeated(works: readonly (() => Promise<void> | void)[]): Promise<readonly number[]> {
  const took: number[][] = works.map(() => []);
  for (let run = 0; run < RUNS; run += 1) for (const [index, work] of works.entries()) took[index]?.push(await timed(work));
  return took.map((times) => Math.min(...times));
}

interface Sample {
  readonly files: readonly SqlFile[];
  readonly statements: number;
}

/** Files in turn from each repository, until they hold enough statements. */
async function sampled(histories: readonly (readonly SqlFile[])[], parseSql: ParseSql, config: Config): Promise<Sample> {
  const files: SqlFile[] = [];
  let statements = 0;
  for (let index = 0; statements < STATEMENTS && histories.some((history) => index < history.length); index += 1) {
    for (const file of histories.flatMap((history) => history[index] ?? [])) {
      if (statements >= STATEMENTS) break;
      const found = await statementsOf([file], parseSql, config);
      const count = (found?.files ?? []).flatMap((one) => one.statements).length;
      if (count === 0) continue;
      files.push(file);
      statements += count;
    }
  }
  return { files, statements };
}

/**
 * Judges the same real migration statements with our rules and with squawk in one run, in ms a statement. Ours: parsing in
 * the child process that stands already, and every rule. squawk: its binary, with and without what it takes to start.
 */
export async function timing(histories: readonly (readonly SqlFile[])[], parseSql: ParseSql, config: Config): Promise<string> {
  const { files, statements } = await sampled(histories, parseSql, config);
  const judgeAll = async (): Promise<void> => {
    for (const file of files) {
      const found = await statementsOf([file], parseSql, config);
      if (found) findingsOf(found);
    }
  };
  const folder = new SquawkFolder(files);
  const nothing = new SquawkFolder([{ path: "a.sql", sha: "a", sql: "SELECT 1;\n" }]);
  try {
    const works = [judgeAll, () => void folder.run(), () => void nothing.run()];
    const [ours = Number.NaN, theirs = Number.NaN, start = Number.NaN] = await repeated(works);
    const row = (name: string, ms: number): readonly string[] => [name, ms.toFixed(0), ((1000 * ms) / statements).toFixed(0)];
    const rows = [
      row("Redline: parse and all rules, warm", ours),
      row("squawk, with its process", theirs),
      row("squawk, without its start", theirs - start),
    ];
    const heads = [`${statements} statements in ${files.length} files, best of ${RUNS}`, "ms", "µs a statement"];
    return `${table(heads, rows)}\n\nRedline needs ${(ours / theirs).toFixed(2)} of squawk's time with its process, ${(ours / (theirs - start)).toFixed(2)} of it without.`;
  } finally {
    folder.remove();
    nothing.remove();
  }
}
