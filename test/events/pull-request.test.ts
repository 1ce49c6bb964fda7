import { expect, test } from "vitest";
import { pullRequestEvent } from "../../src/events/pull-request.js";
import { asked } from "../store/override-record.js";
import { AT, known, person, place, Stage } from "./stage.js";

const toldAt = "2026-01-05T08:59:00Z";

const payload = (action: string, more: object = {}) => ({
  ...place,
  action,
  sender: person,
  pull_request: {
    number: 5,
    state: action === "closed" ? "closed" : "open",
    updated_at: toldAt,
    head: { sha: "head", repo: { id: 2 } },
    base: { ref: "main" },
  },
  ...more,
});

test.each(["opened", "reopened", "synchronize", "ready_for_review", "converted_to_draft"])(
  "%s: the pull request is recorded and marked",
  async (action) => {
    const stage = new Stage();
    await stage.handle(pullRequestEvent, payload(action));
    expect(stage.observed).toEqual([known({ toldAt })]);
    expect(stage.marks).toEqual([[{ installation: 1, repository: 2, number: 5 }, `pull_request.${action}`, AT]]);
    expect(stage.wakes).toBe(1);
  },
);

test("a closed pull request is recorded as closed, and marked so that nothing waits for it", async () => {
  const stage = new Stage([known()]);
  await stage.handle(pullRequestEvent, payload("closed"));
  expect(stage.observed).toEqual([known({ open: false, toldAt })]);
  expect(stage.dirty).toEqual([[5, "pull_request.closed"]]);
});

test("a deleted fork leaves a head without repository", async () => {
  const stage = new Stage();
  const { pull_request: pull, ...rest } = payload("synchronize");
  await stage.handle(pullRequestEvent, { ...rest, pull_request: { ...pull, head: { sha: "head", repo: null } } });
  expect(stage.observed).toEqual([known({ headRepository: null, toldAt })]);
});

test.each(["labeled", "unlabeled"] as const)("%s: who, what, on which head and when are recorded before the mark", async (action) => {
  const stage = new Stage();
  const order: string[] = [];
  const { recordLabel } = stage.store.pulls;
  stage.store.pulls.recordLabel = async (...args) => {
    order.push(`label, ${stage.marks.length} marks`);
    await recordLabel(...args);
  };
  await stage.handle(pullRequestEvent, payload(action, { label: { node_id: "L_1", name: "perf-override" } }));
  expect(stage.labels).toEqual([
    { action, label: "perf-override", labelId: "L_1", actor: person, headSha: "head", at: "2026-01-05T08:59:00Z" },
  ]);
  expect(order).toEqual(["label, 0 marks"]);
});

test("a label that is put marks, whichever it is: the configuration says which one counts", async () => {
  const stage = new Stage();
  await stage.handle(pullRequestEvent, payload("labeled", { label: { node_id: "L_1", name: "perf-override" } }));
  expect(stage.dirty).toEqual([[5, "pull_request.labeled"]]);
});

test("a label that goes marks only while an override is in force, which its going may end", async () => {
  const stage = new Stage();
  const unlabeled = payload("unlabeled", { label: { node_id: "L_1", name: "perf-override" } });
  await stage.handle(pullRequestEvent, unlabeled);
  expect(stage.dirty).toEqual([]);
  stage.audit.push({ ...asked(5, "head"), status: "granted" });
  await stage.handle(pullRequestEvent, unlabeled);
  expect(stage.dirty).toEqual([[5, "pull_request.unlabeled"]]);
  stage.audit.push({ ...asked(5, "head"), status: "void" });
  await stage.handle(pullRequestEvent, unlabeled);
  expect(stage.dirty).toHaveLength(1);
});

test("a retarget marks; a new title or description changes nothing that is judged", async () => {
  const stage = new Stage();
  await stage.handle(pullRequestEvent, payload("edited", { changes: { title: { from: "old" }, body: { from: "old" } } }));
  expect(stage.dirty).toEqual([]);
  await stage.handle(pullRequestEvent, payload("edited", { changes: { base: { ref: { from: "main" } } } }));
  expect(stage.dirty).toEqual([[5, "pull_request.edited"]]);
});

test("a payload that is not one of GitHub's is an error, and nothing is recorded", async () => {
  const stage = new Stage();
  await expect(stage.handle(pullRequestEvent, { ...payload("opened"), pull_request: { number: "5" } })).rejects.toThrow();
  expect(stage.observed).toEqual([]);
});

test("the head is seen at GitHub's time, and whoever pushed it is kept; other events push nothing (O01, O05)", async () => {
  const stage = new Stage();
  await stage.handle(pullRequestEvent, payload("opened"));
  await stage.handle(pullRequestEvent, payload("synchronize"));
  const seen = { at: "2026-01-05T08:59:00Z", headSha: "head", baseRef: "main" };
  expect(stage.sightings).toEqual([seen, seen]);
  expect(stage.pushers).toEqual([["head", 30]]);
});
