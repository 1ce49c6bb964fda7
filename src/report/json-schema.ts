import { z } from "zod";
import { countedSuite } from "./json-counts-schema.js";

const sha = z.string().describe("Full commit SHA.");
const figure = z.number().nullable();
const unit = z.enum(["s", "B", "1/s", "1", "unknown"]).describe("SI base unit of every figure beside it; a count or ratio is `1`.");
const better = z.enum(["lower", "higher", "unknown"]).describe("Which way is better.");

const line = z.strictObject({
  item: z.string().describe("Id of the line, such as `queries/explained`; `own/…` for one of the configuration's."),
  text: z.string().describe("The line as shown."),
  outcome: z.enum(["passed", "failed", "not-applicable", "not-checked", "attested"]),
  reason: z.string().optional().describe("Why it is not applicable, not checked, or was left to a human."),
  seen: z.string().optional().describe("What was looked at."),
  questions: z
    .int()
    .optional()
    .describe(
      "`not-checked` only: a static check looked, and found this many questions and nothing worse; `reason` is what it cannot see.",
    ),
  by: z.string().optional().describe("`attested` only: who ticked it."),
  at: z.string().optional().describe("`attested` only: when, ISO 8601 in UTC."),
  standing: z.enum(["author", "bot"]).optional().describe("`attested` only: ticked by the pull request's author, or by a bot."),
  required: z.literal(true).optional().describe("The configuration keeps the gate closed until this line is answered."),
});

const finding = z.strictObject({
  rule: z.string().describe("Id of the rule."),
  severity: z.enum(["blocking", "warning", "notice", "question"]),
  message: z.string(),
  help: z.string().describe("Why it matters and how to mend it."),
  path: z.string().nullable().describe("File at the head."),
  line: z.int().nullable().describe("First line, 1-based."),
  endLine: z.int().nullable().describe("Last line, inclusive."),
  measured: z.strictObject({ actual: z.number(), limit: z.number(), unit }).nullable(),
  suppressed: z.string().nullable().describe("Reason given in a `redline-ignore` comment."),
});

const comparison = z.strictObject({
  benchmark: z.string(),
  metric: z.string(),
  unit,
  better,
  mode: z
    .enum(["A", "B", "C", "D"])
    .nullable()
    .describe("A: measured in turn with its base. B: against stored history. C: too little of it. D: an exact count. Null: not judged."),
  decision: z.enum(["regression", "improvement", "no-change", "inconclusive", "new", "missing", "incomparable", "no-baseline"]),
  doubt: z.enum(["suspect", "noise-floor", "no-evidence"]).nullable().describe("`inconclusive` only: what kind of doubt."),
  blocks: z.boolean().describe("True for a regression that closes the gate."),
  baseline: figure,
  candidate: figure.describe("The figure at the head."),
  change: figure.describe("candidate / baseline − 1, signed as the value moves."),
  interval: z
    .tuple([z.number(), z.number()])
    .nullable()
    .describe("95 % confidence interval of `change`, lower end first; holds it always."),
  noise: figure.describe(
    "Noise floor: one standard deviation from process to process (mode A) or from run to run of the history (mode B), as a ratio − 1.",
  ),
  visible: figure.describe("Smallest visible change: what would have been called one, as a ratio − 1 towards worse."),
  p: figure.describe("One-sided p for worse, where the judge tests."),
  need: z.int().nullable().describe("What would decide an inconclusive one: processes a side (mode A), further runs of the head (mode B)."),
  runs: z.int().describe("Runs of the head; processes in mode A."),
  baselineRuns: z.int().describe("Runs behind `baseline`; processes in mode A."),
  history: z.int().describe("Earlier runs behind the decision."),
  trend: z.array(z.number()).describe("Last values of the default branch, oldest first, the baseline's own last; at most 30."),
  alias: z.string().nullable().describe("`new` and `missing` only: the name on the other side that looks like this one."),
  reason: z.string(),
});

const comparability = z.strictObject({
  paired: z
    .array(
      z.strictObject({
        base: sha,
        distance: z.int().nullable().describe("Commits before the merge base, 0 for itself; null for no known ancestor: nothing blocks."),
        files: z.array(z.string()),
        figures: z.int().describe("How many comparisons rest on it."),
        command: z.string().nullable().describe("What was run on both sides, cut at 200 characters; null where it is not known."),
      }),
    )
    .describe("Base commits that were measured in turn with the head, on one machine."),
  machine: z
    .array(z.string())
    .describe("What differs between the baseline's machine and the head's: `cpu`, `cores`, `arch`, `os`, `runtime`."),
  shift: z
    .strictObject({
      change: z.number().describe("Geometric mean of the ratios towards worse, − 1."),
      count: z.int().describe("Benchmarks behind it."),
      announced: z.boolean().describe("Nearly all moved the same way by more than 5 %. Never corrected for."),
    })
    .nullable()
    .describe("What all compared times and rates did together; null for fewer than three benchmarks."),
});

const budget = z.strictObject({
  endpoint: z.string().describe("As the configuration writes it; a benchmark's name for a benchmark's budget."),
  scope: z.enum(["endpoint", "benchmark", "queries"]).describe("`queries`: counted in what the tests of the head sent."),
  metric: z
    .string()
    .describe("`latency_p99`, `throughput_min`, `error_rate_max`, `queries_max`, …; for a benchmark the metric's own name."),
  unit,
  basis: z
    .enum(["absolute", "relative", "creep"])
    .describe("Whether the limit is a figure, or a share of the baseline or of the oldest known runs."),
  baseline: figure.describe("What a relative limit was computed from."),
  limit: z.number().describe("In `unit`; without data a relative limit is the share itself."),
  inNoise: z.boolean().describe("The limit lies within the noise of the history."),
  actual: figure.describe("Median of the runs."),
  values: z.array(z.number()).describe("One value a run."),
  headroom: figure.describe("Share of the limit that is left; negative when exceeded."),
  decision: z.enum(["pass", "fail", "at-risk", "no-data"]),
  reason: z.string(),
});

const evidence = z.strictObject({
  kind: z.enum(["files", "statements", "results", "runtime", "baseline", "history"]),
  source: z.string(),
  run: z.strictObject({ id: z.int(), attempt: z.int(), url: z.string() }).optional().describe("Workflow run that it came from."),
  n: z.int().describe("How many of what `kind` names; measurements for `results` and `baseline`, tests and requests for `runtime`."),
});

const problem = z.strictObject({
  level: z.enum(["error", "warning"]).describe("An error keeps the gate closed."),
  code: z.string().describe("Stable, kebab-case."),
  file: z.string().optional(),
  line: z.int().optional().describe("1-based."),
  message: z.string(),
  remedy: z.string().optional(),
});

const override = z.strictObject({
  status: z.enum(["granted", "waiting", "refused", "void"]).describe("waiting: more people have to agree."),
  by: z.string(),
  at: z.string().describe("ISO 8601 in UTC; empty when it is not known."),
  sha,
  label: z.string(),
  how: z.enum(["label", "command", "button"]).describe("How it was asked for."),
  said: z.string().nullable().describe("The reason that the person gave."),
  team: z.string().nullable(),
  covers: z.array(z.string()).describe("The violations it covers, as they were shown."),
  needed: z.int().describe("How many people have to agree."),
  with: z.array(z.string()).describe("Who agrees beside `by`."),
  expires: z.string().nullable().describe("ISO 8601 in UTC."),
  reason: z.string().nullable().describe("Why it was refused or is void."),
});

const cost = z.number().describe("Total cost in the planner's own units, an estimate: comparable with each other only.");

const plan = z.strictObject({
  path: z.string().describe("File of the statement at the head."),
  line: z.int().describe("First line, 1-based."),
  endLine: z.int(),
  sent: z
    .strictObject({ entry: z.string(), times: z.int(), others: z.int() })
    .nullable()
    .describe("For a statement that stands in no file (`path` begins with `runtime://`): the test or request that sent it."),
  reason: z.enum(["new", "modified", "schema"]).describe("`schema`: the statement is unchanged, its schema is not."),
  because: z.string().nullable().describe("`schema` only: what of it changed."),
  state: z.enum(["planned", "cannot-tell", "fails"]).describe("`fails`: the head's schema refuses what the base's answered."),
  why: z.string().nullable().describe("Why there is no plan; null for `planned`."),
  sql: z.string().describe("The statement as it was planned, parameters as `$1`."),
  before: cost.nullable().describe("Cost of the replaced text, or on the base's schema; null where there is nothing to compare with."),
  after: cost.nullable(),
  ratio: figure.describe("after / before; of the node below LIMIT where `belowLimit`."),
  belowLimit: z.boolean().describe("ORDER BY with LIMIT hides what must be read, so the node below it is compared."),
  rows: figure.describe("Rows that the statement returns, estimated."),
  worst: z.string().nullable().describe("The node that costs most: `Seq Scan on orders`."),
  scans: z
    .array(z.strictObject({ table: z.string(), rows: z.number(), index: z.string().nullable(), isNew: z.boolean() }))
    .describe("Tables, or indexes of them, that are read whole."),
  index: z
    .strictObject({ sql: z.string(), cost })
    .nullable()
    .describe("The index with which the planner makes it at least ten times cheaper."),
  tables: z
    .array(z.strictObject({ table: z.string(), rows: z.number(), source: z.enum(["exported", "configured", "assumed"]) }))
    .describe("Sizes that the plan was made with."),
  doubts: z.array(z.string()).describe("What these plans cannot tell."),
});

const planning = z.strictObject({
  planner: z.string().describe("`PostgreSQL 18.6`."),
  statistics: z.string().describe("Where the sizes come from."),
  notes: z.array(z.string()).describe("What was not looked at."),
});

/** JSON v1 of a review. Fields may be added; none is renamed, removed or given another meaning within version 1. */
export const reviewJson = z.strictObject({
  version: z.literal(1),
  advisory: z.boolean().describe("True where the repository chose that nothing is blocked."),
  base: z.strictObject({ sha }).describe("Tip of the base branch, where the configuration was read."),
  mergeBase: z.strictObject({ sha }).describe("The commit that the head is compared with."),
  head: z.strictObject({ sha }).describe("The commit that is judged."),
  conclusion: z.enum(["success", "failure", "action_required"]),
  title: z.string().describe("The verdict in one line."),
  checklist: z.array(line),
  findings: z.array(finding),
  comparisons: z.array(comparison).describe("Benchmarks of the head against the baseline."),
  baseline: z
    .strictObject({ sha, distance: z.int().describe("Commits before the merge base, 0 for itself.") })
    .nullable()
    .describe("The commit whose stored results the head is compared with."),
  comparability: comparability.describe("What the comparisons rest on."),
  budgets: z.array(budget).describe("Limits of endpoints against the load tests of the head."),
  evidence: z.array(evidence).describe("Everything that was looked at."),
  problems: z.array(problem).describe("What could not be read, or only in part."),
  plans: z.array(plan).describe("Changed statements, then unchanged ones that a schema change touches."),
  runtime: z.array(countedSuite).describe("What the tests of the head sent, suite by suite."),
  planning: planning.nullable().describe("What plans were made with; null where none were made."),
  override: override.nullable(),
});

export type ReviewJson = z.infer<typeof reviewJson>;
