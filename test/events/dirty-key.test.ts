import fc from "fast-check";
import { expect, test } from "vitest";
import { identify } from "../../src/events/dirty-key.js";

const place = { installation: { id: 1 }, repository: { id: 2 } };

test("a pull request's event names its key", () => {
  expect(identify("pull_request", { ...place, action: "opened", pull_request: { number: 5 } })).toEqual({
    action: "opened",
    installation: 1,
    repository: 2,
    pull: 5,
    dirty: { key: { installation: 1, repository: 2, number: 5 }, reason: "pull_request.opened" },
  });
});

test("a merge group's event names the group", () => {
  const { dirty } = identify("merge_group", {
    ...place,
    action: "checks_requested",
    merge_group: { head_sha: "abc", head_ref: "queue/main/pr-7-def" },
  });
  expect(dirty).toEqual({ key: { installation: 1, repository: 2, number: 7, group: "abc" }, reason: "merge_group.checks_requested" });
});

test("a comment's event names the pull request, whose mark is the handler's decision", () => {
  const identity = identify("issue_comment", { ...place, action: "edited", issue: { number: 5, pull_request: {} } });
  expect([identity.pull, identity.dirty]).toEqual([5, null]);
});

test.each([
  ["an action that does not concern us", "pull_request", { ...place, action: "assigned", pull_request: { number: 5 } }],
  ["an edit, which may be of the title only", "pull_request", { ...place, action: "edited", pull_request: { number: 5 } }],
  ["a label that goes, which may have been any", "pull_request", { ...place, action: "unlabeled", pull_request: { number: 5 } }],
  ["no installation", "pull_request", { repository: { id: 2 }, action: "opened", pull_request: { number: 5 } }],
  ["a push", "push", place],
  ["a comment on an issue", "issue_comment", { ...place, action: "edited", issue: { number: 5 } }],
  ["a group that was given up", "merge_group", { ...place, action: "destroyed", merge_group: { head_sha: "abc", head_ref: "x" } }],
])("%s marks nothing", (_, event, payload) => {
  expect(identify(event, payload).dirty).toBeNull();
});

test("no object of any shape makes it fail", () => {
  const keys = fc.constantFrom("action", "installation", "repository", "pull_request", "issue", "merge_group", "id", "number");
  const payload = fc.dictionary(keys, fc.anything());
  fc.assert(
    fc.property(fc.constantFrom("pull_request", "issue_comment", "merge_group", "push"), payload, (event, raw) => {
      const { dirty } = identify(event, raw);
      expect(dirty === null || Number.isFinite(dirty.key.number)).toBe(true);
    }),
  );
});
