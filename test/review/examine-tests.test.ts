import { describe, expect, it } from "vitest";
import type { Coverage, CriticalChange } from "../../src/model/coverage.js";
import type { Evidence } from "../../src/model/evidence.js";
import { plain, text } from "../../src/model/text.js";
import type { Examination } from "../../src/review/examination.js";
import { benchmarkCovers, loadTestUpdated } from "../../src/review/examine-tests.js";
import { coverage, critical, route } from "../rules/judged.js";
import { collected, nothing } from "./facts.js";

const said = (examination: Examination): string => {
  const [reason, seen] = [
    "reason" in examination ? plain(examination.reason) : "",
    "seen" in examination && examination.seen ? plain(examination.seen) : "",
  ];
  return `${examination.status}: ${[reason, seen].filter((part) => part !== "").join(" | ")}`;
};

const withCoverage = (parts: Partial<Coverage>, more: Parameters<typeof collected>[0] = {}) =>
  collected({ coverage: coverage(parts), ...more });
const benchmark = (changes: readonly CriticalChange[], parts: Partial<Coverage> = {}, more: Parameters<typeof collected>[0] = {}) =>
  said(benchmarkCovers(withCoverage({ critical: changes, ...parts }, more)));
const named = { what: "benchmark", why: "named", name: "test_total" } as const;

describe("a benchmark covers critical changes", () => {
  it("is passed with which measurement covers which path", () => {
    const declared = { what: "endpoint", why: "declared", name: "GET /cart" } as const;
    expect(benchmark([critical({ covers: [named, declared] })], { measured: 2 })).toBe(
      "complete: 1 critical change: src/checkout/total.ts: benchmark test_total (by its name) and others",
    );
    expect(benchmark([critical({ covers: [declared] })])).toContain("endpoint GET /cart (declared)");
    const file = { what: "benchmark file", why: "named", name: "bench/total.ts" } as const;
    expect(benchmark([critical({ covers: [file] })])).toContain("changed with it, bench/total.ts (by its name)");
    const test = { what: "test", why: "traced", name: "test cart" } as const;
    expect(benchmark([critical({ covers: [test] })])).toContain("test test cart (as its record shows)");
    const routed = { what: "endpoint", why: "routed", name: "GET /a" } as const;
    expect(benchmark([critical({ covers: [routed] })])).toContain("endpoint GET /a (its route stands there)");
  });

  it("is not checked where benchmarks were measured and nothing says that one of them runs the code", () => {
    const open = critical({ name: "src/a.ts" });
    expect(benchmark([critical({ covers: [named] }), open], { measured: 12 })).toBe(
      "partial: 12 benchmarks were measured at this head; nothing says that src/a.ts runs there: look, or name it under covered_by of critical | 2 critical changes: src/a.ts: nothing of this head; src/checkout/total.ts: benchmark test_total (by its name)",
    );
    expect(benchmark([open], { changedBenchmarks: ["bench/x.ts"] })).toContain("bench/x.ts changed; nothing says");
  });

  it("is not passed where nothing was measured, whatever the rule about it is set to", () => {
    expect(benchmark([critical()])).toContain("partial: no benchmark was measured at this head or changed with it");
  });

  it("is not checked before any result has come", () => {
    expect(benchmark([critical()], {}, { results: null })).toContain("partial: nothing of this kind");
  });

  it("is about endpoints with a budget, too", () => {
    const endpoint = critical({ kind: "endpoint", name: "GET /api/cart" });
    expect(benchmark([endpoint])).toContain(
      "partial: GET /api/cart has a budget and its code changed, but no result of this head measured it",
    );
    expect(benchmark([{ ...endpoint, covers: [{ what: "endpoint", why: "measured", name: "GET /api/cart" }] }])).toContain("complete:");
  });

  it("names three, those without an answer first, and counts the rest", () => {
    const many = ["a", "b", "c", "d", "e"].map((name) => critical({ name, covers: name === "e" ? [] : [named] }));
    expect(benchmark(many, { measured: 1 })).toMatch(/5 critical changes: e: nothing of this head; a: .*; b: .*; and 2 more$/);
  });

  it("does not apply where nothing critical changed", () => {
    expect(benchmark([])).toBe("not-applicable: none of the 0 changed files is critical or holds an endpoint with a budget");
    expect(said(benchmarkCovers(collected({ coverage: null })))).toContain("partial:");
  });
});

const loadTest = (
  parts: Partial<Coverage>,
  changes: Partial<Evidence["changes"]> = {},
  results: Evidence["results"] | null = nothing.results,
) => said(loadTestUpdated(withCoverage(parts, { changes: { ...nothing.changes, ...changes }, results })));
const k6 = { files: ["k6/shop.js"], requests: [] };
const routes = (...value: readonly ReturnType<typeof route>[]) => ({ routes: { status: "collected", value } as const });
const asked = [{ what: "load test", why: "requested", name: "k6/shop.js", line: 12 }] as const;
const endpoints = [{ pattern: "/api/cart", path: "src/a.py", line: 3 }];

describe("the load test is updated", () => {
  it("is passed when every route that changed is requested or measured", () => {
    expect(loadTest({ ...routes(route("GET /a", { covers: asked }), route("POST /b", { how: "removed" })), loadTests: k6 })).toBe(
      "complete: 2 routes: GET /a (added): requested by k6/shop.js:12; POST /b (removed); 1 load-test file read",
    );
    const measured = [{ what: "endpoint", why: "measured", name: "GET http://h/a" }] as const;
    expect(loadTest({ ...routes(route("GET /a", { covers: measured })), loadTests: k6 })).toContain(
      "GET /a (added): endpoint GET http://h/a",
    );
  });

  it("is not checked while a route that changed is requested by nothing", () => {
    expect(loadTest({ ...routes(route("GET /a", { how: "changed" })), loadTests: k6 })).toBe(
      "partial: no load test requests GET /a: add it, or tick this line if it sees no load | 1 route: GET /a (changed): nothing of this head; 1 load-test file read",
    );
  });

  it("is not checked while not every load test was read", () => {
    const cut = { ...k6, incomplete: text`only changed load tests were read: too large` };
    expect(loadTest({ ...routes(route("GET /a", { covers: asked })), loadTests: cut })).toMatch(
      /^partial: only changed load tests were read/,
    );
  });

  it("is not checked where the code was read and its routes were not", () => {
    const absent = { routes: { status: "absent", reason: text`too many calls` } } as const;
    expect(loadTest(absent)).toBe("partial: too many calls");
    expect(said(loadTestUpdated(withCoverage(absent, { source: null })))).toMatch(/^not-applicable/);
  });

  it("does not apply to a repository without load tests, and says so with the routes", () => {
    expect(loadTest(routes(route("GET /a")))).toBe(
      "not-applicable: 1 route changed (GET /a (added): nothing of this head), but no load test is known: name its files under paths.load_tests",
    );
  });

  it("does not apply where no route and no endpoint with a budget is touched", () => {
    expect(loadTest({})).toBe("not-applicable: no route and no endpoint with a budget in the 0 changed files");
  });

  it("asks for a figure of a changed endpoint with a budget, or for a load test that changed with it", () => {
    expect(loadTest({}, { endpoints })).toBe("complete: 1 changed endpoint with a budget (/api/cart), 0 changed load-test files");
    expect(loadTest({}, { endpoints }, null)).toMatch(/^partial: nothing of this kind/);
    expect(loadTest({}, { endpoints, loadTests: ["k6/shop.js"] }, null)).toMatch(/^complete/);
  });

  it("is as open as the more open one of both", () => {
    expect(loadTest({ ...routes(route("GET /a", { how: "changed" })), loadTests: k6 }, { endpoints })).toMatch(
      /^partial: no load test requests GET \/a.*\| 1 changed endpoint .*; 1 route: /,
    );
    expect(loadTest({ ...routes(route("GET /a", { covers: asked })), loadTests: k6 }, { endpoints })).toMatch(
      /^complete: 1 changed endpoint .*; 1 route/,
    );
  });
});
