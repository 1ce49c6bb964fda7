import { expect, test } from "vitest";
import { checkRunEvent } from "../../src/events/check-run.js";
import { issueCommentEvent } from "../../src/events/issue-comment.js";
import { pushEvent } from "../../src/events/push.js";
import { APP, known, person, place, Stage } from "./stage.js";

const at = "2026-01-05T08:30:00Z";

const comment = (action: string, body: string, parts: { readonly issue?: object; readonly sender?: object } = {}) => ({
  ...place,
  action,
  issue: parts.issue ?? { number: 5, pull_request: {} },
  comment: { id: 77, body, created_at: at, updated_at: at, user: { id: person.id }, performed_via_github_app: null },
  sender: parts.sender ?? person,
});

test("a comment that asks for an override is kept with its author, time and reason, and marks", async () => {
  const stage = new Stage([known()]);
  await stage.handle(issueCommentEvent, comment("created", "/redline override one-off import"));
  expect(stage.asks).toEqual([{ of: 5, key: "comment:77", kind: "command", at, by: person, headSha: null, reason: "one-off import" }]);
  expect(stage.dirty).toEqual([[5, "issue_comment.command"]]);
});

test.each([
  ["another comment", comment("created", "please /redline override")],
  ["an edit that makes it a command", comment("edited", "/redline override x")],
  ["a comment on an issue", comment("created", "/redline override x", { issue: { number: 5 } })],
  ["a comment that somebody else is said to have sent", comment("created", "/redline override x", { sender: { ...person, id: 31 } })],
  ["a pull request that nobody knows", comment("created", "/redline override x", { issue: { number: 9, pull_request: {} } })],
])("%s asks for nothing", async (_, payload) => {
  const stage = new Stage([known()]);
  await stage.handle(issueCommentEvent, payload);
  expect({ asks: stage.asks, dirty: stage.dirty }).toEqual({ asks: [], dirty: [] });
});

test("the comment's deletion takes it back", async () => {
  const stage = new Stage([known()]);
  await stage.handle(issueCommentEvent, comment("deleted", "/redline override x", { sender: { ...person, id: 31 } }));
  expect(stage.gone).toEqual(["comment:77"]);
  expect(stage.dirty).toEqual([[5, "issue_comment.withdrawn"]]);
});

const press = (parts: object = {}, identifier = "request-override") => ({
  ...place,
  action: "requested_action",
  check_run: { id: 3, name: "redline/main", completed_at: at, head_sha: "head", app: { id: APP }, pull_requests: [], ...parts },
  requested_action: { identifier },
  sender: person,
});

test("the button asks for the head and base branch of its check, and an old event that is sent again is the same request (R08)", async () => {
  const stage = new Stage([known(), known({ number: 6, baseRef: "release" }), known({ number: 7, headSha: "other" })]);
  await stage.handle(checkRunEvent, press());
  await stage.handle(checkRunEvent, press());
  expect(stage.asks.map(({ of, key, headSha }) => [of, key, headSha])).toEqual([
    [5, `button:3:${at}:30`, "head"],
    [5, `button:3:${at}:30`, "head"],
  ]);
});

test.each([
  ["another button", press({}, "review-again")],
  ["a check of another App", press({ app: { id: APP + 1 } })],
  ["a check that shows nothing yet", press({ completed_at: null })],
])("%s asks for nothing", async (_, payload) => {
  const stage = new Stage([known()]);
  await stage.handle(checkRunEvent, payload);
  expect(stage.asks).toEqual([]);
});

test("whoever pushes a branch is kept with its tip (O01)", async () => {
  const stage = new Stage();
  await stage.handle(pushEvent, { ...place, ref: "refs/heads/discounts", after: "head", sender: person });
  expect(stage.pushers).toEqual([["head", 30]]);
});
