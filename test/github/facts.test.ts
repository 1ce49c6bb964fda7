import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readFacts } from "../../src/github/facts.js";
import { listRuns } from "../../src/github/runs.js";
import { clean, raiseStage, type Stage } from "../github-double/stage.js";
import { FakeGitHub } from "./fake-github.js";

const pull = { owner: "acme", name: "shop", number: 1 };

describe("against the local GitHub", () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await raiseStage();
  });

  afterAll(async () => {
    expect(await stage.stop()).toEqual(clean);
  });

  test("a pull request is read in one query", async () => {
    const { mark } = await stage.github.mark();
    const facts = await readFacts(stage.app, pull);
    expect(facts).toMatchObject({
      owner: "acme",
      name: "shop",
      organization: true,
      defaultBranch: "main",
      number: 1,
      state: "open",
      draft: false,
      locked: false,
      changedFiles: 2,
      head: { sha: stage.head },
      base: { ref: "main", sha: stage.base },
      author: { login: "alice", type: "User" },
      labels: [],
      configuration: { path: ".github/redline.yml", text: null },
      statistics: { path: ".github/redline-statistics.sql", text: null },
    });
    expect(facts?.head.repositoryId).toBe(facts?.repositoryId);
    expect((await stage.github.count({ since: mark })).total).toBe(1);
  });

  test("runs of the head that have ended come along, with the time of their newest attempt (R06)", async () => {
    const run = await stage.github.completeRun({ repository: "acme/shop", number: 1 });
    const [listed] = await listRuns(stage.app, pull, stage.head);
    expect((await readFacts(stage.app, pull))?.endedRuns).toEqual([{ id: run.id, updatedAt: listed?.updatedAt }]);
    await stage.github.rerun({ repository: "acme/shop", run: run.id });
    expect((await readFacts(stage.app, pull))?.endedRuns).toEqual([]);
  });

  test("labels come with their ids, who put them when, forced pushes, and everybody with a part in the commits", async () => {
    const repository = "acme/shop";
    const act = { repository, number: 1 };
    await stage.github.label({ ...act, user: "bob", label: "perf-override" });
    await stage.github.unlabel({ ...act, user: "carol", label: "perf-override" });
    await stage.github.label({ ...act, user: "labeler[bot]", label: "perf-override" });
    const message = "More\n\nCo-authored-by: Dave <dave@users.noreply.example>\nCo-authored-by: E <99+eve@users.noreply.github.com>";
    const { sha } = await stage.github.push({
      repository,
      branch: "feature",
      by: "alice",
      parent: stage.base,
      message,
      files: { "b.txt": "b" },
    });
    const facts = await readFacts(stage.app, pull);
    const label = facts?.labels[0];
    expect(label).toMatchObject({ name: "perf-override", id: expect.stringMatching(/./) });
    expect(facts?.timeline).toMatchObject([
      { kind: "labeled", by: { login: "bob", type: "User" }, label },
      { kind: "unlabeled", by: { login: "carol" }, label },
      { kind: "labeled", by: { login: "labeler", type: "Bot" }, label },
      { kind: "force-pushed", by: { login: "alice" } },
    ]);
    expect(facts?.timeline?.map(({ at }) => at).at(-1)).toBe(facts?.updatedAt);
    expect(facts?.contributors).toMatchObject({ shas: [sha], complete: true, logins: [] });
    expect(facts?.contributors?.ids).toHaveLength(3);
    await stage.github.unlabel({ ...act, user: "bob", label: "perf-override" });
    await stage.github.push({ repository, branch: "feature", by: "alice", to: stage.head });
  });

  test("the configuration is the base branch's, never the head's", async () => {
    const repository = "acme/shop";
    await stage.github.push({ repository, branch: "feature", by: "alice", files: { ".github/redline.yml": "mode: advisory\n" } });
    expect((await readFacts(stage.app, pull))?.configuration.text).toBeNull();
    await stage.github.push({ repository, branch: "main", by: "bob", files: { ".github/redline.yml": "mode: blocking\n" } });
    const facts = await readFacts(stage.app, pull);
    expect(facts?.configuration).toEqual({ path: ".github/redline.yml", text: "mode: blocking\n" });
    expect(facts?.base.sha).not.toBe(stage.base);
  });

  test("the planner statistics come in the same query, from the base branch, and are refused unread above 512 KB", async () => {
    const path = ".github/redline-statistics.sql";
    const statisticsOf = async (text: string) => {
      await stage.github.push({ repository: "acme/shop", branch: "main", by: "bob", files: { [path]: text } });
      const { mark } = await stage.github.mark();
      const statistics = (await readFacts(stage.app, pull))?.statistics;
      expect((await stage.github.count({ since: mark })).total).toBe(1);
      return statistics;
    };
    expect(await statisticsOf("SET jit = 'off';\n")).toEqual({ path, text: "SET jit = 'off';\n" });
    expect(await statisticsOf("x".repeat(524_289))).toEqual({ path, text: null, unreadable: "it is larger than 512 KB" });
  });

  test("a configuration above 64 KB is refused unread", async () => {
    await stage.github.push({
      repository: "acme/shop",
      branch: "main",
      by: "bob",
      files: { ".github/redline.yml": `# ${"x".repeat(65_536)}\n` },
    });
    expect((await readFacts(stage.app, pull))?.configuration).toEqual({
      path: ".github/redline.yml",
      text: null,
      unreadable: "it is larger than 64 KB",
    });
  });

  test("a binary configuration is refused", async () => {
    await stage.github.push({
      repository: "acme/shop",
      branch: "main",
      by: "bob",
      files: { ".github/redline.yml": { base64: "AAECAw==" } },
    });
    expect((await readFacts(stage.app, pull))?.configuration.unreadable).toBe("it is binary");
  });

  test("labels and state are those of now", async () => {
    await stage.github.label({ repository: "acme/shop", number: 1, label: "perf-override", user: "bob" });
    await stage.github.closePull({ repository: "acme/shop", number: 1, user: "bob" });
    expect(await readFacts(stage.app, pull)).toMatchObject({ labels: [{ name: "perf-override" }], state: "closed" });
  });

  test("a pull request that is gone is null", async () => {
    expect(await readFacts(stage.app, { ...pull, number: 99 })).toBeNull();
  });
});

describe("by the shape of the answer", () => {
  const answer = (changed: object): FakeGitHub =>
    new FakeGitHub({
      "query PullRequestFacts": () => ({
        repository: {
          databaseId: 2,
          url: "https://github.com/acme/shop",
          isInOrganization: false,
          defaultBranchRef: null,
          pullRequest: {
            number: 1,
            state: "MERGED",
            isDraft: true,
            locked: true,
            changedFiles: 0,
            updatedAt: "2026-01-05T09:00:00Z",
            headRefOid: "head",
            headRepository: null,
            baseRefName: "main",
            author: null,
            labels: null,
            baseRef: { target: { oid: "tip", file: { object: {} } } },
            ...changed,
          },
        },
      }),
    });

  test("a deleted fork, a deleted account and a folder in the configuration's place are read as such", async () => {
    expect(await readFacts(answer({}), pull)).toMatchObject({
      state: "merged",
      draft: true,
      locked: true,
      defaultBranch: "",
      head: { repositoryId: null },
      author: null,
      labels: [],
      configuration: { text: null, unreadable: "it is not a file" },
    });
  });

  test("a pull request whose base branch is gone has nothing to be judged against", async () => {
    expect(await readFacts(answer({ baseRef: null }), pull)).toBeNull();
  });

  test("an answer of another shape is an error, not a guess", async () => {
    await expect(readFacts(answer({ changedFiles: "many" }), pull)).rejects.toMatchObject({ failure: { kind: "unexpected" } });
  });
});
