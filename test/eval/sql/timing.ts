import { cpus, loadavg } from "node:os";
import type { Config } from "../../../src/config/config.js";
import type { ParseSql } from "../../../src/evidence/sources.js";
import { table } from "../tables.js";
import type { SqlFile } from "./corpus.js";
import { cpuMs } from "./cpu.js";
import { findingsOf, statementsOf } from "./judged.js";
import { SquawkFolder } from "./squawk.js";

/** Each in turn, so that a busy moment of the machine hits all; what is warm is warm after some of them. */
const TURNS = 20;
/** Of one turn, back to back: the first finds the caches of the processor as the other program left them. */
const RUNS = 3;
/** So many real statements are judged by both. */
const STATEMENTS = 1_000;

/** Milliseconds. */
interface Took {
  /** The best run's. */
  readonly wall: number;
  /** Of all processes, the mean of all runs: the kernel counts it in steps of 10 ms. */
  readonly cpu: number;
}

type Work = () => Promise<void> | void;

/** The time of each work, in turns. */
async function repeated(works: readonly Work[]): Promise<readonly Took[]> {
  const took = works.map(() => ({ wall: Number.POSITIVE_INFINITY, cpu: 0 }));
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const [index, work] of works.entries()) {
      const one = took[index];
      for (let run = 0; one && run < RUNS; run += 1) {
        const [began, busy] = [performance.now(), cpuMs()];
        await work();
        one.wall = Math.min(one.wall, performance.now() - began);
        one.cpu += (cpuMs() - busy) / (TURNS * RUNS);
      }
    }
  }
  return took;
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

const timed = (statements: number, files: number): string =>
  `${statements} statements in ${files} files, the same for both, on ${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, Node ${process.versions.node}, load ${(loadavg()[0] ?? 0).toFixed(1)}; ${TURNS} turns of ${RUNS} runs each. Wall time is that of the best run, CPU time the mean of all. Redline parses in its child process, which stands, and runs every rule; squawk reads the files with \`--reporter json\`, and its start is its run over one file of \`SELECT 1\`.`;

const without = (whole: Took, start: Took): Took => ({ wall: whole.wall - start.wall, cpu: whole.cpu - start.cpu });

/**
 * Judges the same real migration statements with our rules and with squawk in one run, in µs a statement. Ours: parsing in
 * the child process that stands already, and every rule. squawk: its binary, with and without what it takes to start.
 */
export async function timing(histories: readonly (readonly SqlFile[])[], parseSql: ParseSql, config: Config): Promise<string> {
  const { files, statements } = await sampled(histories, parseSql, config);
  const review = async (changed: readonly SqlFile[]): Promise<void> => {
    const found = await statementsOf(changed, parseSql, config);
    if (found) findingsOf(found);
  };
  const each = async (): Promise<void> => {
    for (const file of files) await review([file]);
  };
  const folder = new SquawkFolder(files);
  const nothing = new SquawkFolder([{ path: "a.sql", sha: "a", sql: "SELECT 1;\n" }]);
  try {
    const took = await repeated([() => review(files), each, () => void folder.run(), () => void nothing.run()]);
    const [ours, apart, theirs, start] = took;
    if (!ours || !apart || !theirs || !start) return "";
    const warm = without(theirs, start);
    const perStatement = (ms: number): string => ((1000 * ms) / statements).toFixed(0);
    const row = (name: string, { wall, cpu }: Took): readonly string[] => [
      name,
      ...[wall, cpu].map(perStatement),
      (wall / theirs.wall).toFixed(2),
      (wall / warm.wall).toFixed(2),
    ];
    const rows = [
      row("Redline, warm: one review of all files", ours),
      row("Redline, warm: a review of each file", apart),
      row("squawk, one process for all files", theirs),
      row("squawk, without its start", warm),
    ];
    const heads = ["", "µs a statement", "µs of CPU a statement", "of squawk's", "of squawk's without its start"];
    return [timed(statements, files.length), table(heads, rows)].join("\n\n");
  } finally {
    folder.remove();
    nothing.remove();
  }
}
