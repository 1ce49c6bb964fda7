import type { ResultFormat } from "../model/measurement.js";
import { ab } from "./ab.js";
import { abCsv } from "./ab-csv.js";
import { artillery } from "./artillery.js";
import { asv } from "./asv.js";
import { autoExplain } from "./auto-explain.js";
import { autocannon } from "./autocannon.js";
import { benchmarkdotnet } from "./benchmarkdotnet.js";
import { benchmarkjs } from "./benchmarkjs.js";
import { benchmarkjsJson } from "./benchmarkjs-json.js";
import { bmf } from "./bmf.js";
import { cargoLibtest } from "./cargo-libtest.js";
import { collapsedStacks } from "./collapsed-stacks.js";
import { cpuprofile } from "./cpuprofile.js";
import { criterionEstimates } from "./criterion-estimates.js";
import { criterionText } from "./criterion-text.js";
import { custom } from "./custom.js";
import { gatlingLog } from "./gatling-log.js";
import { gatlingStats } from "./gatling-stats.js";
import { goBench } from "./go-bench.js";
import { googleBenchmark } from "./google-benchmark.js";
import { hey } from "./hey.js";
import { heyCsv } from "./hey-csv.js";
import { hyperfine } from "./hyperfine.js";
import { hyperfineCsv } from "./hyperfine-csv.js";
import { jaegerJson } from "./jaeger-json.js";
import { jmeterJtl } from "./jmeter-jtl.js";
import { jmeterStatistics } from "./jmeter-statistics.js";
import { jmh } from "./jmh.js";
import { k6Ndjson } from "./k6-ndjson.js";
import { k6Summary } from "./k6-summary.js";
import { k6SummaryExport } from "./k6-summary-export.js";
import { lighthouse } from "./lighthouse.js";
import { locustCsv } from "./locust-csv.js";
import { locustJson } from "./locust-json.js";
import { mitata } from "./mitata.js";
import { oha } from "./oha.js";
import { otlpJson } from "./otlp-json.js";
import { pgStatStatements } from "./pg-stat-statements.js";
import { pytestBenchmark } from "./pytest-benchmark.js";
import { queryLog } from "./query-log.js";
import { redlineBench } from "./redline-bench.js";
import { redlineResults } from "./redline-results.js";
import { redlineRuntime } from "./redline-runtime.js";
import { tinybench } from "./tinybench.js";
import { vegeta } from "./vegeta.js";
import { vegetaText } from "./vegeta-text.js";
import { vitestBench } from "./vitest-bench.js";
import { wrk } from "./wrk.js";
import { zipkinJson } from "./zipkin-json.js";

/** Every result format that is read, one line each. */
export const formats: readonly ResultFormat[] = [
  ab, //
  abCsv,
  artillery,
  asv,
  autoExplain,
  autocannon,
  benchmarkdotnet,
  benchmarkjs,
  benchmarkjsJson,
  bmf,
  cargoLibtest,
  collapsedStacks,
  cpuprofile,
  criterionEstimates,
  criterionText,
  custom,
  gatlingLog,
  gatlingStats,
  goBench,
  googleBenchmark,
  hey,
  heyCsv,
  hyperfine,
  hyperfineCsv,
  jaegerJson,
  jmeterJtl,
  jmeterStatistics,
  jmh,
  k6Ndjson,
  k6Summary,
  k6SummaryExport,
  lighthouse,
  locustCsv,
  locustJson,
  mitata,
  oha,
  otlpJson,
  pgStatStatements,
  pytestBenchmark,
  queryLog,
  redlineBench,
  redlineResults,
  redlineRuntime,
  tinybench,
  vegeta,
  vegetaText,
  vitestBench,
  wrk,
  zipkinJson,
];
