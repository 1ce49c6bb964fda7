import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clean, raiseStage, repository, type Stage, shop } from "./stage.js";

let stage: Stage;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(async () => expect(await stage.stop()).toEqual(clean));

const comment = (body: string) => stage.app.rest.issues.createComment({ ...shop, issue_number: 1, body });

describe("comments", () => {
  it("are created, changed, read, listed and deleted, and name the app that wrote them", async () => {
    const { data } = await comment("first");
    expect(data).toMatchObject({ user: { login: "redline[bot]", type: "Bot" }, performed_via_github_app: { id: 77 } });
    await stage.app.rest.issues.updateComment({ ...shop, comment_id: data.id, body: "second" });
    expect((await stage.app.rest.issues.getComment({ ...shop, comment_id: data.id })).data.body).toBe("second");
    expect((await stage.app.rest.issues.listComments({ ...shop, issue_number: 1 })).data).toHaveLength(1);
    await stage.app.rest.issues.deleteComment({ ...shop, comment_id: data.id });
    await expect(stage.app.rest.issues.getComment({ ...shop, comment_id: data.id })).rejects.toMatchObject({ status: 404 });
  });

  it("hold 65,536 characters and not one more", async () => {
    expect((await comment("x".repeat(65_536))).status).toBe(201);
    await expect(comment("x".repeat(65_537))).rejects.toMatchObject({ status: 422, message: expect.stringContaining("maximum is 65536") });
    await expect(comment("")).rejects.toMatchObject({ status: 422 });
  });

  it("of other people are not the app's to change", async () => {
    const { id } = await stage.github.comment({ repository, number: 1, user: "bob", body: "mine" });
    await expect(stage.app.rest.issues.updateComment({ ...shop, comment_id: id, body: "x" })).rejects.toMatchObject({ status: 403 });
  });

  it("are refused while the conversation is locked", async () => {
    await stage.github.lockPull({ repository, number: 1 });
    await expect(comment("x")).rejects.toMatchObject({ status: 403, message: expect.stringContaining("locked") });
    await stage.github.lockPull({ repository, number: 1, locked: false });
    expect((await comment("x")).status).toBe(201);
  });
});

describe("labels", () => {
  it("are put and taken, and the events say by whom, without the label's id", async () => {
    await stage.github.label({ repository, number: 1, user: "bob", label: "perf-override" });
    const { data: labels } = await stage.app.rest.issues.listLabelsOnIssue({ ...shop, issue_number: 1 });
    expect(labels).toMatchObject([{ name: "perf-override", id: expect.any(Number) }]);
    await stage.app.rest.issues.removeLabel({ ...shop, issue_number: 1, name: "perf-override" });
    const { data: events } = await stage.app.rest.issues.listEvents({ ...shop, issue_number: 1 });
    expect(events).toMatchObject([
      { event: "labeled", actor: { login: "bob" }, performed_via_github_app: null },
      { event: "unlabeled", actor: { login: "redline[bot]" }, performed_via_github_app: { id: 77 } },
    ]);
    expect(events[0]).toHaveProperty("label", { name: "perf-override", color: "ededed" });
  });

  it("added twice are one event, and removed without being there are 404", async () => {
    await stage.app.rest.issues.addLabels({ ...shop, issue_number: 1, labels: ["slow"] });
    const { data } = await stage.app.rest.issues.addLabels({ ...shop, issue_number: 1, labels: ["Slow"] });
    expect(data.map(({ name }) => name)).toEqual(["slow"]);
    const missing = stage.app.rest.issues.removeLabel({ ...shop, issue_number: 1, name: "absent" });
    await expect(missing).rejects.toMatchObject({ status: 404, message: expect.stringContaining("Label does not exist") });
  });
});

describe("teams", () => {
  it("have active and pending members, and are 404 for others and for secret teams", async () => {
    await stage.github.createTeam({ organization: "acme", slug: "perf-team", members: { pia: "active", paul: "pending" } });
    await stage.github.createTeam({ organization: "acme", slug: "perf-juniors", parent: "perf-team", members: { jim: "active" } });
    await stage.github.createTeam({ organization: "acme", slug: "hidden", secret: true, members: { pia: "active" } });
    const state = async (team: string, username: string) =>
      (await stage.app.rest.teams.getMembershipForUserInOrg({ org: "acme", team_slug: team, username })).data.state;
    expect(await state("perf-team", "pia")).toBe("active");
    expect(await state("perf-team", "paul")).toBe("pending");
    expect(await state("perf-team", "jim")).toBe("active");
    await expect(state("perf-team", "eve")).rejects.toMatchObject({ status: 404 });
    await expect(state("hidden", "pia")).rejects.toMatchObject({ status: 404 });
    await stage.github.setMembership({ organization: "acme", team: "perf-team", user: "paul", state: "active" });
    expect(await state("perf-team", "paul")).toBe("active");
  });
});
