import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Check, checkName, createCheck, findChecks, updateCheck } from "../../src/github/checks.js";
import { appId, clean, raiseStage, type Stage } from "../github-double/stage.js";
import { FakeGitHub, RequestError } from "./fake-github.js";

const shop = { owner: "acme", name: "shop" };

const annotations = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    path: "db/a.sql",
    start_line: 1,
    end_line: 1,
    annotation_level: "warning" as const,
    title: "queries/offset-pagination",
    message: `note ${index}`,
  }));

const check = (headSha: string, changed: Partial<Check> = {}): Check => ({
  name: checkName("main"),
  headSha,
  externalId: "verdict-1",
  state: "in_progress",
  output: { title: "Review in progress", summary: "…" },
  ...changed,
});

describe("against the local GitHub", () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await raiseStage();
  });

  afterAll(async () => {
    expect(await stage.stop()).toEqual(clean);
  });

  const shown = async () => (await stage.github.checkRuns({ repository: "acme/shop", sha: stage.head })).at(-1);

  test("a check is created in progress and then carries the verdict", async () => {
    const id = await createCheck(stage.app, shop, check(stage.head));
    expect(await shown()).toMatchObject({ id, name: "redline/main", status: "in_progress", external_id: "verdict-1" });
    const actions = [{ label: "Review again", description: "Judge anew.", identifier: "review-again" }];
    const output = { title: "Blocked", summary: "one", text: "two", annotations: annotations(2), actions };
    await updateCheck(stage.app, shop, id, check(stage.head, { state: "failure", externalId: "verdict-2", output }));
    expect(await shown()).toMatchObject({
      status: "completed",
      conclusion: "failure",
      external_id: "verdict-2",
      output: { title: "Blocked", summary: "one", text: "two", annotations_count: 2 },
      actions,
    });
  });

  test("a judged check goes back to in progress", async () => {
    const id = await createCheck(stage.app, shop, check(stage.head, { state: "success" }));
    await updateCheck(stage.app, shop, id, check(stage.head));
    expect(await shown()).toMatchObject({ id, status: "in_progress", conclusion: null });
  });

  test("120 annotations go 50 at a time, the verdict with the first", async () => {
    const { mark } = await stage.github.mark();
    const output = { title: "Blocked", summary: "…", annotations: annotations(120) };
    await createCheck(stage.app, shop, check(stage.head, { state: "failure", output }));
    expect((await shown())?.annotations.map(({ message }) => message)).toEqual(annotations(120).map(({ message }) => message));
    const calls = await stage.github.journal({ since: mark });
    expect(calls.map(({ method, body }) => [method, Object(body).conclusion])).toEqual([
      ["POST", "failure"],
      ["PATCH", undefined],
      ["PATCH", undefined],
    ]);
  });

  test("our own runs are found by name, App and external id, oldest first; another App's of that name is not ours", async () => {
    const id = await createCheck(stage.app, shop, check(stage.head, { state: "action_required", externalId: "mine" }));
    const other = await stage.github.registerApp({ id: 99, publicKey: "unused" });
    await stage.github.createCheckRun({
      repository: "acme/shop",
      app: other.id,
      name: "redline/main",
      head_sha: stage.head,
      conclusion: "success",
    });
    const identity = { name: "redline/main", headSha: stage.head, externalId: "mine", appId };
    expect(await findChecks(stage.app, shop, identity)).toEqual([{ id, annotations: 0 }]);
    expect(await findChecks(stage.app, shop, { ...identity, name: "redline/release" })).toEqual([]);
    expect(await findChecks(stage.app, shop, { ...identity, externalId: "another pull request's" })).toEqual([]);
  });
});

test("the check's name carries the base branch", () => {
  expect([checkName("main"), checkName("release/1.0")]).toEqual(["redline/main", "redline/release/1.0"]);
});

test("a creation whose answer was lost is sent once, and called ambiguous", async () => {
  const github = new FakeGitHub({
    "POST /repos/{owner}/{repo}/check-runs": () => {
      throw new RequestError(502, "Bad Gateway");
    },
  });
  await expect(createCheck(github, shop, check("head"))).rejects.toMatchObject({ failure: { kind: "ambiguous" } });
  expect(github.sent).toHaveLength(1);
});
