import type { Rule } from "../model/rule.js";
import { benchmarkMissing } from "./budgets/benchmark-missing.js";
import { endpointOverBudget } from "./budgets/endpoint-over-budget.js";
import { regression } from "./budgets/regression.js";
import { criticalChangeWithoutBenchmark } from "./tests/critical-change-without-benchmark.js";
import { endpointChangeWithoutLoadTest } from "./tests/endpoint-change-without-load-test.js";

/** Every rule of the house; one line each, in the order of their ids. */
export const rules: readonly Rule[] = [
  benchmarkMissing,
  endpointOverBudget,
  regression,
  criticalChangeWithoutBenchmark,
  endpointChangeWithoutLoadTest,
];
