import { expect, test } from "vitest";
import { issueCommentEvent } from "../../src/events/issue-comment.js";
import { APP, known, person, place, Stage } from "./stage.js";

const line = (item: string, ticked: boolean): string => `- [${ticked ? "x" : " "}] <!-- item:${item} --> a line`;

const body = (complexity: boolean, timeouts: boolean): string =>
  [line("algorithms/complexity", complexity), line("resources/timeouts", timeouts)].join("\n");

const payload = (before: string | undefined, after: string, changed: { sender?: object; issue?: object; app?: object | null } = {}) => ({
  ...place,
  action: "edited",
  issue: changed.issue ?? { number: 5, pull_request: {} },
  comment: {
    body: after,
    updated_at: "2026-01-05T08:30:00Z",
    performed_via_github_app: changed.app === undefined ? { id: APP } : changed.app,
  },
  changes: before === undefined ? {} : { body: { from: before } },
  sender: changed.sender ?? person,
});

test("a tick is recorded with name, time and head", async () => {
  const stage = new Stage([known()]);
  await stage.handle(issueCommentEvent, payload(body(false, false), body(true, false)));
  expect(stage.ticks).toEqual([{ item: "algorithms/complexity", by: "alice", at: "2026-01-05T08:30:00Z", sha: "head" }]);
  expect(stage.dirty).toEqual([[5, "issue_comment.edited"]]);
});

test("a tick that is taken back is withdrawn", async () => {
  const stage = new Stage([known()]);
  await stage.handle(issueCommentEvent, payload(body(false, false), body(true, true)));
  await stage.handle(issueCommentEvent, payload(body(true, true), body(true, false)));
  expect(stage.ticks.map(({ item }) => item)).toEqual(["algorithms/complexity"]);
});

test("only the boxes that this edit turned count, whatever else is ticked", async () => {
  const stage = new Stage([known()]);
  await stage.handle(issueCommentEvent, payload(body(true, false), body(true, true)));
  expect(stage.ticks.map(({ item }) => item)).toEqual(["resources/timeouts"]);
});

test("without the earlier text, the boxes are compared with what is recorded", async () => {
  const stage = new Stage([known()]);
  await stage.handle(issueCommentEvent, payload(undefined, body(true, false)));
  await stage.handle(issueCommentEvent, payload(undefined, body(true, false)));
  expect(stage.ticks.map(({ item }) => item)).toEqual(["algorithms/complexity"]);
});

test.each([
  ["our own edit", { sender: { id: 1, login: "redline[bot]", type: "Bot" } }],
  ["an edit of somebody's own comment", { app: null }],
  ["an edit of another App's comment", { app: { id: 8 } }],
  ["a comment on an issue", { issue: { number: 5 } }],
  ["a pull request that we do not know", { issue: { number: 6, pull_request: {} } }],
])("%s records nothing", async (_, changed) => {
  const stage = new Stage([known()]);
  await stage.handle(issueCommentEvent, payload(body(false, false), body(true, true), changed));
  expect([stage.ticks, stage.dirty]).toEqual([[], []]);
});

test("an edit of our words records nothing, and has the worker put them right", async () => {
  const stage = new Stage([known()]);
  await stage.handle(issueCommentEvent, payload(body(true, false), `Thanks!\n${body(true, false)}`));
  expect(stage.ticks).toEqual([]);
  expect(stage.dirty).toEqual([[5, "issue_comment.edited"]]);
});
