import { describe, expect, it } from "vitest";
import type { Changes } from "../../../src/model/evidence.js";
import type { BudgetResult } from "../../../src/model/judgement.js";
import { plain } from "../../../src/model/text.js";
import { endpointChangeWithoutLoadTest } from "../../../src/rules/tests/endpoint-change-without-load-test.js";
import { budgetResult, changes } from "../judged.js";

const unmeasured = { decision: "no-data", actual: null, values: [], headroom: null, absence: "no-artifact" } as const;
const check = (parts: Partial<Changes>, ...budgets: readonly Partial<BudgetResult>[]) =>
  endpointChangeWithoutLoadTest.check({ changes: changes(parts), budgets: budgets.map(budgetResult) }, {});
const at = (pattern: string, path = "src/routes.ts") => ({ pattern, path, line: 7 });
const endpoints = [at("/api/checkout")];
const loadTest = (head: string): Partial<Changes> => ({
  files: [{ path: "k6/shop.js", status: "modified", head }],
  loadTests: ["k6/shop.js"],
});

describe("tests/endpoint-change-without-load-test", () => {
  it("warns at the line that names the endpoint", () => {
    const [finding] = check({ endpoints }, unmeasured);
    expect(finding).toMatchObject({ severity: "warning", at: { path: "src/routes.ts", line: 7 } });
    expect(plain(finding!.message)).toContain("/api/checkout has a budget and its code changed");
  });

  it("warns once for an endpoint that several files name", () => {
    expect(check({ endpoints: [...endpoints, at("/api/checkout", "src/other.ts")] }, unmeasured)).toHaveLength(1);
  });

  it("warns when only another endpoint was measured", () => {
    expect(check({ endpoints }, unmeasured, { endpoint: "/api/products" })).toHaveLength(1);
  });

  it("warns when the changed load test is about another endpoint", () => {
    expect(check({ endpoints, ...loadTest('http.get("/api/products")') }, unmeasured)).toHaveLength(1);
  });

  it("warns when the endpoint stands in a changed file that is no load test", () => {
    const files = [{ path: "src/routes.ts", status: "modified", head: '"/api/checkout"' } as const];
    expect(check({ endpoints, files }, unmeasured)).toHaveLength(1);
  });

  it("warns when the load test was only removed", () => {
    const files = [{ path: "k6/shop.js", status: "removed", base: '"/api/checkout"' } as const];
    expect(check({ endpoints, files }, unmeasured)).toHaveLength(1);
  });

  it("is silent when no budgeted endpoint changed", () => {
    expect(check({}, unmeasured)).toEqual([]);
  });

  it("is silent when the endpoint was measured at this head, well or badly", () => {
    expect(check({ endpoints }, {})).toEqual([]);
    expect(check({ endpoints }, { decision: "fail", values: [0.3] })).toEqual([]);
    expect(check({ endpoints }, unmeasured, { metric: "throughput_min" })).toEqual([]);
  });

  it("is silent when a changed load test names the endpoint", () => {
    expect(check({ endpoints, ...loadTest("http.get(`$" + "{BASE}/api/checkout`)") }, unmeasured)).toEqual([]);
  });

  it.each(["http.get('/api/users/7')", "http.get(`/api/users/$" + "{id}`)", 'self.client.get("/api/users/%d" % id)'])(
    "is silent when a load test fills the parameter in its own way: %s",
    (head) => {
      expect(check({ endpoints: [at("GET /api/users/{id}")], ...loadTest(head) }, unmeasured)).toEqual([]);
    },
  );

  it("is silent about a name without a path that the load test uses", () => {
    expect(check({ endpoints: [at("checkout page")], ...loadTest("tags: { name: 'checkout page' }") }, unmeasured)).toEqual([]);
  });
});
