import { describe, expect, it } from "vitest";
import type { CoveredRoute, LoadTests } from "../../../src/model/coverage.js";
import { plain, text } from "../../../src/model/text.js";
import { routeWithoutLoadTest } from "../../../src/rules/tests/route-without-load-test.js";
import { coverage, route } from "../judged.js";

const k6: LoadTests = { files: ["k6/shop.js"], requests: [] };
const check = (routes: readonly CoveredRoute[], loadTests: LoadTests = k6) =>
  routeWithoutLoadTest.check({ coverage: coverage({ routes: { status: "collected", value: routes }, loadTests }) }, {});

describe("tests/route-without-load-test", () => {
  it("notes a new route that no load test requests, at its registration", () => {
    const [finding] = check([route("GET /users/:id")]);
    expect(finding).toMatchObject({ severity: "notice", at: { path: "src/routes.ts", line: 3 } });
    expect(plain(finding!.message)).toBe("GET /users/:id is new, and none of the 1 load-test file requests it");
  });

  it("tells of several of one file together, three by name", () => {
    const findings = check(["GET /a", "GET /b", "POST /c", "GET /d"].map((written) => route(written)));
    expect(findings).toHaveLength(1);
    expect(plain(findings[0]!.message)).toContain("GET /a, GET /b, POST /c and 1 more are new");
  });

  it("tells of each file", () => {
    expect(check([route("GET /a"), route("GET /b", { file: "src/other.ts" })]).map(({ at }) => at?.path)).toEqual([
      "src/routes.ts",
      "src/other.ts",
    ]);
  });

  it("notes one for any method, and one that is the end of a path", () => {
    expect(check([route(" /a", { route: { ...route("GET /a").route, method: null } })])).toHaveLength(1);
    expect(check([route("GET /a", { whole: false })])).toHaveLength(1);
  });

  it("notes those that are missing among others that are requested", () => {
    const covers = [{ what: "load test", why: "requested", name: "k6/shop.js", line: 3 }] as const;
    expect(plain(check([route("GET /a", { covers }), route("GET /b")])[0]!.message)).toMatch(/^GET \/b is new/);
  });

  it.each<[string, readonly CoveredRoute[], LoadTests]>([
    ["a load test requests it", [route("GET /a", { covers: [{ what: "load test", why: "requested", name: "k6/shop.js" }] })], k6],
    ["a result of this head measured it", [route("GET /a", { covers: [{ what: "endpoint", why: "measured", name: "GET /a" }] })], k6],
    ["the repository has no load test", [route("GET /a")], { files: [], requests: [] }],
    ["not every load test was read", [route("GET /a")], { ...k6, incomplete: text`too many` }],
    ["the route was there before", [route("GET /a", { how: "changed" })], k6],
    ["the route is gone", [route("GET /a", { how: "removed" })], k6],
    ["no route changed", [], k6],
  ])("is silent when %s", (_, routes, loadTests) => {
    expect(check(routes, loadTests)).toEqual([]);
  });

  it("is silent when the code was not read", () => {
    const absent = { status: "absent", reason: text`no source code` } as const;
    expect(routeWithoutLoadTest.check({ coverage: coverage({ routes: absent, loadTests: k6 }) }, {})).toEqual([]);
  });
});
