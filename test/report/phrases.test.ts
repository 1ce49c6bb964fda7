import { describe, expect, test } from "vitest";
import { moment, plain } from "../../src/model/text.js";
import { amount, commit, count, place, ratio, workflowRun } from "../../src/report/phrases.js";
import { HEAD } from "./reviews.js";

const repositoryUrl = "https://github.com/acme/shop";
const at = (path: string, endLine?: number) =>
  place({ path, line: 3, ...(endLine && { endLine }) }, { repositoryUrl, head: { sha: HEAD } });

test.each([
  [0, "0 runs"],
  [1, "1 run"],
  [3, "3 runs"],
])("counts %i as %s", (n, counted) => {
  expect(count(n, "run")).toEqual([counted]);
});

describe("figures", () => {
  test("are ours, in the unit of the value", () => {
    expect(amount(0.231, "s", "latency_p99")).toEqual(["231 ms"]);
    expect(amount(482, "1/s", "throughput_min")).toEqual(["482/s"]);
    expect(ratio(-0.155)).toEqual(["-15.5 %"]);
  });

  test("an error rate is a share", () => {
    expect(amount(0.002, "1", "error_rate_max")).toEqual(["0.2 %"]);
  });

  test("an absent one is said to be none", () => {
    expect(amount(null, "s", "time")).toEqual(["none"]);
    expect(ratio(null)).toEqual(["none"]);
  });
});

describe("times", () => {
  test.each(["2026-11-23T21:04:09Z", "2026-11-23T21:04:09.123Z", "2026-11-23T21:04Z"])("%s is shown to the minute", (time) => {
    expect(moment(time)).toEqual(["2026-11-23 21:04 UTC"]);
  });

  test("anything else is foreign", () => {
    expect(moment("soon @all")).toEqual([{ foreign: "soon @all" }]);
  });
});

test("a commit without a page is no link", () => {
  expect(commit({ sha: HEAD })).toEqual([{ foreign: "5f0c2b1" }]);
  expect(commit({ sha: HEAD, url: "https://x.example" })).toEqual([{ label: "5f0c2b1", url: "https://x.example" }]);
});

test("a later attempt of a run is named", () => {
  expect(plain(workflowRun({ id: 7, attempt: 1, url: "u" }))).toBe("run 7");
  expect(plain(workflowRun({ id: 7, attempt: 2, url: "u" }))).toBe("run 7 (attempt 2)");
});

describe("the place of a finding", () => {
  test("is linked at the head, line by line", () => {
    expect(at("db/a.sql")).toEqual([{ label: "db/a.sql:3", url: `${repositoryUrl}/blob/${HEAD}/db/a.sql#L3` }]);
    expect(at("db/a.sql", 3)).toEqual(at("db/a.sql"));
    expect(at("db/a.sql", 9)).toEqual([{ label: "db/a.sql:3", url: `${repositoryUrl}/blob/${HEAD}/db/a.sql#L3-L9` }]);
  });

  test("escapes what an address or Markdown would read", () => {
    expect(at("a b/(c)'!*?#%.sql")).toEqual([
      { label: "a b/(c)'!*?#%.sql:3", url: `${repositoryUrl}/blob/${HEAD}/a%20b/%28c%29%27%21%2A%3F%23%25.sql#L3` },
    ]);
  });

  test.each(["../../evil", "a/./b", "a//b", "/a", "a\uD800", ""])("%j is not linked", (path) => {
    expect(at(path)).toEqual([{ foreign: `${path}:3` }]);
  });

  test("is not linked without a repository", () => {
    expect(place({ path: "a", line: 1 }, { head: { sha: HEAD } })).toEqual([{ foreign: "a:1" }]);
  });

  test("is not linked to a head that is no commit", () => {
    expect(place({ path: "a", line: 1 }, { repositoryUrl, head: { sha: "work tree" } })).toEqual([{ foreign: "a:1" }]);
  });
});
