import type { z } from "zod";
import type { BudgetMetric } from "../../model/judgement.js";
import type { Unit } from "../../model/measurement.js";
import type { BudgetLimit, CountLimit, EndpointBudget } from "../config.js";
import { flag, mapOf, quantityAsWritten, section, whole, words } from "../values.js";

/** An optional method and a path, a URL, the name of a scenario, group or tag, or `*` for the whole run. */
const ENDPOINT =
  /^(?:(?:[A-Z]{3,7} )?(?:\*|(?:https?:\/)?\/\S*)|(?!(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)(?: |$))[^\s/](?:[^/]*[^\s/])?)$/u;

const duration = () => quantityAsWritten("duration", { positive: true }).optional();
const share = () => quantityAsWritten("share", { positive: true, most: [10, "1000%"] }).optional();

const latencies = {
  latency_p50: "p50 (median)",
  latency_p90: "p90",
  latency_p95: "p95",
  latency_p99: "p99",
  latency_p99_9: "p99.9",
  latency_mean: "mean",
  latency_max: "largest",
} as const;

const units: Readonly<Record<BudgetMetric, Unit>> = {
  latency_p50: "s",
  latency_p90: "s",
  latency_p95: "s",
  latency_p99: "s",
  latency_p99_9: "s",
  latency_mean: "s",
  latency_max: "s",
  throughput_min: "1/s",
  error_rate_max: "1",
};

/** No request sends more: a limit beyond it is a slip of the keyboard. */
const MOST_QUERIES = 1_000_000;

const queries = () => whole(0, MOST_QUERIES).optional();

const isMetric = (key: string): key is BudgetMetric => Object.hasOwn(units, key);

/** Shares by which a figure may be worse. A throughput that may be 10 % worse may drop to 1/1.1. */
const shares = section({
  latency_p50: share().describe(`${latencies.latency_p50} latency.`),
  latency_p90: share().describe(`${latencies.latency_p90} latency.`),
  latency_p95: share().describe(`${latencies.latency_p95} latency.`),
  latency_p99: share().describe(`${latencies.latency_p99} latency.`),
  latency_p99_9: share().describe(`${latencies.latency_p99_9} latency.`),
  latency_mean: share().describe(`${latencies.latency_mean} latency.`),
  latency_max: share().describe(`${latencies.latency_max} latency.`),
  throughput: share().describe("Requests per second."),
}).optional();

const budget = section({
  latency_p50: duration().describe(`Longest ${latencies.latency_p50} latency allowed.`),
  latency_p90: duration().describe(`Longest ${latencies.latency_p90} latency allowed.`),
  latency_p95: duration().describe(`Longest ${latencies.latency_p95} latency allowed.`),
  latency_p99: duration().describe(`Longest ${latencies.latency_p99} latency allowed.`),
  latency_p99_9: duration().describe(`Longest ${latencies.latency_p99_9} latency allowed.`),
  latency_mean: duration().describe(`Longest ${latencies.latency_mean} latency allowed.`),
  latency_max: duration().describe(`The ${latencies.latency_max} latency allowed.`),
  throughput_min: quantityAsWritten("rate", { positive: true }).optional().describe("Fewest requests per second allowed."),
  error_rate_max: quantityAsWritten("share", { most: [1, "100%"] })
    .optional()
    .describe("Largest share of failed requests allowed."),
  queries_max: queries().describe(
    "Most database statements that one request or test may send, counted exactly in the traces of its tests.",
  ),
  queries_increase_max: queries().describe("How many statements more than at the merge base one request or test may send; 0 for none."),
  relative: shares
    .describe("How much worse than the baseline a figure may be.")
    .meta({ example: { latency_p99: "10%", throughput: "10%" } }),
  creep: shares
    .describe("How much worse than the oldest known runs of the default branch: what many small steps may add up to.")
    .meta({ example: { latency_p99: "25%" } }),
  strict: flag.default(false).describe("Fail on the first run over a limit, instead of asking for three."),
}).refine(({ strict: _, ...limits }) => Object.keys(limits).length > 0, {
  error: `write at least one limit: ${Object.keys(units).join(", ")}, queries_max, queries_increase_max`,
  params: { why: "has no limit" },
  when: ({ issues }) => issues.length === 0,
});

type Budget = z.output<typeof budget>;

const shareLimits = (basis: "relative" | "creep", given: z.output<typeof shares> = {}): BudgetLimit[] =>
  Object.entries(given).flatMap(([key, limit]) => {
    const metric = key === "throughput" ? "throughput_min" : key;
    return isMetric(metric) && limit ? [{ metric, basis, limit: limit.value, unit: units[metric], text: limit.text }] : [];
  });

const countLimits = ({ queries_max, queries_increase_max }: Budget): readonly CountLimit[] => [
  ...(queries_max === undefined ? [] : [{ metric: "queries_max", limit: queries_max } as const]),
  ...(queries_increase_max === undefined ? [] : [{ metric: "queries_increase_max", limit: queries_increase_max } as const]),
];

const withCounts = (budget: Budget): Pick<EndpointBudget, "counts"> => {
  const counts = countLimits(budget);
  return counts.length === 0 ? {} : { counts };
};

const limitsOf = ({ strict, relative, creep, ...limits }: Budget): Pick<EndpointBudget, "strict" | "limits"> => ({
  strict,
  limits: [
    ...Object.entries(limits).flatMap(([metric, limit]): BudgetLimit[] =>
      isMetric(metric) && typeof limit === "object" ? [{ metric, limit: limit.value, unit: units[metric], text: limit.text }] : [],
    ),
    ...shareLimits("relative", relative),
    ...shareLimits("creep", creep),
  ],
});

const toEndpoint = ([pattern, budget]: [string, Budget]): EndpointBudget => ({
  pattern,
  ...limitsOf(budget),
  ...withCounts(budget),
});

export const endpoints = mapOf(
  words("a path such as /api/products or GET /api/users/{id}, the name of a scenario or tag, or *", 200, ENDPOINT),
  budget,
)
  .default({})
  .transform((all) => Object.entries(all).map(toEndpoint))
  .describe(
    "Budgets by endpoint, judged on load-test results, and for `queries_max` and `queries_increase_max` on the traces of tests, where the name of a test stands for an endpoint as well. `{id}`, `:id`, `[id]` and `*` match one segment of a path; a lone `*` is the whole run. A k6 scenario, group or tag is named as its results name it: `checkout`, `service:cart`.",
  )
  .meta({ example: { "/api/products": { latency_p99: "100ms", throughput_min: "1000rps" } } });
