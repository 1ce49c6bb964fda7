import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countRuntime } from "../../src/evidence/runtime.js";
import { plain, text } from "../../src/model/text.js";
import { decide } from "../../src/review/decide.js";
import { recordOf } from "../evidence/recorded.js";
import { BLOCKING, budget, collected, comparison, configOf, facts, finding, granted, nothing } from "./facts.js";

const later = "2026-01-02T04:00:00.000Z";
const invalid = { configurationInvalid: true, problems: [{ level: "error", code: "config-invalid", message: text`unknown key` }] } as const;
const unmeasured = budget({ decision: "no-data", absence: "no-artifact", actual: null, values: [], headroom: null });
const criticalChange = { ...nothing.changes, critical: ["src/checkout/cart.ts"] };

describe("the merge gate", () => {
  it("is open when a complete evaluation finds nothing", () => {
    expect(decide(facts()).conclusion).toBe("success");
  });

  it("is closed by a blocking finding, and names who may approve", () => {
    const verdict = decide(facts({ findings: [finding()] }));
    expect(verdict.conclusion).toBe("failure");
    expect(plain(verdict.title)).toContain("over its budget");
    expect(plain(verdict.action)).toContain("perf-team");
  });

  it("stays open on warnings, notices and questions, and counts the warnings in its title", () => {
    const findings = (["warning", "notice", "question"] as const).map((severity) => finding({ severity }));
    const verdict = decide(facts({ findings }));
    expect(verdict.conclusion).toBe("success");
    expect(plain(verdict.title)).toContain("1 warning");
  });

  it("is not opened by a redline-ignore comment, which the author writes", () => {
    expect(decide(facts({ findings: [finding({ suppressed: "trust me" })] })).conclusion).toBe("failure");
  });

  it("reports but opens in advisory mode, and says so in the title", () => {
    const verdict = decide(facts({ config: configOf("endpoints: { /a: { latency_p99: 1s } }"), findings: [finding()] }));
    expect(verdict).toMatchObject({ conclusion: "success", advisory: true });
    expect(plain(verdict.title)).toMatch(/^advisory: .*over its budget/);
  });

  it("is closed by an invalid configuration, which no label opens", () => {
    expect(decide(facts({ ...invalid, override: granted })).conclusion).toBe("action_required");
  });

  it("lets a change through that does nothing but mend an invalid configuration", () => {
    expect(decide(facts({ ...invalid, repairsConfiguration: true })).conclusion).toBe("success");
  });

  it("is closed when the list of changed files is not complete", () => {
    expect(decide(facts({ incomplete: "3,000 of 4,100 files" })).conclusion).toBe("action_required");
  });

  it("is closed by a required line that nobody answered, which a label may open", () => {
    const gap = { unanswered: [text`the configuration requires a line`] };
    const verdict = decide(facts(gap));
    expect(verdict.conclusion).toBe("action_required");
    expect(plain(verdict.title)).toContain("requires a line");
    expect(decide(facts({ ...gap, override: granted })).conclusion).toBe("success");
  });

  it("does not wait for evidence while a person has to tick a line all the same", () => {
    const waiting = { evidence: collected({ changes: criticalChange, budgets: [unmeasured] }), waitUntil: later };
    expect(decide(facts(waiting)).awaiting).toBeDefined();
    expect(decide(facts({ ...waiting, unanswered: [text`a line`] }))).toMatchObject({ conclusion: "action_required" });
  });

  it("is closed by a result file that could not be read", () => {
    const verdict = decide(
      facts({ problems: [{ level: "error", code: "truncated", message: text`the JSON ends early`, file: "k6.json" }] }),
    );
    expect(verdict.conclusion).toBe("action_required");
    expect(plain(verdict.title)).toContain("k6.json");
  });

  it("is opened by a granted override, which then names what it covers", () => {
    const verdict = decide(facts({ findings: [finding()], override: granted }));
    expect(verdict.conclusion).toBe("success");
    expect(plain(verdict.title)).toContain("Overridden by mona");
    expect(verdict.override).toMatchObject({ status: "granted", covers: [finding().message] });
  });

  it.each(["refused", "void"] as const)("is not opened by a %s override", (status) => {
    const override = { status, by: "eve", at: granted.at, sha: granted.sha, label: "perf-override", reason: text`not a member` };
    expect(decide(facts({ findings: [finding()], override })).conclusion).toBe("failure");
  });
});

describe("missing evidence", () => {
  const missing = collected({ changes: criticalChange, results: null, comparisons: null, budgets: [unmeasured] });

  it("is waited for when a critical path changed, then closes the gate", () => {
    const waiting = decide(facts({ evidence: missing, waitUntil: later }));
    expect(waiting.awaiting?.until).toBe(later);
    expect(waiting.conclusion).toBe("action_required");
    const late = decide(facts({ evidence: missing }));
    expect(late).toMatchObject({ conclusion: "action_required" });
    expect(late.awaiting).toBeUndefined();
  });

  it("says since when it is awaited, while it is and after (R28)", () => {
    const waitingSince = "2026-01-02T03:04:05.000Z";
    expect(decide(facts({ evidence: missing, waitUntil: later, waitingSince })).awaiting?.since).toBe(waitingSince);
    const late = decide(facts({ evidence: missing, waitingSince }));
    expect(plain(late.action)).toContain("Provide what is missing; it was awaited since 2026-01-02 03:04 UTC.");
    const unreadable = decide(facts({ incomplete: "too many", evidence: collected(), waitingSince }));
    expect(plain(unreadable.action)).not.toContain("awaited");
  });

  it("does not close the gate when nothing critical changed, and the title says what was not measured", () => {
    const verdict = decide(facts({ evidence: collected({ results: null, comparisons: null, budgets: [unmeasured] }), waitUntil: later }));
    expect(verdict.conclusion).toBe("success");
    expect(plain(verdict.title)).toContain("1 endpoint not measured");
  });

  it("closes the gate whenever the configuration requires it by name", () => {
    const config = configOf(`${BLOCKING}\nevidence: { required: [k6-summary] }\n`);
    expect(decide(facts({ config, evidence: collected({ results: null }) })).conclusion).toBe("action_required");
    const artifact = configOf(`${BLOCKING}\nevidence: { required: [redline-*] }\n`);
    const runtime = countRuntime([recordOf([], { files: ["redline-runtime/traces.jsonl"] })], null);
    const arrived = collected({ results: null, runtime: runtime.status === "collected" ? runtime.value : null });
    expect(decide(facts({ config: artifact, evidence: arrived })).conclusion).toBe("success");
  });

  it("is not waited for when something else already closes the gate", () => {
    expect(decide(facts({ evidence: missing, findings: [finding()], waitUntil: later })).awaiting).toBeUndefined();
  });

  const source = { id: 901, attempt: 1, url: "https://github.com/acme/shop/actions/runs/901" };

  it("asks for reruns of a budget at risk", () => {
    const evidence = collected({ budgets: [budget({ decision: "at-risk", actual: 0.21, values: [0.21] })] });
    const verdict = decide(facts({ evidence, waitUntil: later }));
    expect(plain(verdict.awaiting?.what ?? [])).toContain("1 of 3 runs");
  });

  it("names the command that measures a budget at risk again", () => {
    const load = {
      benchmark: "/a",
      endpoint: "/a",
      metric: "latency_p99",
      unit: "s",
      better: "lower",
      statistic: "p99",
      value: 1,
    } as const;
    const file = { file: "k6.json", source, run: { format: "k6-summary", measurements: [load], problems: [] } };
    const evidence = collected({ budgets: [budget({ endpoint: "/a", decision: "at-risk", values: [0.21] })], results: { files: [file] } });
    expect(plain(decide(facts({ evidence, waitUntil: later })).awaiting?.what ?? [])).toContain("in 1 of 3 runs: `gh run rerun 901` (");
  });

  const candidate = (parts = {}) => comparison({ decision: "inconclusive", doubt: "suspect", runs: 1, need: 2, ...parts });
  const measurement = { benchmark: candidate().benchmark, metric: "time", unit: "s", better: "lower", statistic: "min", value: 1 } as const;
  const results = { files: [{ file: "b.json", source, run: { format: "x", measurements: [measurement], problems: [] } }] };

  it("asks for reruns of a benchmark that looks slower than its history, with the command", () => {
    const evidence = collected({ comparisons: [candidate()], results });
    expect(plain(decide(facts({ evidence, waitUntil: later })).awaiting?.what ?? [])).toBe(
      "test_b.py::test_sort looks slower: run the benchmarks 2 more times, one after the other, on this head: `gh run rerun 901` (quiet)",
    );
  });

  it("asks once for all benchmarks, and of files without a workflow run for the files", () => {
    const evidence = collected({ comparisons: [candidate({ runs: 2 }), candidate({ benchmark: "b", runs: 2 })] });
    const { awaiting, violations } = decide(facts({ evidence, waitUntil: later }));
    expect(violations).toHaveLength(1);
    expect(plain(awaiting?.what ?? [])).toContain(
      "and 1 more look slower: run the benchmarks once more, on this head: give the result files",
    );
  });

  it("ends in action required when nobody has rerun it in time, and in a title that names it where nothing is blocked", () => {
    const evidence = collected({ comparisons: [candidate()], results });
    expect(decide(facts({ evidence })).conclusion).toBe("action_required");
    const config = configOf("endpoints: { /a: { latency_p99: 1s } }");
    const open = decide(facts({ evidence, config, waitUntil: later }));
    expect(open.conclusion).toBe("success");
    expect(plain(open.title)).toContain("1 benchmark needs reruns");
  });

  it("names in its title what regressed too little to block, and that no benchmark could be decided", () => {
    const regressed = finding({ rule: "budgets/regression", severity: "warning" });
    expect(plain(decide(facts({ findings: [regressed, finding({ severity: "warning" })] })).title)).toBe(
      "No budget is known to be exceeded; 1 figure regressed, not enough to block, 1 warning",
    );
    const noise = comparison({ mode: "A", decision: "inconclusive", doubt: "noise-floor" });
    const title = (comparisons: readonly (typeof noise)[]) => plain(decide(facts({ evidence: collected({ comparisons }) })).title);
    expect(title([noise, noise])).toContain("none of 2 benchmark figures could be decided");
    expect(title([noise, comparison()])).toBe("No performance budget is exceeded");
  });

  it("is over after three runs, and never waits for what was measured in turn", () => {
    const late = collected({ comparisons: [candidate({ runs: 3 }), candidate({ mode: "A" }), candidate({ doubt: "noise-floor" })] });
    expect(decide(facts({ evidence: late, waitUntil: later })).conclusion).toBe("success");
  });

  it("never waits on a suspicion without history", () => {
    const evidence = collected({ comparisons: [comparison({ decision: "inconclusive", doubt: "suspect", mode: "C", runs: 1 })] });
    expect(decide(facts({ evidence, waitUntil: later }))).toMatchObject({ conclusion: "success" });
  });
});

describe("a suspicion", () => {
  it("closes the gate only where on_suspect says so", () => {
    const evidence = collected({ comparisons: [comparison({ decision: "inconclusive", doubt: "suspect", mode: "C", runs: 3 })] });
    const config = configOf(`${BLOCKING}\nbenchmarks: { on_suspect: block }\n`);
    expect(decide(facts({ evidence, config })).conclusion).toBe("failure");
    expect(decide(facts({ evidence })).conclusion).toBe("success");
  });
});

describe("any combination of facts", () => {
  const arbitrary = fc.record({
    configurationInvalid: fc.boolean(),
    incomplete: fc.option(fc.constant("too many files"), { nil: undefined }),
    blocked: fc.boolean(),
    broken: fc.boolean(),
    required: fc.boolean(),
    override: fc.constantFrom(null, granted),
  });

  it("opens the gate only from a complete evaluation or an override that holds", () => {
    fc.assert(
      fc.property(arbitrary, ({ blocked, broken, required, ...parts }) => {
        const verdict = decide(
          facts({
            ...parts,
            config: configOf(required ? `${BLOCKING}\nevidence: { required: [k6-summary] }\n` : BLOCKING),
            findings: blocked ? [finding()] : [],
            problems: broken || parts.configurationInvalid ? [{ level: "error", code: "x", message: text`broken` }] : [],
          }),
        );
        const complete = !parts.configurationInvalid && parts.incomplete === undefined && !blocked && !broken && !required;
        const overridden = parts.override !== null && !parts.configurationInvalid;
        expect(verdict.conclusion === "success").toBe(complete || overridden);
      }),
    );
  });
});
