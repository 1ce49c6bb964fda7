import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { mean, median, quantile } from "../../src/statistics/quantiles.js";
import { type ProcessSet, processHistory } from "./process-history.js";

const printed = z.record(z.string(), z.array(z.number().positive()).min(1));

/** The program of small benchmarks, each time in a process of its own. */
function measure(run: number): readonly string[] {
  const program = fileURLToPath(new URL("workload.js", import.meta.url));
  const output: unknown = JSON.parse(execFileSync(process.execPath, [program], { encoding: "utf8" }));
  return Object.entries(printed.parse(output)).map(([bench, sample]) =>
    JSON.stringify({
      run,
      bench,
      mean: mean(sample),
      median: median(sample),
      min: quantile(sample, 0),
      p25: quantile(sample, 0.25),
      sample,
    }),
  );
}

/**
 * Measures unchanged code on this machine, one process after the other, and keeps the samples in a file.
 * @param file where to write JSON lines in the shape of the local history.
 */
export function produce(runs: number, file: string): ProcessSet {
  const lines: string[] = [];
  for (let run = 1; run <= runs; run++) {
    process.stderr.write(`process ${run} of ${runs}\n`);
    lines.push(...measure(run));
  }
  const content = `${lines.join("\n")}\n`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return processHistory("here", content);
}
