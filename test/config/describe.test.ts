import { describe, expect, it } from "vitest";
import { describeConfiguration } from "../../src/config/describe.js";
import { configOf } from "./reading.js";

const said = (yaml: string): readonly string[] => describeConfiguration(configOf(yaml)).split("\n");

const GATE =
  "endpoints:\n  /api/products: { latency_p99: 100ms, throughput_min: 1000rps }\non_budget_exceed: { block_merge: true, require_approval: perf-team }\n";

describe("describeConfiguration", () => {
  it("says limits, gate and override in plain sentences", () => {
    expect(said(GATE)).toEqual([
      "/api/products: p99 latency at most 100 ms, at least 1,000 requests per second.",
      'A budget exceeded closes the merge gate; a member of perf-team may override with the label "perf-override".',
      "Benchmarks: a slowdown counts from 5 % and closes the gate from 10 %.",
      'Results are read from CI artifacts named "redline*", "*benchmark*", "*perf*", "*k6*" and waited for at most 60 minutes.',
      "No path is named critical.",
      "SQL is read as postgresql where no tool's file names another database.",
    ]);
  });

  it("says that nothing closes the gate by default", () => {
    expect(said("").slice(0, 2)).toEqual([
      "No endpoint has a budget.",
      "Advisory mode: everything is shown and nothing closes the merge gate.",
    ]);
  });

  it.each([
    [
      "endpoints: { '*': { latency_p50: 1s, latency_p95: 2s, latency_p99_9: 1.5s, error_rate_max: 0.5% } }",
      "*: p50 latency at most 1 s, p95 latency at most 2 s, p99.9 latency at most 1.5 s, at most 0.5 % failed requests.",
    ],
    ["endpoints: { /a: { queries_max: 12, queries_increase_max: 0 } }", "/a: at most 12 queries, no more queries than at the merge base."],
    [
      "endpoints: { /a: { queries_max: 1, queries_increase_max: 2 } }",
      "/a: at most 1 query, at most 2 queries more than at the merge base.",
    ],
    ["endpoints: { /a: { latency_p99: 1s, strict: true } }", "/a: p99 latency at most 1 s; the first run over a limit fails."],
    ["checklist: { lines: [{ text: Keys }, { text: Docs }] }", 'Lines of your own: "Keys", "Docs".'],
    [
      "checklist: { resources/timeouts: required, lines: [{ text: Keys, required: true }] }",
      'The gate stays closed until these lines are answered: resources/timeouts, "Keys".',
    ],
    [
      "runtime: { allow: [{ entry: GET /export, reason: pages }] }",
      'Repeated on purpose: every statement of "GET /export", because: "pages".',
    ],
    ["mode: blocking", "A budget exceeded closes the merge gate; nobody may override it (name a team under require_approval)."],
    [`${GATE}override: { label: go }`, 'A budget exceeded closes the merge gate; a member of perf-team may override with the label "go".'],
    ["on_budget_exceed: { notify: '#a' }", "Checked and kept, without effect yet: on_budget_exceed.notify."],
    [
      "override: { quorum: 2, expires: 7d, reason: true }",
      "Checked and kept, without effect yet: override.quorum, override.expires, override.reason.",
    ],
    ["evidence: { workflows: [perf.yml] }", "Checked and kept, without effect yet: evidence.workflows."],
    ["formats: { a: b }", 'Result files, whatever their content: "a" as b.'],
    [
      "benchmarks: { on_suspect: block }",
      "Benchmarks: a slowdown counts from 5 % and closes the gate from 10 %; what may be noise closes it too.",
    ],
    [
      "evidence: { artifacts: [x], required: [k6-summary], wait: 90s }",
      'Results are read from CI artifacts named "x" and waited for at most 90 s. Required: "k6-summary".',
    ],
    [
      "benchmarks: { thresholds: [{ name: 'a*', min_effect: 2%, block_effect: 8%, statistic: typical }] }",
      "a*: a slowdown counts from 2 %, it closes the gate from 8 %, a process counts by the 25th percentile of its rounds.",
    ],
    ["benchmarks: { thresholds: [{ name: a }] }", "a: the general thresholds."],
    ["benchmarks: { budgets: { 'a*': { time: 10ms, allocations: 120 } } }", "a*: time within 10ms, allocations within 120."],
    ["benchmarks: { creep: 25% }", "A benchmark may be at most 25 % worse than in the oldest known runs."],
    ["benchmarks: { directions: { hits: higher } }", "hits: higher is better."],
    ["benchmarks: { aliases: { new: old } }", "new is compared with what old was."],
    ["benchmarks: { ignore: [{ name: a, reason: flaky, until: 2026-12-31 }] }", "a is not judged until 2026-12-31: flaky."],
    ["benchmarks: { ignore: [{ name: a, reason: flaky }] }", "a is not judged: flaky."],
    [
      "critical: ['src/**', { paths: [a/], functions: [total], covered_by: [test_a] }]",
      'Critical, whose changes should be covered by a benchmark and wait for a load test: "src/**"; the functions "total" in "a/" (covered by "test_a").',
    ],
    ["database: { dialect: mysql }", "SQL is read as mysql."],
    ["rules: { migrations/fk-validate: off }", "Rules: migrations/fk-validate is off."],
    ["checklist: { tests/load-test: off }", "Not on the checklist: tests/load-test."],
    ["alerts: [{ name: a, expr: b, severity: c }]", "Checked and kept, without effect yet: alerts."],
  ])("says what %s means", (yaml, sentence) => expect(said(yaml)).toContain(sentence));
});
