import { describe, expect, test } from "vitest";
import { classify, failedAs, GitHubError, NoCommonAncestorError } from "../../src/github/errors.js";
import { plain } from "../../src/model/text.js";
import { RequestError } from "./fake-github.js";

const ROUTE = "POST /repos/{owner}/{repo}/check-runs";

const of = (status: number, message = "", headers: Record<string, string> = {}) =>
  classify(ROUTE, new RequestError(status, message, headers));

describe("what a failed request means", () => {
  test.each([
    [401, { kind: "credentials" }],
    [404, { kind: "not-found" }],
    [409, { kind: "conflict" }],
    [410, { kind: "gone" }],
    [422, { kind: "invalid" }],
    [500, { kind: "ambiguous" }],
    [502, { kind: "ambiguous" }],
    [504, { kind: "ambiguous" }],
    [418, { kind: "unexpected" }],
  ])("%i", (status, failure) => {
    expect(of(status)).toEqual(failure);
  });

  test.each([
    ["a connection reset", new TypeError("fetch failed")],
    ["an abort", new DOMException("The operation was aborted due to timeout", "TimeoutError")],
    ["anything without an answer", "nonsense"],
  ])("%s is ambiguous: GitHub may have done it", (_, error) => {
    expect(classify(ROUTE, error)).toEqual({ kind: "ambiguous" });
  });
});

describe("a missing permission", () => {
  const sentence = (failure: ReturnType<typeof classify>): string =>
    failure.kind === "permission" ? plain(failure.sentence) : failure.kind;

  test("is named as GitHub names it, with the way to mend it", () => {
    const failure = of(403, "Resource not accessible by integration", { "x-accepted-github-permissions": "checks=write" });
    expect(sentence(failure)).toBe(
      "the App lacks the permission checks: write here (POST /repos/{owner}/{repo}/check-runs); grant it in the App's settings and accept it in the installation's",
    );
  });

  test("is named from our own table where GitHub names none", () => {
    expect(sentence(of(403, "Resource not accessible by integration"))).toContain("the permission checks: write");
  });

  test("is told from another refusal, whose words are shown", () => {
    expect(sentence(of(403, "Must have admin rights to Repository."))).toContain("Must have admin rights");
  });

  test("of a GraphQL query is the query's", () => {
    const error = Object.assign(new Error("x"), { name: "GraphqlResponseError", errors: [{ type: "FORBIDDEN", message: "x" }] });
    expect(sentence(classify("query PullRequestFacts", error))).toContain("contents: read, pull_requests: read");
  });
});

describe("a rate limit says how long to wait", () => {
  test.each([
    ["429 with retry-after", of(429, "", { "retry-after": "17" }), 17_000],
    ["403 with retry-after", of(403, "You have exceeded a secondary rate limit", { "retry-after": "30" }), 30_000],
    ["a secondary limit that names no time", of(403, "You have exceeded a secondary rate limit"), 60_000],
    [
      "the primary limit, by GitHub's clock and not ours",
      of(403, "API rate limit exceeded", {
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": String(Date.parse("2001-01-01T00:10:00Z") / 1000),
        date: "Mon, 01 Jan 2001 00:00:00 GMT",
      }),
      600_000,
    ],
    [
      "a reset that has passed",
      of(403, "API rate limit exceeded", {
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": String(Date.parse("2001-01-01T00:00:00Z") / 1000),
        date: "Mon, 01 Jan 2001 00:10:00 GMT",
      }),
      1_000,
    ],
  ])("%s", (_, failure, retryAfterMs) => {
    expect(failure).toEqual({ kind: "rate-limited", retryAfterMs });
  });

  test("in GraphQL as well", () => {
    const error = Object.assign(new Error("x"), { name: "GraphqlResponseError", errors: [{ type: "RATE_LIMITED", message: "x" }] });
    expect(classify("query Blobs", error)).toEqual({ kind: "rate-limited", retryAfterMs: 60_000 });
  });
});

test("an error says which request failed and how", () => {
  const error = new GitHubError(ROUTE, { kind: "invalid" }, new RequestError(422, "too long"));
  expect(error.message).toBe("POST /repos/{owner}/{repo}/check-runs: invalid (too long)");
  expect([failedAs(error, "invalid"), failedAs(error, "gone"), failedAs(new Error("x"), "invalid")]).toEqual([true, false, false]);
});

test("commits without a common ancestor are named short, with what to do", () => {
  expect(plain(new NoCommonAncestorError("a".repeat(40), "b".repeat(40)).sentence)).toMatch(
    /^aaaaaaa and bbbbbbb have no common ancestor; /,
  );
});

describe("what only an event can end", () => {
  test.each([
    ["a suspended installation", new RequestError(403, "This installation has been suspended"), "suspended"],
    ["an archived repository", new RequestError(403, "Repository was archived so is read-only."), "archived"],
    [
      "an App that was uninstalled",
      Object.assign(new RequestError(404, "Not Found"), { request: { url: "https://api.github.test/app/installations/7/access_tokens" } }),
      "uninstalled",
    ],
  ])("is %s (R21)", (_, error, why) => {
    expect(classify("GET /repos/{owner}/{repo}/pulls", error)).toEqual({ kind: "parked", why });
  });
});
