import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { maintainership, mayWrite, teamMembership } from "../../src/github/teams.js";
import { clean, raiseStage, type Stage } from "../github-double/stage.js";
import { FakeGitHub, RequestError } from "./fake-github.js";

const shop = { owner: "acme", name: "shop" };

describe("against the local GitHub", () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await raiseStage();
    await stage.github.createTeam({ organization: "acme", slug: "perf-team", members: { carol: "active", dave: "pending" } });
    await stage.github.createTeam({ organization: "acme", slug: "secret-team", members: { carol: "active" }, secret: true });
    for (const role of ["admin", "maintain", "write", "triage", "read"] as const) {
      await stage.github.setCollaborator({ repository: "acme/shop", user: role, role });
    }
  });

  afterAll(async () => {
    expect(await stage.stop()).toEqual(clean);
  });

  test.each([
    ["perf-team", "carol", "active"],
    ["perf-team", "dave", "pending"],
    ["perf-team", "mallory", "none"],
    ["no-such-team", "carol", "none"],
  ])("%s, %s: %s", async (team, login, membership) => {
    expect((await teamMembership(stage.app, "acme", team, login)).membership).toBe(membership);
  });

  test.each([
    ["admin", "active"],
    ["maintain", "active"],
    ["write", "none"],
    ["triage", "none"],
    ["read", "none"],
  ])("without teams, the role %s counts as %s", async (login, membership) => {
    expect(await maintainership(stage.app, shop, [], login)).toEqual({ membership, teamId: null });
  });

  test.each([
    ["write", ["Write"], "active"],
    ["triage", ["triage"], "active"],
    ["read", ["read"], "none"],
    ["mallory", ["mallory"], "none"],
    ["admin", ["write"], "none"],
  ])("where people are listed, %s of %j counts as %s", async (login, people, membership) => {
    expect((await maintainership(stage.app, shop, people, login)).membership).toBe(membership);
  });

  test("the team's id comes with the membership, so that another team of the same name is told apart (O03)", async () => {
    expect((await teamMembership(stage.app, "acme", "perf-team", "carol")).teamId).toBeGreaterThan(0);
  });

  test.each([
    ["admin", true],
    ["maintain", true],
    ["write", true],
    ["triage", false],
    ["read", false],
    ["mallory", false],
  ])("%s may write: %s", async (login, may) => {
    expect(await mayWrite(stage.app, shop, login)).toBe(may);
  });
});

test.each([500, 502, 403, 401])("a %i is no answer: unknown, never a no that would be final", async (status) => {
  const fail = (): never => {
    throw new RequestError(status, "");
  };
  const github = new FakeGitHub({
    "GET /orgs/{org}/teams/{team_slug}/memberships/{username}": fail,
    "GET /repos/{owner}/{repo}/collaborators/{username}/permission": fail,
  });
  expect((await teamMembership(github, "acme", "perf-team", "carol")).membership).toBe("unknown");
  expect((await maintainership(github, shop, [], "carol")).membership).toBe("unknown");
});

test("a state that GitHub does not document is unknown", async () => {
  const github = new FakeGitHub({ "GET /orgs/{org}/teams/{team_slug}/memberships/{username}": () => ({ state: "maybe" }) });
  expect((await teamMembership(github, "acme", "perf-team", "carol")).membership).toBe("unknown");
});

test("whether somebody may write is tried again when GitHub does not answer, and no when it knows nobody of that name", async () => {
  const route = "GET /repos/{owner}/{repo}/collaborators/{username}/permission";
  const failing = new FakeGitHub({
    [route]: () => {
      throw new RequestError(502, "");
    },
  });
  await expect(mayWrite(failing, shop, "carol")).rejects.toThrow();
  expect(await mayWrite(new FakeGitHub(), shop, "carol")).toBe(false);
});
