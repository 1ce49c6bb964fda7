import { describe, expect, test } from "vitest";
import { endpoints, errorRateOf, failures, requestsOf, samplesOf, vacuous } from "../../src/formats/k6-endpoints.js";

const found = (metrics: Record<string, Record<string, unknown>>) =>
  endpoints(new Map(Object.entries(metrics).map(([name, values]) => [name, { values, crossed: [] }])));

describe("the endpoints of a k6 run", () => {
  test("gather the metrics of one selector", () => {
    expect(
      found({
        http_reqs: { count: 9 },
        "http_req_duration{name:/a}": { med: 1 },
        "http_req_duration{name:/a,expected_response:true}": { med: 2 },
        "http_req_failed{name:/a}": { rate: 0.5 },
        "http_reqs{name:/a}": { count: 4 },
      }),
    ).toEqual({
      total: { name: "*", requests: { count: 9 } },
      tagged: [{ name: "/a", all: { med: 1 }, successes: { med: 2 }, failed: { rate: 0.5 }, requests: { count: 4 } }],
    });
  });

  test("leave out other metrics, and those of failed requests only", () => {
    const metrics = { vus: {}, toString: {}, "http_req_waiting{name:/a}": {}, "http_req_duration{expected_response:false}": { med: 1 } };
    expect(found(metrics)).toEqual({ total: { name: "*" }, tagged: [] });
  });

  test("two selectors with one name stay apart: the tag `name` has it, the other is called by its tags", () => {
    const metrics = {
      "http_req_duration{group:::pay}": { med: 1 },
      "http_req_duration{name:pay}": { med: 2 },
      "http_reqs{name:*}": { count: 1 },
    };
    expect(found(metrics).tagged.map(({ name }) => name)).toEqual(["group:::pay", "name:*", "pay"]);
    expect(found(metrics).tagged.at(-1)?.all).toEqual({ med: 2 });
  });
});

describe("the counts of an endpoint", () => {
  test("`passes` of http_req_failed are the failed requests", () => {
    const allGood = { name: "*", failed: { rate: 0, passes: 0, fails: 20 } };
    expect([failures(allGood), requestsOf(allGood), errorRateOf(allGood)]).toEqual([0, 20, 0]);
  });

  test("requests are counted by http_reqs, else by http_req_failed, else by the trend, else not at all", () => {
    const failed = { passes: 1, fails: 2 };
    expect(requestsOf({ name: "a", requests: { count: 5 }, failed, all: { count: 9 } })).toBe(5);
    expect(requestsOf({ name: "a", failed, all: { count: 9 } })).toBe(3);
    expect(requestsOf({ name: "a", failed: { passes: 1 }, all: { count: 9 } })).toBe(9);
    expect(requestsOf({ name: "a", all: { med: 1 } })).toBeUndefined();
  });

  test("a count that cannot be one is none", () => {
    for (const count of [-1, "5", null, Number.NaN, Number.POSITIVE_INFINITY]) expect(samplesOf({ count })).toBeUndefined();
    expect(samplesOf({ count: 0 })).toBe(0);
  });

  test("the older export calls the rate `value`", () => {
    expect(errorRateOf({ name: "*", failed: { value: 0.01, passes: 1, fails: 99 } })).toBe(0.01);
    expect(errorRateOf({ name: "*", failed: { value: "NaN" } })).toBeNaN();
    expect(errorRateOf({ name: "*" })).toBeUndefined();
  });

  test("all zeros is no sample; a rate of zero with passes or fails is one", () => {
    expect(vacuous({ avg: 0, med: 0, "p(95)": 0 })).toBe(true);
    expect(vacuous({ rate: 0, passes: 0, fails: 20 })).toBe(false);
    expect(vacuous({})).toBe(false);
    expect(vacuous(undefined)).toBe(false);
  });
});
