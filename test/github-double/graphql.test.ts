import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CONFIGURATION_PATH, STATISTICS_PATH } from "../../src/config/file.js";
import { blobsQuery, pullRequestChange, pullRequestFacts } from "../../src/github/queries.js";
import { ask, clean, raiseStage, repository, type Stage } from "./stage.js";

let stage: Stage;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(async () => expect(await stage.stop()).toEqual(clean));

const shop = { owner: "acme", name: "shop" };
const facts = (variables = {}) =>
  stage.app.graphql<Record<string, unknown>>(pullRequestFacts, {
    ...shop,
    number: 1,
    configuration: CONFIGURATION_PATH,
    statistics: STATISTICS_PATH,
    ...variables,
  });

describe("the query PullRequestFacts", () => {
  it("tells the pull request and the configuration at the tip of its base branch", async () => {
    await stage.github.label({ repository, number: 1, user: "bob", label: "perf-override" });
    const { sha } = await stage.github.push({ repository, branch: "main", files: { [CONFIGURATION_PATH]: "mode: advisory\n" } });
    expect(await facts()).toMatchObject({
      repository: {
        isInOrganization: true,
        defaultBranchRef: { name: "main" },
        pullRequest: {
          number: 1,
          state: "OPEN",
          isDraft: false,
          changedFiles: 2,
          headRefOid: stage.head,
          author: { __typename: "User", login: "alice" },
          labels: { nodes: [{ name: "perf-override" }] },
          baseRef: { target: { oid: sha, file: { object: { text: "mode: advisory\n", isBinary: false, byteSize: 15 } } } },
        },
      },
    });
  });

  it("has no file where there is none, and no head repository once the fork is gone", async () => {
    await stage.github.deleteHeadRepository({ repository, number: 1 });
    const answer = await facts({ configuration: "nothing.yml" });
    expect(answer).toMatchObject({ repository: { pullRequest: { headRepository: null, baseRef: { target: { file: null } } } } });
  });

  it("is answered with an error for what does not exist or may not be read", async () => {
    await expect(facts({ name: "nothing" })).rejects.toMatchObject({ errors: [{ type: "NOT_FOUND", path: ["repository"] }] });
    await expect(facts({ number: 99 })).rejects.toMatchObject({ errors: [{ type: "NOT_FOUND", path: ["repository", "pullRequest"] }] });
    await stage.github.setPermissions({ installation: stage.installation, permissions: { metadata: "read" } });
    const { token } = await stage.github.createToken({ user: "alice", permissions: { metadata: "read" } });
    const body = {
      query: pullRequestFacts,
      variables: { ...shop, number: 1, configuration: CONFIGURATION_PATH, statistics: STATISTICS_PATH },
    };
    const { status, json } = await ask(`${stage.github.api}/api/graphql`, { method: "POST", token, body });
    expect(status).toBe(200);
    expect(json).toMatchObject({ data: { repository: null }, errors: [{ type: "FORBIDDEN" }] });
  });
});

describe("the query Blobs", () => {
  const blobs = (expressions: readonly string[]) =>
    stage.app.graphql<{ repository: Record<string, unknown> }>(blobsQuery(expressions.length), {
      ...shop,
      mergeBase: stage.base,
      ...Object.fromEntries(expressions.map((expression, index) => [`e${index}`, expression])),
    });

  it("gives texts, says what is binary, truncated or a folder, and null for what is not there", async () => {
    const { sha } = await stage.github.push({ repository, branch: "big", files: { "big.sql": "x".repeat(600_000) } });
    const { repository: answer } = await blobs([
      `${stage.head}:db/a.sql`,
      `${stage.head}:logo.png`,
      `${sha}:big.sql`,
      "main:db",
      "main:none",
    ]);
    expect(answer).toMatchObject({
      o0: { text: "SELECT 2;\n", isBinary: false, isTruncated: false, byteSize: 10 },
      o1: { text: null, isBinary: true },
      o2: { isTruncated: true, byteSize: 600_000 },
      o3: {},
      o4: null,
    });
  });

  it("gives forty commits of the merge base's history, with first parents", async () => {
    const commits = Array.from({ length: 50 }, (_, index) => ({ key: `c${index}`, files: { "n.txt": `${index}` } }));
    const { shas } = await stage.github.loadCommits({ repository, commits });
    const { repository: answer } = await stage.app.graphql<{ repository: { ancestors: { history: { nodes: { oid: string }[] } } } }>(
      blobsQuery(0),
      {
        ...shop,
        mergeBase: shas[49],
      },
    );
    expect(answer.ancestors.history.nodes).toHaveLength(40);
    expect(answer.ancestors.history.nodes[0]).toEqual({ oid: shas[49], parents: { nodes: [{ oid: shas[48] }] } });
  });
});

describe("the query PullRequestChange", () => {
  it("answers both at once", async () => {
    const { sha } = await stage.github.push({ repository, branch: "change", files: { "a.sql": "SELECT 3;\n" } });
    const variables = { ...shop, number: 1, configuration: CONFIGURATION_PATH, statistics: STATISTICS_PATH };
    const answer = await stage.app.graphql(pullRequestChange(1), { ...variables, mergeBase: stage.base, e0: `${sha}:a.sql` });
    expect(answer).toMatchObject({
      repository: { pullRequest: { number: 1 }, ancestors: { history: { nodes: [{ oid: stage.base }] } }, o0: { text: "SELECT 3;\n" } },
    });
  });
});

describe("any other query", () => {
  it("is answered with an error that says what is understood", async () => {
    await expect(stage.app.graphql("query Viewer { viewer { login } }")).rejects.toMatchObject({
      errors: [{ message: "The double understands the queries PullRequestFacts, PullRequestChange, Blobs, not Viewer." }],
    });
    await expect(stage.app.graphql(pullRequestFacts, shop)).rejects.toMatchObject({
      errors: [{ message: expect.stringContaining("$number") }],
    });
  });

  it("needs a token", async () => {
    const asked = await ask(`${stage.github.api}/graphql`, { method: "POST", body: { query: "query Viewer { viewer { login } }" } });
    expect(asked.status).toBe(401);
  });
});
