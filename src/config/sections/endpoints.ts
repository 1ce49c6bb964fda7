import type { z } from "zod";
import type { BudgetMetric } from "../../model/judgement.js";
import type { Unit } from "../../model/measurement.js";
import type { EndpointBudget } from "../config.js";
import { flag, mapOf, quantityAsWritten, section, words } from "../values.js";

/** An optional method, then a path, a URL, or `*` for the whole run. */
const ENDPOINT = /^(?:[A-Z]{3,7} )?(?:\*|(?:https?:\/)?\/\S*)$/u;

const latency = (percentile: string) =>
  quantityAsWritten("duration", { positive: true }).optional().describe(`Longest ${percentile} latency allowed.`);

const units: Readonly<Record<BudgetMetric, Unit>> = {
  latency_p50: "s",
  latency_p95: "s",
  latency_p99: "s",
  latency_p99_9: "s",
  throughput_min: "1/s",
  error_rate_max: "1",
};

const isMetric = (key: string): key is BudgetMetric => Object.hasOwn(units, key);

const budget = section({
  latency_p50: latency("p50 (median)"),
  latency_p95: latency("p95"),
  latency_p99: latency("p99"),
  latency_p99_9: latency("p99.9"),
  throughput_min: quantityAsWritten("rate", { positive: true }).optional().describe("Fewest requests per second allowed."),
  error_rate_max: quantityAsWritten("share", { most: [1, "100%"] })
    .optional()
    .describe("Largest share of failed requests allowed."),
  strict: flag.default(false).describe("Fail on the first run over a limit, instead of asking for three."),
}).refine((limits) => Object.keys(limits).some(isMetric), {
  error: `write at least one limit: ${Object.keys(units).join(", ")}`,
  params: { why: "has no limit" },
  when: ({ issues }) => issues.length === 0,
});

type Budget = z.output<typeof budget>;

const toEndpoint = ([pattern, { strict, ...limits }]: [string, Budget]): EndpointBudget => ({
  pattern,
  strict,
  limits: Object.entries(limits).flatMap(([metric, limit]) =>
    isMetric(metric) && limit ? [{ metric, limit: limit.value, unit: units[metric], text: limit.text }] : [],
  ),
});

export const endpoints = mapOf(words("a path such as /api/products, GET /api/users/{id}, or *", 200, ENDPOINT), budget)
  .default({})
  .transform((all) => Object.entries(all).map(toEndpoint))
  .describe(
    "Budgets by endpoint, judged on load-test results. `{id}`, `:id`, `[id]` and `*` match one segment of a path; a lone `*` is the whole run.",
  )
  .meta({ example: { "/api/products": { latency_p99: "100ms", throughput_min: "1000rps" } } });
