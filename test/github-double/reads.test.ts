import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, clean, raiseStage, repository, type Stage, shop } from "./stage.js";

let stage: Stage;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(async () => expect(await stage.stop()).toEqual(clean));

describe("pull requests", () => {
  it("are shown with counts, sides and the merge state", async () => {
    const { data } = await stage.app.rest.pulls.get({ ...shop, pull_number: 1 });
    expect(data).toMatchObject({
      number: 1,
      state: "open",
      changed_files: 2,
      commits: 1,
      additions: 1,
      deletions: 1,
      mergeable_state: "clean",
      head: { label: "acme:feature", sha: stage.head },
      base: { ref: "main", sha: stage.base },
      user: { login: "alice" },
      author_association: "NONE",
    });
  });

  it("are listed by owner and branch of the head", async () => {
    const listed = async (head: string) => (await stage.app.rest.pulls.list({ ...shop, head })).data.map(({ number }) => number);
    expect(await listed("acme:feature")).toEqual([1]);
    expect(await listed("mallory:feature")).toEqual([]);
  });

  it("list their files, with a patch for text and none for bytes", async () => {
    const { data } = await stage.app.rest.pulls.listFiles({ ...shop, pull_number: 1 });
    expect(data.map(({ filename, status, patch }) => ({ filename, status, patch }))).toEqual([
      { filename: "db/a.sql", status: "modified", patch: "@@ -1,1 +1,1 @@\n-SELECT 1;\n+SELECT 2;" },
      { filename: "logo.png", status: "added", patch: undefined },
    ]);
  });

  it("list at most 3,000 files, thirty on a page at first, and say in Link where the rest is", async () => {
    const files = Object.fromEntries(Array.from({ length: 3001 }, (_, index) => [`many/${index}.txt`, "x\n"]));
    await stage.github.push({ repository, branch: "many", by: "alice", files });
    const { number } = await stage.github.openPull({ repository, head: "many", user: "alice" });
    expect((await stage.app.rest.pulls.get({ ...shop, pull_number: number })).data.changed_files).toBe(3001);
    const first = await stage.app.rest.pulls.listFiles({ ...shop, pull_number: number });
    expect(first.data).toHaveLength(30);
    expect(first.headers.link).toContain('page=100>; rel="last"');
    const all = await stage.app.paginate(stage.app.rest.pulls.listFiles, { ...shop, pull_number: number, per_page: 100 });
    expect(all).toHaveLength(3000);
  });

  it("belong to the commits that only they have", async () => {
    const of = async (sha: string) =>
      (await stage.app.rest.repos.listPullRequestsAssociatedWithCommit({ ...shop, commit_sha: sha })).data.map(({ number }) => number);
    expect(await of(stage.head)).toEqual([1]);
    expect(await of(stage.base)).toEqual([]);
  });
});

describe("repositories and their commits", () => {
  it("are shown", async () => {
    expect((await stage.app.rest.repos.get(shop)).data).toMatchObject({ default_branch: "main", organization: { login: "acme" } });
    expect((await stage.app.rest.repos.getBranch({ ...shop, branch: "main" })).data.commit.sha).toBe(stage.base);
    const commit = await stage.app.rest.repos.getCommit({ ...shop, ref: "feature" });
    expect(commit.data).toMatchObject({ sha: stage.head, parents: [{ sha: stage.base }], stats: { total: 2 } });
  });

  it("are compared from their merge base", async () => {
    await stage.github.push({ repository, branch: "ahead", by: "alice", files: { "b.txt": "b\n" } });
    await stage.github.push({ repository, branch: "main", by: "alice", files: { "c.txt": "c\n" } });
    const { data } = await stage.app.rest.repos.compareCommitsWithBasehead({ ...shop, basehead: "main...ahead" });
    expect(data).toMatchObject({ status: "diverged", ahead_by: 1, behind_by: 1, merge_base_commit: { sha: stage.base } });
    expect(data.files?.map(({ filename }) => filename)).toEqual(["b.txt"]);
  });

  it("without a common ancestor are refused with 404", async () => {
    await stage.github.loadCommits({
      repository,
      commits: [{ key: "root", parents: [], files: { a: "1" } }],
      branches: { orphan: "root" },
    });
    const compared = stage.app.rest.repos.compareCommitsWithBasehead({ ...shop, basehead: "main...orphan" });
    await expect(compared).rejects.toMatchObject({ status: 404, message: expect.stringContaining("No common ancestor") });
  });

  it("name their required checks with the expected source", async () => {
    await stage.github.setRuleset({ repository, branch: "main", checks: [{ name: "redline/main", integration_id: 77 }] });
    expect((await stage.app.rest.repos.getBranchRules({ ...shop, branch: "main" })).data).toMatchObject([
      { type: "required_status_checks", parameters: { required_status_checks: [{ context: "redline/main", integration_id: 77 }] } },
    ]);
  });

  it("know everybody's permission, with the role behind it", async () => {
    await stage.github.setCollaborator({ repository, user: "mia", role: "maintain" });
    const { data } = await stage.app.rest.repos.getCollaboratorPermissionLevel({ ...shop, username: "mia" });
    expect(data).toMatchObject({ permission: "write", role_name: "maintain" });
  });
});

describe("contents", () => {
  it("come as JSON, as raw text in UTF-8, and as a directory", async () => {
    const { data } = await stage.app.rest.repos.getContent({ ...shop, path: "db/a.sql", ref: "feature" });
    expect(data).toMatchObject({ type: "file", encoding: "base64", content: Buffer.from("SELECT 2;\n").toString("base64") });
    const raw = await stage.app.rest.repos.getContent({ ...shop, path: "db/a.sql", mediaType: { format: "raw" } });
    expect(raw.data).toBe("SELECT 1;\n");
    const directory = await stage.app.rest.repos.getContent({ ...shop, path: "" });
    expect(directory.data).toMatchObject([{ name: "README.md" }, { name: "c.txt" }, { name: "db", type: "dir" }]);
    await expect(stage.app.rest.repos.getContent({ ...shop, path: "nothing" })).rejects.toMatchObject({ status: 404 });
  });

  it("name symlinks and submodules as what they are", async () => {
    const submodule = "1".repeat(40);
    await stage.github.push({ repository, branch: "odd", files: { link: { symlink: "README.md" }, vendor: { submodule } } });
    const typeOf = async (path: string) => (await stage.app.rest.repos.getContent({ ...shop, path, ref: "odd" })).data;
    expect(await typeOf("link")).toMatchObject({ type: "symlink", target: "README.md" });
    expect(await typeOf("vendor")).toMatchObject({ type: "submodule", sha: submodule });
  });

  it("come as trees and blobs", async () => {
    const { data } = await stage.app.rest.git.getTree({ ...shop, tree_sha: stage.base, recursive: "1" });
    expect(data.tree.map(({ path }) => path)).toEqual(["README.md", "db", "db/a.sql"]);
    const blob = await stage.app.rest.git.getBlob({ ...shop, file_sha: data.tree[2]?.sha ?? "" });
    expect(blob.data).toMatchObject({ size: 10, content: Buffer.from("SELECT 1;\n").toString("base64") });
  });
});

describe("every answer", () => {
  it("carries GitHub's headers, and 304 without a charge to who knows it already", async () => {
    const url = `${stage.github.api}/repos/${repository}/pulls/1`;
    const first = await ask(url);
    expect(first.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(first.headers.get("x-github-request-id")).toMatch(/^D0UB:/);
    expect(first.headers.get("date")).toBe(new Date((await stage.github.now()).now).toUTCString());
    expect(first.headers.get("x-ratelimit-limit")).toBe("60");
    const second = await ask(url, { headers: { "if-none-match": first.headers.get("etag") ?? "" } });
    expect(second.status).toBe(304);
    expect(second.headers.get("x-ratelimit-remaining")).toBe(first.headers.get("x-ratelimit-remaining"));
    const third = await ask(url);
    expect(Number(third.headers.get("x-ratelimit-remaining"))).toBe(Number(first.headers.get("x-ratelimit-remaining")) - 1);
    expect((await stage.app.rest.rateLimit.get()).data.rate.limit).toBe(5000);
  });

  it("is 404 for what is not there, and 400 for what is no JSON", async () => {
    expect(await ask(`${stage.github.api}/nothing/here`)).toMatchObject({ status: 404, json: { message: "Not Found" } });
    const broken = await ask(`${stage.github.api}/graphql`, {
      method: "POST",
      token: (await stage.github.createToken({ user: "alice" })).token,
      body: "{",
    });
    expect(broken).toMatchObject({ status: 400, json: { message: "Problems parsing JSON" } });
  });
});
