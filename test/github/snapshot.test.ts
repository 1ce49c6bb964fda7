import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NoCommonAncestorError } from "../../src/github/errors.js";
import { type PullFacts, readFacts } from "../../src/github/facts.js";
import { readSnapshot } from "../../src/github/snapshot.js";
import { clean, raiseStage, type Stage } from "../github-double/stage.js";
import { FakeGitHub, RequestError } from "./fake-github.js";

const COMPARE = "GET /repos/{owner}/{repo}/compare/{basehead}";
const FILES = "GET /repos/{owner}/{repo}/pulls/{pull_number}/files";

describe("against the local GitHub", () => {
  let stage: Stage;

  const facts = async (): Promise<PullFacts> => {
    const read = await readFacts(stage.app, { owner: "acme", name: "shop", number: 1 });
    if (!read) throw new Error("the pull request is gone");
    return read;
  };

  beforeAll(async () => {
    stage = await raiseStage();
  });

  afterAll(async () => {
    expect(await stage.stop()).toEqual(clean);
  });

  test("changed files come with both contents, in two calls", async () => {
    const read = await facts();
    const { mark } = await stage.github.mark();
    const { snapshot, ancestors } = await readSnapshot(stage.app, read);
    expect(snapshot.files).toEqual([
      { path: "db/a.sql", status: "modified", base: "SELECT 1;\n", head: "SELECT 2;\n" },
      { path: "logo.png", status: "added", unread: "binary" },
    ]);
    expect(snapshot).toMatchObject({
      number: 1,
      author: { login: "alice" },
      draft: false,
      base: { ref: "main", sha: stage.base },
      mergeBase: { sha: stage.base, url: expect.stringContaining(`/acme/shop/commit/${stage.base}`) },
      head: { sha: stage.head },
    });
    expect(snapshot).not.toHaveProperty("incomplete");
    expect(ancestors).toEqual([stage.base]);
    expect((await stage.github.count({ since: mark })).total).toBe(2);
  });

  test("the merge base stays where the branch left, however far the base branch went, and knows its first parents", async () => {
    const repository = "acme/shop";
    await stage.github.push({ repository, branch: "main", by: "bob", files: { "README.md": "second\n" } });
    const { sha: third } = await stage.github.push({ repository, branch: "main", by: "bob", files: { "README.md": "third\n" } });
    const before = await readSnapshot(stage.app, await facts());
    expect([before.snapshot.mergeBase.sha, before.snapshot.base.sha]).toEqual([stage.base, third]);
    await stage.github.push({
      repository,
      branch: "feature",
      by: "alice",
      files: { "README.md": "third\n", "data.bin": { base64: "AAEC" }, "large.txt": "x".repeat(600_000), "gone.sql": "SELECT 1;\n" },
      parents: [stage.head, third],
    });
    const after = await readSnapshot(stage.app, await facts());
    expect(after.snapshot.mergeBase.sha).toBe(third);
    expect(after.ancestors).toHaveLength(3);
    expect([after.ancestors[0], after.ancestors[2]]).toEqual([third, stage.base]);
    expect(after.snapshot.files.find(({ path }) => path === "data.bin")?.unread).toBe("binary");
    expect(after.snapshot.files.find(({ path }) => path === "large.txt")).toEqual({
      path: "large.txt",
      status: "added",
      unread: "larger than 512 KB",
    });
  });
});

const facts = (changedFiles: number): PullFacts => ({
  owner: "acme",
  name: "shop",
  repositoryId: 2,
  url: "https://github.com/acme/shop",
  organization: false,
  defaultBranch: "main",
  number: 1,
  state: "open",
  draft: false,
  locked: false,
  changedFiles,
  updatedAt: "2026-01-05T09:00:00Z",
  head: { sha: "b".repeat(40), repositoryId: 2 },
  base: { ref: "main", sha: "a".repeat(40) },
  author: null,
  labels: [],
  timeline: null,
  contributors: null,
  configuration: { path: ".github/redline.yml", text: null },
  statistics: { path: ".github/redline-statistics.sql", text: null },
});

const entry = (filename: string, more: object = {}) => ({ filename, status: "added", ...more });

const blobs = (variables: Record<string, unknown>) => ({
  repository: {
    ancestors: null,
    ...Object.fromEntries(
      Object.keys(variables)
        .filter((name) => /^e\d/.test(name))
        .map((name) => [`o${name.slice(1)}`, { text: "text", isBinary: false, isTruncated: false, byteSize: 4 }]),
    ),
  },
});

const scripted = (compared: readonly object[], pages: readonly (readonly object[])[] = []): FakeGitHub =>
  new FakeGitHub({
    [COMPARE]: () => ({ base_commit: { sha: "a".repeat(40) }, merge_base_commit: { sha: "c".repeat(40) }, files: compared }),
    [FILES]: ({ page }) => pages[Number(page) - 1] ?? [],
    "query Blobs": blobs,
  });

const numbered = (count: number, extension: string, from = 0): readonly object[] =>
  Array.from({ length: count }, (_, index) => entry(`f${from + index}.${extension}`));

describe("by the shape of the answer", () => {
  test("above 300 files the list is paged, and its count is held against GitHub's (D01)", async () => {
    const github = scripted(numbered(300, "md"), [
      numbered(100, "md"),
      numbered(100, "md", 100),
      numbered(100, "md", 200),
      numbered(1, "md", 300),
    ]);
    const { snapshot } = await readSnapshot(github, facts(301));
    expect(snapshot.files).toHaveLength(301);
    expect(snapshot).not.toHaveProperty("incomplete");
    expect(github.sent.filter(({ route }) => route === FILES)).toHaveLength(4);
  });

  test("a list that is cut says so (D01)", async () => {
    const github = scripted(numbered(2, "sql"), [numbered(2, "sql")]);
    const { snapshot } = await readSnapshot(github, facts(3));
    expect(snapshot.incomplete).toBe("GitHub listed 2 of 3 files");
  });

  test("pages of another head say so", async () => {
    const moved = entry("a.sql", { contents_url: `https://api.github.com/repos/acme/shop/contents/a.sql?ref=${"d".repeat(40)}` });
    const { snapshot } = await readSnapshot(scripted([], [[moved]]), facts(1));
    expect(snapshot.incomplete).toBe("the head moved while its files were listed");
  });

  test("SQL is always read, of everything else 200 files, 100 contents a query", async () => {
    const github = scripted([...numbered(201, "ts"), ...numbered(10, "sql")]);
    const { snapshot } = await readSnapshot(github, facts(211));
    expect(snapshot.files.filter(({ unread }) => unread === "more than 200 files changed").map(({ path }) => path)).toEqual(["f200.ts"]);
    expect(snapshot.files.filter(({ path, head }) => path.endsWith(".sql") && head === "text")).toHaveLength(10);
    const queries = github.sent.filter(({ route }) => route === "query Blobs");
    expect(queries.map(({ parameters }) => Object.keys(parameters).filter((name) => /^e\d/.test(name)).length)).toEqual([100, 100, 10]);
  });

  test("a rename is read under both names, a copy is an addition, a removal has no head", async () => {
    const github = scripted([
      entry("new.sql", { status: "renamed", previous_filename: "old.sql" }),
      entry("copy.sql", { status: "copied", previous_filename: "a.sql" }),
      entry("gone.sql", { status: "removed" }),
    ]);
    const { snapshot } = await readSnapshot(github, facts(3));
    expect(snapshot.files).toEqual([
      { path: "new.sql", previousPath: "old.sql", status: "renamed", base: "text", head: "text" },
      { path: "copy.sql", status: "added", head: "text" },
      { path: "gone.sql", status: "removed", base: "text" },
    ]);
    const asked = github.sent.find(({ route }) => route === "query Blobs")?.parameters;
    expect(asked).toMatchObject({ e0: `${"c".repeat(40)}:old.sql`, e1: `${"b".repeat(40)}:new.sql` });
  });

  test("what is no file there, as a submodule is not, is named and not read", async () => {
    const github = new FakeGitHub({
      [COMPARE]: () => ({ base_commit: { sha: "a".repeat(40) }, merge_base_commit: { sha: "c" }, files: [entry("vendor/lib")] }),
      "query Blobs": () => ({ repository: { ancestors: null, o0: null } }),
    });
    const { snapshot } = await readSnapshot(github, facts(1));
    expect(snapshot.files[0]?.unread).toBe("not a file (a submodule or a directory)");
  });

  test("a pull request without files still knows the merge base's first parents", async () => {
    const parents = (oid: string, parent?: string) => ({ oid, parents: { nodes: parent === undefined ? [] : [{ oid: parent }] } });
    const github = new FakeGitHub({
      [COMPARE]: () => ({ base_commit: { sha: "a".repeat(40) }, merge_base_commit: { sha: "c" }, files: [] }),
      // A merged branch's commits stand between the first parents.
      "query Blobs": () => ({
        repository: {
          o0: null,
          ancestors: { history: { nodes: [parents("c", "b"), parents("side", "a"), parents("b", "a"), parents("a")] } },
        },
      }),
    });
    expect((await readSnapshot(github, facts(0))).ancestors).toEqual(["c", "b", "a"]);
  });

  test("commits without a common ancestor are an error of their own, another 404 is not", async () => {
    const failing = (message: string) =>
      new FakeGitHub({
        [COMPARE]: () => {
          throw new RequestError(404, message);
        },
      });
    await expect(readSnapshot(failing("No common ancestor between main and feature."), facts(1))).rejects.toBeInstanceOf(
      NoCommonAncestorError,
    );
    await expect(readSnapshot(failing("Not Found"), facts(1))).rejects.toMatchObject({ failure: { kind: "not-found" } });
  });
});
