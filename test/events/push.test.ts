import { expect, test } from "vitest";
import { pushEvent } from "../../src/events/push.js";
import { known, place, Stage } from "./stage.js";

const payload = (branch: string, changed: object = {}) => ({
  ...place,
  ref: `refs/heads/${branch}`,
  after: "b",
  deleted: false,
  commits: [{ id: "a" }, { id: "b" }],
  ...changed,
});

test("the default branch's commits are recorded, the oldest first, and pull requests into it are marked", async () => {
  const stage = new Stage([known(), known({ number: 6, baseRef: "release" }), known({ number: 0, group: "baseline:1:1" })]);
  await stage.handle(pushEvent, payload("main"));
  expect(stage.commits).toEqual(["a", "b"]);
  expect(stage.dirty).toEqual([[5, "push"]]);
});

test("the tip is recorded even when GitHub lists no commits", async () => {
  const stage = new Stage();
  await stage.handle(pushEvent, payload("main", { commits: [] }));
  expect(stage.commits).toEqual(["b"]);
});

test("another branch records no commits; what is to be merged into it is marked", async () => {
  const stage = new Stage([known(), known({ number: 6, baseRef: "release/1.0" })]);
  await stage.handle(pushEvent, payload("release/1.0"));
  expect(stage.commits).toEqual([]);
  expect(stage.dirty).toEqual([[6, "push"]]);
});

test.each([
  ["a tag", { ref: "refs/tags/main" }],
  ["a deleted branch", { deleted: true }],
])("%s is nothing to us", async (_, changed) => {
  const stage = new Stage([known()]);
  await stage.handle(pushEvent, payload("main", changed));
  expect([stage.commits, stage.dirty]).toEqual([[], []]);
});
