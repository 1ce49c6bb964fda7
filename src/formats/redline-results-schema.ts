import { z } from "zod";

const parameter = z.union([z.string(), z.number(), z.boolean()]);

const result = z
  .strictObject({
    name: z.string().min(1).describe("Full name of the benchmark or of the request. Part of its identity."),
    suite: z.string().optional().describe("What it belongs to: a file, a class, a package. Part of its identity."),
    params: z.record(z.string(), parameter).optional().describe("Parameters of this case, in any order. Part of its identity."),
    metric: z
      .string()
      .min(1)
      .describe(
        "What was measured. Budgets know `latency_p50`, `latency_p90`, `latency_p95`, `latency_p99`, `latency_p99_9`, `latency_mean`, `latency_max`, `throughput` and `error_rate`; `time` is a benchmark's. Part of its identity.",
      ),
    unit: z
      .string()
      .describe(
        "Unit of `value`, `samples` and `resolution`: `ns`, `µs`, `ms`, `s`; `B`, `kB`, `MB`, `KiB`, `MiB`; `ops/s`, `req/s`, `MB/s`; `1` for counts and ratios; `%`. Any other is shown as it is, and not judged.",
      ),
    direction: z
      .enum(["lower", "higher"])
      .optional()
      .describe("Which way is better. Left out, it follows from the unit: times and bytes lower, rates higher, others unknown."),
    value: z.number().nullable().describe("The figure. `null` when it could not be measured: that is reported, and never read as 0."),
    statistic: z
      .enum(["min", "median", "mean", "max", "value"])
      .default("value")
      .describe(
        "What `value` is of the samples. A minimum is never compared with a mean. Ignored for latencies and rates, whose metric says it.",
      ),
    samples: z
      .array(z.number())
      .max(100_000)
      .optional()
      .describe("All raw values behind `value`, in the order in which they were measured."),
    samplesKind: z
      .enum(["round", "process"])
      .default("round")
      .describe("`process`: a new process was started for each sample, so that they are independent. `round`: all come from one process."),
    deterministic: z.literal(true).optional().describe("The same code gives exactly this figure again, such as a count of queries."),
    resolution: z.number().positive().optional().describe("The smallest step of the measurement, in `unit`."),
    requests: z.int().nonnegative().optional().describe("Requests behind the figure. With `endpoint` only."),
    failed: z.int().nonnegative().optional().describe("How many of the requests failed. With `requests` only."),
    endpoint: z
      .string()
      .min(1)
      .optional()
      .describe("The request for budgets: `GET /api/products`, a URL, or `*` for the total of the run."),
  })
  .refine(({ requests, endpoint }) => requests === undefined || endpoint !== undefined, {
    error: "requests need an endpoint",
    path: ["requests"],
  })
  .refine(({ requests, failed = 0 }) => failed === 0 || (requests !== undefined && failed <= requests), {
    error: "failed needs requests, and is at most as many",
    path: ["failed"],
  });

/** The shape of a result file that Redline defines itself, for tools that no other format knows. */
export const resultsFile = z.strictObject({
  $schema: z.string().optional().describe("For editors."),
  redline: z.literal(1).describe("Version of this layout."),
  tool: z.string().optional().describe("What measured, with its version: for the reader only."),
  results: z.array(result).describe("One entry for each metric of each benchmark or endpoint."),
  environment: z
    .strictObject({
      cpu: z.string().optional().describe("Model of the processor."),
      cores: z.int().positive().optional(),
      arch: z.string().optional().describe("Such as `x86_64`."),
      os: z.string().optional(),
      runtime: z.string().optional().describe("Interpreter or compiler with its version."),
    })
    .optional()
    .describe("Where it was measured. Results of different machines are never held against each other for a verdict."),
});

export type Result = z.infer<typeof result>;
export type ResultsFile = z.infer<typeof resultsFile>;

/** `docs/redline-results.schema.json`, for editors and other validators. */
export function resultsSchema(): string {
  const schema = z.toJSONSchema(resultsFile, { io: "input", target: "draft-7" });
  return `${JSON.stringify({ ...schema, title: "Redline results, version 1" }, null, 2)}\n`;
}
