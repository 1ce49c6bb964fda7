import type { Comparison } from "../../src/model/judgement.js";
import type { ChecklistItem, Finding } from "../../src/model/rule.js";
import { checklistItems } from "../../src/model/rule.js";
import { figure, text } from "../../src/model/text.js";
import type { ChecklistLine, Outcome, Review, Verdict } from "../../src/model/verdict.js";

/** Reviews made by hand: what the pipeline would hand over, in every state that a reader can meet. */

export const HEAD = "5f0c2b1d9e8a7c6b5a4f3e2d1c0b9a8f7e6d5c4b";
const BASE = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567";
const MERGE_BASE = "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00";
const NEAREST = "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
const REPOSITORY = "https://github.com/acme/shop";

const atCommit = (sha: string) => ({ sha, url: `${REPOSITORY}/commit/${sha}` });
const run = (id: number, attempt = 1) => ({ id, attempt, url: `${REPOSITORY}/actions/runs/${id}` });

const lines: Readonly<Record<ChecklistItem, string>> = {
  "queries/explained": "EXPLAIN run for new and modified queries",
  "queries/no-n-plus-one": "No N+1 queries",
  "queries/appropriate-indexes": "Appropriate indexes",
  "queries/bounded": "Statements are bounded and use their indexes",
  "migrations/safe": "Migrations do not block a busy table",
  "algorithms/complexity": "Algorithmic complexity is acceptable",
  "algorithms/no-io-in-loops": "No I/O inside loops",
  "resources/released": "Connections and handles are released",
  "resources/bounded": "Buffers have limits",
  "resources/timeouts": "Timeouts are configured",
  "tests/benchmark": "A benchmark covers critical changes",
  "tests/load-test": "The load test is updated where needed",
  "budgets/regressions": "No benchmark regressed",
  "budgets/endpoints": "Every endpoint is within its budget",
};

const unread: Outcome = { status: "not-checked", reason: text`no machine has looked at the changed source; read it and tick` };

export const checklist = (outcomes: Readonly<Partial<Record<ChecklistItem, Outcome>>>): readonly ChecklistLine[] =>
  checklistItems.map((item) => ({ item, text: lines[item], gate: item.startsWith("budgets/"), outcome: outcomes[item] ?? unread }));

export const blockingIndex: Finding = {
  rule: "migrations/index-create-blocking",
  severity: "blocking",
  message: text`CREATE INDEX on ${"orders"} (2,100,000 rows) blocks every write until it is built`,
  help: text`Write \`CREATE INDEX CONCURRENTLY\` in a migration of its own, outside a transaction.`,
  at: { path: "db/migrate/0042_orders_by_customer.sql", line: 3, endLine: 4 },
};

export const leadingWildcard: Finding = {
  rule: "queries/like-leading-wildcard",
  severity: "warning",
  message: text`LIKE ${"%' || $1 || '%"} cannot use a b-tree index`,
  help: text`Use a trigram index, or search for a prefix.`,
  at: { path: "app/queries/search (new).sql", line: 12 },
};

const offset: Finding = {
  rule: "queries/offset-pagination",
  severity: "notice",
  message: text`OFFSET reads and throws away every row before the page`,
  help: text`Page by the last key seen.`,
  at: { path: "app/queries/list.sql", line: 7 },
};

const random: Finding = {
  rule: "queries/order-by-random",
  severity: "warning",
  message: text`ORDER BY random() sorts the whole table`,
  help: text`Pick by key.`,
  at: { path: "app/queries/teaser.sql", line: 2 },
  suppressed: "200 rows, for ever",
};

const question: Finding = {
  rule: "queries/unbounded-in",
  severity: "question",
  message: text`Can the list in IN (${"$1"}) grow without a limit?`,
  help: [],
  at: { path: "app/queries/list.sql", line: 9 },
};

const compared = (benchmark: string, change: Partial<Comparison>): Comparison => ({
  benchmark,
  metric: "time",
  unit: "s",
  better: "lower",
  mode: "B",
  interval: null,
  noise: null,
  p: null,
  need: null,
  baselineRuns: 1,
  trend: [],
  alias: null,
  decision: "no-change",
  baseline: 0.0123,
  candidate: 0.0124,
  change: 0.0081,
  visible: 0.06,
  runs: 3,
  history: 24,
  blocks: false,
  reason: text`within the noise of 24 runs`,
  ...change,
});

export const comparisons: readonly Comparison[] = [
  compared("tests/test_cart.py::test_total[100]", {}),
  compared("tests/test_cart.py::test_checkout", {
    decision: "regression",
    candidate: 0.0163,
    change: 0.325,
    blocks: true,
    reason: text`all 3 runs over the limit of this series`,
  }),
  compared("tests/test_search.py::test_rank", { decision: "regression", candidate: 0.0131, change: 0.065, reason: text`above 5 %` }),
  compared("bulk import", {
    decision: "inconclusive",
    doubt: "suspect",
    mode: "C",
    change: 0.31,
    candidate: 0.0161,
    visible: null,
    runs: 1,
    history: 0,
    reason: text`31 % slower in one run; run it twice more`,
  }),
  compared("tests/test_cart.py::test_empty", { decision: "improvement", candidate: 0.0098, change: -0.203 }),
  compared("render", {
    decision: "inconclusive",
    doubt: "noise-floor",
    visible: 0.34,
    reason: text`this baseline sees nothing below ${figure("+34.0 %")}`,
  }),
  compared("tests/test_cart.py::test_coupon", {
    decision: "new",
    baseline: null,
    change: null,
    visible: null,
    reason: text`first seen here`,
  }),
  compared("tests/test_tax.py::test_vat", {
    decision: "missing",
    candidate: null,
    change: null,
    visible: null,
    reason: text`the baseline has it, this head does not`,
  }),
];

export const budgets: Review["budgets"] = [
  {
    endpoint: "/api/products",
    metric: "latency_p99",
    unit: "s",
    limit: 0.1,
    actual: 0.0713,
    values: [0.0713, 0.0698, 0.0741],
    headroom: 0.287,
    decision: "pass",
    reason: text`the median of 3 runs is within the limit`,
  },
  {
    endpoint: "/api/checkout",
    metric: "throughput_min",
    unit: "1/s",
    limit: 500,
    actual: 482,
    values: [482, 510, 470],
    headroom: -0.036,
    decision: "at-risk",
    reason: text`the median of 3 runs is over, but not every run`,
  },
  {
    endpoint: "/api/checkout",
    metric: "latency_p99",
    unit: "s",
    limit: 0.2,
    actual: 0.231,
    values: [0.231, 0.229, 0.244],
    headroom: -0.155,
    decision: "fail",
    reason: text`over in all 3 runs`,
  },
  {
    endpoint: "/api/checkout",
    metric: "error_rate_max",
    unit: "1",
    limit: 0.01,
    actual: 0.002,
    values: [0.002, 0.001, 0.002],
    headroom: 0.8,
    decision: "pass",
    reason: text`the median of 3 runs is within the limit`,
  },
  {
    endpoint: "/api/admin/{id}",
    metric: "latency_p95",
    unit: "s",
    limit: 0.5,
    actual: null,
    values: [],
    headroom: null,
    decision: "no-data",
    absence: "no-artifact",
    reason: text`no load test of this head requests it`,
  },
];

const snapshot: Review["snapshot"] = {
  number: 12,
  author: { id: 7, login: "mallory" },
  draft: false,
  repositoryUrl: REPOSITORY,
  base: { ...atCommit(BASE), ref: "main" },
  mergeBase: atCommit(MERGE_BASE),
  head: atCommit(HEAD),
  files: [],
};

export const overBudget: Finding = {
  rule: "budgets/endpoint-over-budget",
  severity: "blocking",
  message: text`${"/api/checkout"} latency_p99 ${figure("231 ms")} is over its budget of ${figure("200 ms")}`,
  help: [],
  measured: { actual: 0.231, limit: 0.2, unit: "s" },
};

const regressed: Finding = {
  rule: "budgets/regression",
  severity: "blocking",
  message: text`${"tests/test_cart.py::test_checkout"} is ${figure("+32.5 %")} slower`,
  help: [],
};

const measuredOutcomes: Readonly<Partial<Record<ChecklistItem, Outcome>>> = {
  "queries/explained": { status: "not-checked", reason: text`no plans of the changed statements were collected` },
  "queries/bounded": { status: "failed", seen: text`3 statements in 2 files`, findings: [leadingWildcard] },
  "migrations/safe": { status: "failed", seen: text`2 statements in 1 file`, findings: [blockingIndex] },
  "algorithms/complexity": {
    status: "attested",
    by: "octocat",
    at: "2026-11-23T21:04:09Z",
    sha: HEAD,
    reason: text`no machine has looked at the changed source`,
  },
  "tests/benchmark": { status: "passed", seen: text`1 critical file changed (${"src/cart.py"}), and 5 benchmarks of it ran` },
  "tests/load-test": { status: "not-applicable", reason: text`no budgeted endpoint stands in the changed source` },
  "budgets/regressions": { status: "failed", seen: text`8 measurements of 3 runs`, findings: [regressed] },
  "budgets/endpoints": { status: "failed", seen: text`5 limits of 3 endpoints on 3 runs`, findings: [overBudget] },
};

const closed: Verdict = {
  conclusion: "failure",
  advisory: false,
  title: text`${"/api/checkout"} latency_p99 ${figure("231 ms")} is over its budget of ${figure("200 ms")} (and 2 more)`,
  action: text`Mend it, or ask a member of ${"perf-team"} to put the label ${"perf-override"} on this head.`,
  violations: [overBudget.message, regressed.message, blockingIndex.message],
};

/** Everything at once: budgets, regressions, findings of every severity, a baseline three commits back. */
export const blocked: Review = {
  snapshot,
  verdict: closed,
  checklist: checklist(measuredOutcomes),
  findings: [question, offset, leadingWildcard, random, blockingIndex, overBudget, regressed],
  comparisons,
  comparability: { paired: [], machine: [], shift: null },
  budgets,
  evidence: [
    { kind: "files", source: "changed files", n: 4 },
    { kind: "statements", source: "db/migrate/0042_orders_by_customer.sql", n: 2 },
    { kind: "statements", source: "app/queries/search (new).sql", n: 1 },
    ...[901, 902, 903].flatMap((id) => [
      { kind: "results" as const, source: "redline-results/k6.json", run: run(id, id === 903 ? 2 : 1), n: 5 },
      { kind: "results" as const, source: "redline-results/benchmark.json", run: run(id, id === 903 ? 2 : 1), n: 7 },
    ]),
    { kind: "baseline", source: NEAREST, n: 7 },
    { kind: "history", source: "runs on the default branch", n: 24 },
  ],
  problems: [
    {
      level: "warning",
      code: "unknown-format",
      message: text`not read: no known format`,
      remedy: text`Name it under formats, or leave it out of the artifact.`,
      file: "redline-results/notes.txt",
    },
  ],
  baseline: { ...atCommit(NEAREST), distance: 3 },
  configuration: { path: ".github/redline.yml", state: "read", changedHere: true },
};

/** Nothing to complain about, and a baseline right at the merge base. */
export const open: Review = {
  ...blocked,
  verdict: { conclusion: "success", advisory: false, title: text`No performance budget is exceeded`, action: [], violations: [] },
  checklist: checklist({
    "queries/bounded": { status: "passed", seen: text`3 statements in 2 files` },
    "migrations/safe": { status: "not-applicable", reason: text`no migration changed` },
    "tests/benchmark": { status: "passed", seen: text`1 critical file changed, and 5 benchmarks of it ran` },
    "budgets/regressions": { status: "passed", seen: text`2 measurements of 3 runs` },
    "budgets/endpoints": { status: "passed", seen: text`2 limits of 2 endpoints on 3 runs` },
  }),
  findings: [],
  comparisons: comparisons.filter(({ decision }) => decision === "no-change" || decision === "improvement"),
  budgets: budgets.filter(({ decision }) => decision === "pass"),
  problems: [],
  baseline: { ...atCommit(MERGE_BASE), distance: 0 },
  configuration: { ...blocked.configuration, changedHere: false },
};

/** The same facts as `blocked` where the repository blocks nothing. */
export const advisory: Review = {
  ...blocked,
  verdict: { ...closed, conclusion: "success", advisory: true, title: text`advisory: ${closed.title}`, action: [] },
};

/** CI has not delivered yet. */
export const waiting: Review = {
  ...open,
  verdict: {
    conclusion: "action_required",
    advisory: false,
    title: text`a critical path changed and no load-test result of this head has arrived`,
    action: text`Provide what is missing.`,
    violations: [text`a critical path changed and no load-test result of this head has arrived`],
    awaiting: { what: text`no load-test result of this head has arrived`, until: "2026-11-23T22:04:09Z" },
  },
  comparisons: [],
  budgets: budgets.filter(({ decision }) => decision === "no-data"),
  evidence: [{ kind: "files", source: "changed files", n: 4 }],
  checklist: checklist({ "budgets/endpoints": { status: "not-checked", reason: text`no load test of this head` } }),
};

/** The configuration on the base branch is broken: nothing can be judged. */
export const actionRequired: Review = {
  ...waiting,
  verdict: {
    conclusion: "action_required",
    advisory: false,
    title: text`.github/redline.yml:4: ${"latency_p99"} is ${"200 apples"}, which is no duration (and 1 more)`,
    action: text`Mend the configuration on the base branch; until then nothing can be judged.`,
    violations: [text`${"200 apples"} is no duration`, text`${"endpoint"} is no known key`],
  },
  budgets: [],
  problems: [
    {
      level: "error",
      code: "config-invalid",
      message: text`${"latency_p99"} is ${"200 apples"}, which is no duration`,
      remedy: text`Write a number with its unit, such as \`200ms\`.`,
      file: ".github/redline.yml",
      line: 4,
    },
    {
      level: "error",
      code: "config-invalid",
      message: text`${"endpoint"} is no known key`,
      remedy: text`Did you mean \`endpoints\`?`,
      file: ".github/redline.yml",
      line: 2,
    },
  ],
  configuration: { path: ".github/redline.yml", state: "invalid", changedHere: false },
};

/** A member of the team has opened the gate. */
export const overridden: Review = {
  ...blocked,
  verdict: {
    ...closed,
    conclusion: "success",
    title: text`Overridden by ${"alice"}: ${closed.title}`,
    action: [],
    override: {
      status: "granted",
      by: "alice",
      at: "2026-11-23T21:30:00Z",
      sha: HEAD,
      team: "perf-team",
      label: "perf-override",
      covers: closed.violations,
    },
  },
};

/** A stranger has tried to. */
export const refused: Review = {
  ...blocked,
  verdict: {
    ...closed,
    override: {
      status: "refused",
      by: "mallory",
      at: "2026-11-23T21:30:00Z",
      sha: HEAD,
      label: "perf-override",
      reason: text`${"mallory"} is the author of this pull request`,
    },
  },
};

/** A local checkout of a repository that has no configuration: no links anywhere. */
export const unconfigured: Review = {
  ...open,
  snapshot: { draft: false, base: { sha: BASE, ref: "main" }, mergeBase: { sha: MERGE_BASE }, head: { sha: HEAD }, files: [] },
  verdict: { conclusion: "success", advisory: true, title: text`advisory: 1 warning`, action: [], violations: [] },
  findings: [leadingWildcard],
  comparisons: [],
  budgets: [],
  evidence: [
    { kind: "files", source: "changed files", n: 2 },
    { kind: "results", source: "out/benchmark.json", n: 3 },
  ],
  configuration: { path: ".github/redline.yml", state: "none", changedHere: false },
};
Reflect.deleteProperty(unconfigured, "baseline");

/** @param size number of findings; many comparisons and budgets come with them. */
export const huge = (size: number): Review => ({
  ...blocked,
  findings: Array.from({ length: size }, (_, index) => ({
    ...(index % 10 === 0 ? blockingIndex : leadingWildcard),
    at: { path: `db/migrate/${String(index).padStart(4, "0")}.sql`, line: index + 1 },
  })),
  comparisons: Array.from({ length: Math.ceil(size / 10) }, (_, index) => compared(`suite/bench_${index}`, {})),
});

export const all = { blocked, open, advisory, waiting, "action-required": actionRequired, overridden, refused, unconfigured } as const;
