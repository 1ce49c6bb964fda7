import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { parseConfiguration } from "../../src/config/parse.js";
import { plain } from "../../src/model/text.js";
import { hostile } from "./hostile.js";
import { configOf, problemsOf } from "./reading.js";

const METHODOLOGY = `endpoints:
  /api/products: { latency_p99: 100ms, throughput_min: 1000rps }
  /api/checkout: { latency_p99: 200ms, throughput_min: 500rps }
on_budget_exceed:
  - block_merge: true
  - notify: "#perf-alerts"
  - require_approval: "perf-team"
slos:
  - name: API Latency
    target: 95%
    window: 30d
    indicator: { good: 'sum(rate(http_request_duration_seconds_bucket{le="0.2"}[5m]))', total: 'sum(rate(http_requests_total[5m]))' }
alerts:
  - name: SLO Burn Rate High
    expr: (slo_error_budget_remaining / slo_error_budget_total) < 0.5
    severity: warning
`;

describe("parseConfiguration", () => {
  it("reads the methodology's own file as it stands", () => {
    const config = configOf(METHODOLOGY);
    expect(config.mode).toBe("blocking");
    expect(config.endpoints.map(({ pattern, limits }) => [pattern, ...limits.map(({ limit }) => limit)])).toEqual([
      ["/api/products", 0.1, 1000],
      ["/api/checkout", 0.2, 500],
    ]);
    expect(config.onBudgetExceed).toEqual({ blockMerge: true, notify: ["#perf-alerts"], requireApproval: "perf-team" });
    expect(config.slos?.[0]?.target).toBe(0.95);
    expect(config.alerts?.[0]?.severity).toBe("warning");
  });

  it.each(["", "\n", "# nothing yet\n", "{}", "---\n", "\uFEFF"])("takes %j for the defaults, in advisory mode", (text) => {
    expect(configOf(text)).toEqual(configOf(""));
    expect(configOf(text).mode).toBe("advisory");
  });

  it.each([
    ["on_budget_exceed: { block_merge: true }", "blocking"],
    ["on_budget_exceed: { block_merge: false }", "advisory"],
    ["mode: advisory\non_budget_exceed: { block_merge: true }", "advisory"],
    ["mode: blocking", "blocking"],
  ])("decides the mode of %j: %s", (text, mode) => expect(configOf(text).mode).toBe(mode));

  it("names file, line, column, what was read and what to write (C03)", () => {
    const parsed = parseConfiguration("mode: advisory\nendpoints:\n  /a: { latency_p99: 100 }\n", "perf.yml");
    const problem = "problems" in parsed ? parsed.problems[0] : undefined;
    expect(problem).toMatchObject({ level: "error", code: "config-invalid", file: "perf.yml", line: 3 });
    expect(plain(problem?.message ?? [])).toBe("latency_p99: 100 is a number without a unit (column 9)");
    expect(plain(problem?.remedy ?? [])).toBe("write 100ms");
  });

  it("reports every problem at once, in the order of the file", () => {
    const text =
      "mode: blockin\nendpoint: {}\nendpoints:\n  /a: { latency_p9: 1ms }\noverride: { quorum: 0x1, label: 12 }\nmode: advisory\n";
    expect(problemsOf(text).map((problem) => problem.split(" (")[0])).toEqual([
      "1: mode: blockin is not accepted here, did you mean blocking?",
      "2: unknown key endpoint, did you mean endpoints?",
      "4: unknown key latency_p9, did you mean latency_p99?",
      "5: 0x1 is not a plain decimal number",
      "5: label: 12 is not accepted here",
      "6: the key mode is given twice",
    ]);
  });

  it("counts what it does not list", () => {
    const text = Array.from({ length: 60 }, (_, index) => `key${index}: 1\n`).join("");
    expect(problemsOf(text)).toHaveLength(26);
    expect(problemsOf(text).at(-1)).toBe("-: 35 more problems of this kind; mend these first");
  });

  it.each(Object.entries(hostile))("refuses %s with a short sentence and a remedy (C04)", (_, text) => {
    const problems = problemsOf(text);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(26);
    for (const problem of problems) {
      expect(problem.length).toBeLessThan(500);
      expect(problem).toMatch(/; (?:write|known here|check|keep|nest|shorten|save|mend) ?/u);
    }
  });

  it("answers any text with a configuration or with problems that say what to write", () => {
    const fragments = [
      "endpoints:",
      "\n",
      "  ",
      "- ",
      "mode: ",
      "advisory",
      "{",
      "}",
      "[",
      "]",
      '"',
      "'",
      "/a: ",
      "latency_p99: ",
      "1ms",
      "#",
      "|",
      "&a",
      "*a",
      "!!x",
      "\t",
      "? ",
    ];
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(fc.constantFrom(...fragments), { maxLength: 40 }).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, (source) => {
        const parsed = parseConfiguration(source, "f");
        const good =
          "config" in parsed || parsed.problems.every((problem) => problem.message.length > 0 && (problem.remedy?.length ?? 0) > 0);
        expect(good).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  it("answers any value at any known key without an exception, in our own words (C04)", () => {
    const keys = [
      "mode",
      "endpoints",
      "on_budget_exceed",
      "benchmarks",
      "evidence",
      "override",
      "rules",
      "database",
      "paths",
      "critical",
      "checklist",
      "slos",
      "alerts",
      "formats",
    ];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 }), (value) => {
        for (const problem of problemsOf(stringify(value, { aliasDuplicateObjects: false })))
          expect(problem).not.toMatch(/Invalid|expected|undefined/u);
      }),
      { numRuns: 500 },
    );
  });

  it("reads back any valid configuration that is written out", () => {
    const milliseconds = fc.integer({ min: 1, max: 100_000 });
    const endpoint = fc.stringMatching(/^\/[a-z{}/]{0,12}$/u);
    const word = fc.stringMatching(/^[a-z][a-z-]{0,10}$/u);
    const budget = fc.record({ latency_p99: milliseconds, throughput_min: milliseconds, strict: fc.boolean() });
    const given = fc.record({
      endpoints: fc.dictionary(endpoint, budget, { maxKeys: 5 }),
      label: word,
      team: word,
      block: fc.boolean(),
      globs: fc.array(word),
    });
    fc.assert(
      fc.property(given, ({ endpoints, label, team, block, globs }) => {
        const limits = Object.entries(endpoints);
        const file = {
          endpoints: Object.fromEntries(
            limits.map(([path, limit]) => [
              path,
              { ...limit, latency_p99: `${limit.latency_p99}ms`, throughput_min: `${limit.throughput_min}rps` },
            ]),
          ),
          on_budget_exceed: [{ block_merge: block }, { require_approval: team }],
          override: { label },
          critical: globs,
        };
        const config = configOf(stringify(file));
        expect(config.endpoints.map((read) => [read.pattern, read.strict, ...read.limits.map(({ limit }) => limit)])).toEqual(
          limits.map(([path, limit]) => [path, limit.strict, limit.latency_p99 / 1000, limit.throughput_min]),
        );
        expect(config).toMatchObject({
          override: { label },
          critical: globs.map((path) => ({ paths: [path], functions: [], coveredBy: [] })),
          onBudgetExceed: { blockMerge: block, requireApproval: team },
        });
      }),
    );
  });
});
