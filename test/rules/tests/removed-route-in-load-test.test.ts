import { describe, expect, it } from "vitest";
import type { Cover, CoveredRoute } from "../../../src/model/coverage.js";
import { plain, text } from "../../../src/model/text.js";
import { removedRouteInLoadTest } from "../../../src/rules/tests/removed-route-in-load-test.js";
import { coverage, route } from "../judged.js";

const asked = (name: string, line: number): Cover => ({ what: "load test", why: "requested", name, line });
const check = (...routes: readonly CoveredRoute[]) =>
  removedRouteInLoadTest.check({ coverage: coverage({ routes: { status: "collected", value: routes } }) }, {});
const gone = (covers: readonly Cover[], parts: { readonly whole?: boolean; readonly how?: CoveredRoute["how"] } = {}) =>
  route("GET /orders", { how: "removed", covers, ...parts });

describe("tests/removed-route-in-load-test", () => {
  it("notes at the load test that it requests a route that is gone", () => {
    const [finding] = check(gone([asked("k6/shop.js", 12)]));
    expect(finding).toMatchObject({ severity: "notice", at: { path: "k6/shop.js", line: 12 } });
    expect(plain(finding!.message)).toBe("k6/shop.js still requests /orders, which this change takes out of src/routes.ts");
  });

  it("says why that matters and what to do", () => {
    expect(plain(check(gone([asked("k6/shop.js", 12)]))[0]!.help)).toContain("Take the request out of the load test");
  });

  it("notes each place that requests it", () => {
    expect(check(gone([asked("k6/a.js", 1), asked("k6/b.js", 2)])).map(({ at }) => at?.path)).toEqual(["k6/a.js", "k6/b.js"]);
  });

  it("notes each route that is gone", () => {
    expect(check(gone([asked("k6/a.js", 1)]), gone([asked("k6/a.js", 9)]))).toHaveLength(2);
  });

  it("stands at the first line where the place is not known", () => {
    expect(check(gone([{ what: "load test", why: "requested", name: "k6/a.js" }]))[0]?.at?.line).toBe(1);
  });

  it.each<[string, CoveredRoute]>([
    ["no load test requests it", gone([])],
    ["only the path's end is known, which another route may have", gone([asked("k6/a.js", 1)], { whole: false })],
    ["the route is still there", gone([asked("k6/a.js", 1)], { how: "changed" })],
    ["the route is new", gone([asked("k6/a.js", 1)], { how: "added" })],
    ["a result measured it, and no file requests it", gone([{ what: "endpoint", why: "measured", name: "GET /orders" }])],
  ])("is silent when %s", (_, given) => {
    expect(check(given)).toEqual([]);
  });

  it("is silent when the code was not read", () => {
    const absent = { status: "absent", reason: text`no source code` } as const;
    expect(removedRouteInLoadTest.check({ coverage: coverage({ routes: absent }) }, {})).toEqual([]);
  });
});
