import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clean, raiseStage, repository, type Stage, shop } from "./stage.js";

let stage: Stage;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(async () => expect(await stage.stop()).toEqual(clean));

const annotation = (line: number) => ({
  path: "db/a.sql",
  start_line: line,
  end_line: line,
  annotation_level: "warning" as const,
  message: `line ${line}`,
});
const annotations = (count: number) => Array.from({ length: count }, (_, index) => annotation(index + 1));

const create = (fields: object = {}) => stage.app.rest.checks.create({ ...shop, name: "redline/main", head_sha: stage.head, ...fields });

describe("a check run", () => {
  it("is created in progress, completed, read and found by name and app", async () => {
    const { data: made } = await create({ status: "in_progress", output: { title: "Waiting", summary: "for CI" } });
    expect(made).toMatchObject({ status: "in_progress", conclusion: null, app: { id: 77 }, pull_requests: [{ number: 1 }] });
    await stage.app.rest.checks.update({ ...shop, check_run_id: made.id, conclusion: "failure" });
    const { data } = await stage.app.rest.checks.get({ ...shop, check_run_id: made.id });
    expect(data).toMatchObject({ status: "completed", conclusion: "failure", output: { title: "Waiting" } });
    const found = await stage.app.rest.checks.listForRef({ ...shop, ref: stage.head, check_name: "redline/main", app_id: 77 });
    expect(found.data.check_runs.map(({ id }) => id)).toEqual([made.id]);
    const others = await stage.app.rest.checks.listForRef({ ...shop, ref: stage.head, check_name: "redline/main", app_id: 78 });
    expect(others.data.total_count).toBe(0);
  });

  it("appends annotations with each update and lists them in pages", async () => {
    const { data } = await create({ output: { title: "t", summary: "s", annotations: annotations(50) } });
    await stage.app.rest.checks.update({
      ...shop,
      check_run_id: data.id,
      output: { title: "t", summary: "s", annotations: annotations(2) },
    });
    const all = await stage.app.paginate(stage.app.rest.checks.listAnnotations, { ...shop, check_run_id: data.id, per_page: 100 });
    expect(all).toHaveLength(52);
    expect(all[51]).toMatchObject({ path: "db/a.sql", start_line: 2, message: "line 2", start_column: null });
  });

  it("shows the latest of a name, and all when asked", async () => {
    await create();
    const { data: newest } = await create();
    const of = async (filter: "latest" | "all") =>
      (await stage.app.rest.checks.listForRef({ ...shop, ref: stage.head, check_name: "redline/main", filter })).data.check_runs;
    expect((await of("latest")).map(({ id }) => id)).toEqual([newest.id]);
    expect((await of("all")).length).toBeGreaterThan(2);
  });

  it("is back in progress without a conclusion when its status says so", async () => {
    const { data } = await create({ conclusion: "success" });
    const again = await stage.app.rest.checks.update({ ...shop, check_run_id: data.id, status: "in_progress" });
    expect(again.data).toMatchObject({ status: "in_progress", conclusion: null, completed_at: null });
  });

  it("is changed by its own app only", async () => {
    await stage.github.registerApp({ id: 99, slug: "other", publicKey: "" });
    const forged = await stage.github.createCheckRun({
      repository,
      app: 99,
      name: "redline/main",
      head_sha: stage.head,
      conclusion: "success",
    });
    const update = stage.app.rest.checks.update({ ...shop, check_run_id: forged.id, conclusion: "failure" });
    await expect(update).rejects.toMatchObject({ status: 403, message: expect.stringContaining("Invalid app_id") });
  });

  it("needs a commit that exists", async () => {
    await expect(create({ head_sha: "0".repeat(40) })).rejects.toMatchObject({ status: 422 });
  });

  const action = { label: "Re-run", description: "again", identifier: "rerun" };
  const output = { title: "t", summary: "s" };
  it.each([
    ["more than 50 annotations", { output: { ...output, annotations: annotations(51) } }, "Only 50 annotations are allowed per request."],
    ["more than 3 actions", { actions: [action, action, action, action] }, "4 actions are more than 3"],
    ["a label of 21 characters", { actions: [{ ...action, label: "x".repeat(21) }] }, "longer than 20"],
    ["a summary of 65,536 characters", { output: { ...output, summary: "x".repeat(65_536) } }, "exceeds the maximum of 65535"],
    ["completed without a conclusion", { status: "completed" }, "conclusion is required"],
    ["columns over several lines", { output: { ...output, annotations: [{ ...annotation(1), end_line: 2, start_column: 1 }] } }, "Columns"],
    [
      "a title of 256 characters",
      { output: { ...output, annotations: [{ ...annotation(1), title: "x".repeat(256) }] } },
      "title exceeds 255",
    ],
  ])("with %s is refused with 422", async (_, fields, message) => {
    await expect(create(fields)).rejects.toMatchObject({ status: 422, message: expect.stringContaining(message) });
  });

  it("at each limit is accepted", async () => {
    const limits = {
      actions: [{ ...action, label: "x".repeat(20) }, action, action],
      output: { title: "t", summary: "x".repeat(65_535), annotations: annotations(50) },
    };
    expect((await create(limits)).status).toBe(201);
  });
});
