import { expect, test } from "vitest";
import { mergeGroupEvent } from "../../src/events/merge-group.js";
import { AT, known, place, Stage } from "./stage.js";

const queued = "refs/heads/gh-readonly-queue/release/1.0/pr-104-0123abc";

const payload = (action: string, head_ref = queued) => ({
  ...place,
  action,
  merge_group: { head_sha: "group", head_ref, base_sha: "tip", base_ref: "refs/heads/release/1.0", head_commit: { tree_id: "tree" } },
});

test("a group that asks for the check is recorded by its head and the pull request that its branch is named after, and marked", async () => {
  const stage = new Stage();
  await stage.handle(mergeGroupEvent, payload("checks_requested"));
  expect(stage.observed).toEqual([known({ number: 104, group: "group", headSha: "group", baseRef: "release/1.0" })]);
  expect(stage.dirty).toEqual([["group", "merge_group.checks_requested"]]);
  expect(stage.groups).toEqual([{ headSha: "group", baseSha: "tip", baseRef: "release/1.0", number: 104, tree: "tree", requestedAt: AT }]);
});

test.each(["refs/heads/gh-readonly-queue/main/something", "refs/heads/pr-5-x/y", "refs/heads/main/pr-12345678901-abc"])(
  "a group whose branch %s names no pull request has none",
  async (headRef) => {
    const stage = new Stage();
    await stage.handle(mergeGroupEvent, payload("checks_requested", headRef));
    expect(stage.observed.map(({ number }) => number)).toEqual([0]);
  },
);

test("a group that was given up is closed and causes no work", async () => {
  const stage = new Stage();
  await stage.handle(mergeGroupEvent, payload("destroyed"));
  expect(stage.observed.map(({ open }) => open)).toEqual([false]);
  expect(stage.dirty).toEqual([]);
});
