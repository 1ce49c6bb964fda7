import type { ResultFormat } from "../model/measurement.js";
import { autocannon } from "./autocannon.js";
import { goBench } from "./go-bench.js";
import { hyperfine } from "./hyperfine.js";
import { hyperfineCsv } from "./hyperfine-csv.js";
import { k6Summary } from "./k6-summary.js";
import { k6SummaryExport } from "./k6-summary-export.js";
import { mitata } from "./mitata.js";
import { pytestBenchmark } from "./pytest-benchmark.js";
import { tinybench } from "./tinybench.js";
import { vitestBench } from "./vitest-bench.js";

/** Every result format that is read, one line each. */
export const formats: readonly ResultFormat[] = [
  autocannon, //
  goBench,
  hyperfine,
  hyperfineCsv,
  k6Summary,
  k6SummaryExport,
  mitata,
  pytestBenchmark,
  tinybench,
  vitestBench,
];
