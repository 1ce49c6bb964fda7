import { expect, test } from "vitest";
import { issueCommentEvent } from "../../src/events/issue-comment.js";
import type { Boxes } from "../../src/model/verdict.js";
import { FakeGitHub, RequestError } from "../github/fake-github.js";
import { APP, known, person, place, Stage } from "./stage.js";

const BOT = { id: 1, login: "redline[bot]", type: "Bot" };

const line = (item: string, ticked: boolean, basis = "b1"): string =>
  `- [${ticked ? "x" : " "}] **A line** <!-- item:${item} ${basis} --> — why`;

const body = (complexity: boolean, timeouts: boolean, basis?: string): string =>
  [line("algorithms/complexity", complexity, basis), line("resources/timeouts", timeouts, basis)].join("\n");

const payload = (
  before: string | undefined,
  after: string,
  changed: { sender?: object; issue?: object; app?: object | null; at?: string } = {},
) => ({
  ...place,
  action: "edited",
  issue: changed.issue ?? { number: 5, pull_request: {} },
  comment: {
    body: after,
    updated_at: changed.at ?? "2026-01-05T08:30:00Z",
    user: BOT,
    performed_via_github_app: changed.app === undefined ? { id: APP } : changed.app,
  },
  changes: before === undefined ? {} : { body: { from: before } },
  sender: changed.sender ?? person,
});

const writer = (permission = "write") =>
  new FakeGitHub({ "GET /repos/{owner}/{repo}/collaborators/{username}/permission": () => ({ permission, role_name: "custom" }) });

/** A pull request whose comment showed both boxes, on the head `head` unless others are given. */
function staged(published: readonly Boxes[] = [shown("head")], headSha = "head"): Stage {
  const stage = new Stage([known({ headSha })]);
  for (const boxes of published) {
    stage.verdicts.push({ conclusion: "success", advisory: false, title: [], action: [], violations: [], boxes });
  }
  return stage;
}

function shown(sha: string, basis = "b1"): Boxes {
  return { sha, basis: { "algorithms/complexity": basis, "resources/timeouts": basis } };
}

const items = (stage: Stage) => stage.ticks.map(({ item }) => item);

test("a tick is recorded with name, account, time, head and what it was about", async () => {
  const stage = staged();
  const github = writer();
  await stage.handle(issueCommentEvent, payload(body(false, false), body(true, false)), github);
  expect(stage.ticks).toEqual([
    { item: "algorithms/complexity", by: "alice", account: { id: 30, bot: false }, at: "2026-01-05T08:30:00Z", sha: "head", basis: "b1" },
  ]);
  expect(stage.dirty).toEqual([[5, "issue_comment.edited"]]);
  expect(github.sent).toMatchObject([{ parameters: { owner: "acme", repo: "shop", username: "alice" } }]);
});

test("GitHub is asked once for an edit, and not at all when no box was turned on", async () => {
  const stage = staged();
  const github = writer();
  await stage.handle(issueCommentEvent, payload(body(false, false), body(true, true)), github);
  expect(github.sent).toHaveLength(1);
  await stage.handle(issueCommentEvent, payload(body(true, true), `${body(true, false)}\nhello`), github);
  expect(github.sent).toHaveLength(1);
});

test("a tick that is taken back is withdrawn, and told apart because it may close a gate", async () => {
  const stage = staged();
  await stage.handle(issueCommentEvent, payload(body(false, false), body(true, true)), writer());
  await stage.handle(issueCommentEvent, payload(body(true, true), body(true, false)));
  expect(items(stage)).toEqual(["algorithms/complexity"]);
  expect(stage.dirty.at(-1)).toEqual([5, "issue_comment.unticked"]);
});

test("a tick whose removal was told first is withdrawn as of its time", async () => {
  const stage = staged();
  await stage.handle(issueCommentEvent, payload(body(true, false), body(false, false), { at: "2026-01-05T08:31:00Z" }));
  expect(stage.withdrawn).toEqual([["algorithms/complexity", "2026-01-05T08:31:00Z"]]);
  expect(stage.dirty).toEqual([[5, "issue_comment.edited"]]);
});

test("only the boxes that this edit turned count, whatever else is ticked", async () => {
  const stage = staged();
  await stage.handle(issueCommentEvent, payload(body(true, false), body(true, true)), writer());
  expect(items(stage)).toEqual(["resources/timeouts"]);
});

test("without the earlier text, the boxes are compared with what is recorded", async () => {
  const stage = staged();
  await stage.handle(issueCommentEvent, payload(undefined, body(true, false)), writer());
  await stage.handle(issueCommentEvent, payload(undefined, body(true, false)), writer());
  expect(items(stage)).toEqual(["algorithms/complexity"]);
});

test("a tick on the comment of an older head is recorded for that head", async () => {
  const stage = staged([shown("older", "b0"), shown("head", "b1")]);
  await stage.handle(issueCommentEvent, payload(body(false, false, "b0"), body(true, false, "b0")), writer());
  expect(stage.ticks).toMatchObject([{ sha: "older", basis: "b0" }]);
});

test("a tick counts for what was shown, whatever the edit makes of the hidden mark", async () => {
  const stage = staged([shown("head", "b1"), shown("next", "b2")]);
  await stage.handle(issueCommentEvent, payload(body(false, false, "b1"), body(true, false, "b2")), writer());
  expect(stage.ticks).toMatchObject([{ sha: "head", basis: "b1" }]);
});

test.each([
  ["a mark that we never published", body(false, false, "dead"), body(true, false, "dead")],
  ["a line that the edit put in", body(false, false), `${body(false, false)}\n${line("queries/bounded", true)}`],
  ["a thousand lines of nobody's", "", Array.from({ length: 1000 }, (_, n) => line(`own/a-line-${n}-00000000`, true)).join("\n")],
])("a tick on %s is not recorded; the comment is put right", async (_, before, after) => {
  const stage = staged();
  const github = writer();
  await stage.handle(issueCommentEvent, payload(before, after), github);
  expect([stage.ticks, stage.withdrawn, github.sent]).toEqual([[], [], []]);
  expect(stage.dirty).toEqual([[5, "issue_comment.edited"]]);
});

test.each(["read", "none"])("a tick of somebody whose permission is %s is not recorded; the comment is put right", async (permission) => {
  const stage = staged();
  await stage.handle(issueCommentEvent, payload(body(false, false), body(true, false)), writer(permission));
  expect(stage.ticks).toEqual([]);
  expect(stage.dirty).toEqual([[5, "issue_comment.edited"]]);
});

test("a tick is tried again when GitHub does not answer whether it may", async () => {
  const stage = staged();
  const failing = new FakeGitHub({
    "GET /repos/{owner}/{repo}/collaborators/{username}/permission": () => {
      throw new RequestError(502);
    },
  });
  await expect(stage.handle(issueCommentEvent, payload(body(false, false), body(true, false)), failing)).rejects.toThrow();
  expect([stage.ticks, stage.dirty]).toEqual([[], []]);
});

test("another bot's tick is marked as one; it has no role that could be asked for", async () => {
  const stage = staged();
  const github = new FakeGitHub();
  const sender = { id: 99, login: "github-actions[bot]", type: "Bot" };
  await stage.handle(issueCommentEvent, payload(body(false, false), body(true, false), { sender }), github);
  expect(stage.ticks).toMatchObject([{ by: "github-actions[bot]", account: { id: 99, bot: true } }]);
  expect(github.sent).toEqual([]);
});

test.each([
  ["our own edit", { sender: BOT }],
  ["an edit of somebody's own comment", { app: null }],
  ["an edit of another App's comment", { app: { id: 8 } }],
  ["a comment on an issue", { issue: { number: 5 } }],
  ["a pull request that we do not know", { issue: { number: 6, pull_request: {} } }],
])("%s records nothing", async (_, changed) => {
  const stage = staged();
  await stage.handle(issueCommentEvent, payload(body(false, false), body(true, true), changed), writer());
  expect([stage.ticks, stage.dirty]).toEqual([[], []]);
});

test("an edit of our words records nothing, and has the worker put them right", async () => {
  const stage = staged();
  await stage.handle(issueCommentEvent, payload(body(true, false), `Thanks!\n${body(true, false)}`));
  expect(stage.ticks).toEqual([]);
  expect(stage.edited).toEqual([5]);
  expect(stage.dirty).toEqual([[5, "issue_comment.edited"]]);
});
