import { expect, test } from "vitest";
import { mergeGroupEvent } from "../../src/events/merge-group.js";
import { known, place, Stage } from "./stage.js";

const payload = (action: string) => ({ ...place, action, merge_group: { head_sha: "group", base_ref: "refs/heads/release/1.0" } });

test("a group that asks for the check is recorded by its head and marked", async () => {
  const stage = new Stage();
  await stage.handle(mergeGroupEvent, payload("checks_requested"));
  expect(stage.observed).toEqual([known({ number: 0, group: "group", headSha: "group", baseRef: "release/1.0" })]);
  expect(stage.dirty).toEqual([["group", "merge_group.checks_requested"]]);
});

test("a group that was given up is closed and causes no work", async () => {
  const stage = new Stage();
  await stage.handle(mergeGroupEvent, payload("destroyed"));
  expect(stage.observed.map(({ open }) => open)).toEqual([false]);
  expect(stage.dirty).toEqual([]);
});
