import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appId, clean, raiseStage, repository, type Stage, shop } from "./stage.js";

let stage: Stage;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(async () => expect(await stage.stop()).toEqual(clean));

const name = "redline/main";
const ask = () => stage.github.oracle({ repository, number: 1 });
const create = (fields: object) => stage.app.rest.checks.create({ ...shop, name, head_sha: stage.head, ...fields });

describe("the merge oracle", () => {
  it("lets a pull request through where nothing is required", async () => {
    expect(await ask()).toEqual({ mergeable: true, reasons: [] });
  });

  it("waits for the required check, and sees each state that the check goes through", async () => {
    await stage.github.setRuleset({ repository, branch: "main", checks: [{ name, integration_id: appId }] });
    expect(await ask()).toEqual({ mergeable: false, reasons: [`"${name}" is expected`] });
    const { data } = await create({ status: "in_progress" });
    expect((await ask()).reasons).toEqual([`"${name}" is in_progress`]);
    await stage.app.rest.checks.update({ ...shop, check_run_id: data.id, conclusion: "failure" });
    expect((await ask()).reasons).toEqual([`"${name}" is failure`]);
    await stage.app.rest.checks.update({ ...shop, check_run_id: data.id, conclusion: "success" });
    expect(await ask()).toEqual({ mergeable: true, reasons: [] });
  });

  it("keeps every change of its answer, with its cause, so that a moment cannot be missed", async () => {
    const log = await stage.github.oracleLog();
    expect(log.map(({ mergeable, cause }) => [mergeable, cause])).toEqual([
      [true, "control/openPull"],
      [false, "control/setRuleset"],
      [false, "checks/create"],
      [false, "checks/update"],
      [true, "checks/update"],
    ]);
    expect(log.map(({ at }) => at)).toEqual(log.map(({ at }) => at).sort());
  });

  it.each([
    ["neutral", true],
    ["skipped", true],
    ["success", true],
    ["action_required", false],
    ["cancelled", false],
    ["timed_out", false],
  ])("takes the latest run: %s is mergeable %s", async (conclusion, mergeable) => {
    await create({ conclusion });
    expect((await ask()).mergeable).toBe(mergeable);
  });

  it("does not count another app's check of the same name", async () => {
    await stage.github.registerApp({ id: 99, slug: "forger", publicKey: "" });
    const push = await stage.github.push({ repository, branch: "feature", by: "alice", files: { "x.txt": "1\n" } });
    expect((await ask()).reasons).toEqual([`"${name}" is expected`]);
    await stage.github.createCheckRun({ repository, app: 99, name, head_sha: push.sha, conclusion: "success" });
    expect((await ask()).reasons).toEqual([`"${name}" was not set by the expected GitHub App`]);
    expect(await stage.github.oracle({ repository, branch: "other", sha: push.sha })).toEqual({ mergeable: true, reasons: [] });
  });

  it("judges by the base branch that the pull request has now", async () => {
    await stage.github.createBranch({ repository, branch: "lax" });
    await stage.github.editPull({ repository, number: 1, base: "lax" });
    expect((await ask()).mergeable).toBe(true);
    await stage.github.editPull({ repository, number: 1, base: "main" });
    expect((await ask()).mergeable).toBe(false);
  });

  it("holds drafts and closed pull requests back", async () => {
    await stage.github.convertToDraft({ repository, number: 1 });
    expect((await ask()).reasons).toContain("draft");
    await stage.github.readyForReview({ repository, number: 1 });
    await stage.github.closePull({ repository, number: 1 });
    expect((await ask()).reasons).toContain("closed");
    await stage.github.reopenPull({ repository, number: 1 });
  });

  it("refuses the merge while it says closed, unless an admin bypasses the rules", async () => {
    const merge = { repository, number: 1, user: "bob" };
    await expect(stage.github.mergePull(merge)).rejects.toMatchObject({ status: 405, message: expect.stringContaining("rule violations") });
    expect((await stage.github.mergePull({ ...merge, admin: true })).sha).toMatch(/^[0-9a-f]{40}$/);
    expect((await ask()).reasons).toContain("merged");
  });
});
