import { expect, test } from "vitest";
import { checkRunEvent } from "../../src/events/check-run.js";
import { checkSuiteEvent } from "../../src/events/check-suite.js";
import { APP, known, place, Stage } from "./stage.js";

const asked = (changed: object = {}) => ({ head_sha: "head", app: { id: APP }, pull_requests: [], ...changed });

const named = (number: number, sha = "head") => ({ number, head: { sha, repo: { id: 2 } }, base: { ref: "main" } });

test("a check run of ours that is asked for again marks every open pull request of its head, forks' too", async () => {
  const stage = new Stage([known({ headRepository: 9 }), known({ number: 6, open: false }), known({ number: 7, headSha: "other" })]);
  await stage.handle(checkRunEvent, { ...place, action: "rerequested", check_run: asked() });
  expect(stage.dirty).toEqual([[5, "check_run.rerequested"]]);
});

test("a button of ours says so in the reason", async () => {
  const stage = new Stage([known()]);
  await stage.handle(checkRunEvent, { ...place, action: "requested_action", check_run: asked() });
  expect(stage.dirty).toEqual([[5, "check_run.requested_action"]]);
});

test("the whole suite counts as the run", async () => {
  const stage = new Stage([known()]);
  await stage.handle(checkSuiteEvent, { ...place, action: "rerequested", check_suite: asked() });
  expect(stage.dirty).toEqual([[5, "check_suite.rerequested"]]);
});

test("a pull request that only GitHub names is recorded first; one with another head is left alone", async () => {
  const stage = new Stage([known()]);
  const check_run = asked({ pull_requests: [named(5), named(6), named(8, "older")] });
  await stage.handle(checkRunEvent, { ...place, action: "rerequested", check_run });
  expect(stage.dirty.map(([number]) => number)).toEqual([5, 6]);
  expect(stage.observed.at(-1)).toEqual(known({ number: 6 }));
});

test.each([{ id: 8 }, null])("another App's check run concerns us not", async (app) => {
  const stage = new Stage([known()]);
  await stage.handle(checkRunEvent, { ...place, action: "rerequested", check_run: asked({ app }) });
  expect(stage.dirty).toEqual([]);
});

test("work that only stands for a repository is not a pull request of that head", async () => {
  const stage = new Stage([known({ number: 0, group: "baseline:1:1" })]);
  await stage.handle(checkSuiteEvent, { ...place, action: "rerequested", check_suite: asked() });
  expect(stage.dirty).toEqual([]);
});

test("a hundred presses of a button come to one review now and one when a minute is over (R27)", async () => {
  const stage = new Stage([known()]);
  for (let press = 0; press < 100; press += 1) await stage.handle(checkRunEvent, { ...place, action: "rerequested", check_run: asked() });
  const due = new Set(stage.marks.map(([, , at]) => at.toISOString()));
  expect([...due]).toEqual(["2026-01-05T09:00:00.000Z", "2026-01-05T09:01:00.000Z"]);
  expect(stage.wakes).toBe(1);
});
