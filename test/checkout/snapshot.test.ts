import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GitError } from "../../src/checkout/git.js";
import { parseRawDiff, readSnapshot } from "../../src/checkout/snapshot.js";
import { plain } from "../../src/model/text.js";
import { createRepository, type TestRepository } from "./repository.js";

let repository: TestRepository;
beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.remove());

const snapshot = (base: string, head: string, path = repository.path) => readSnapshot({ repository: path, base, head });
const complaint = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.catch((caught: unknown) => caught);
  if (!(error instanceof GitError)) throw error;
  return `${error.kind}: ${plain(error.sentence)}`;
};

describe("a snapshot of a local repository", () => {
  it("compares the head with the merge base, not with the tip of the base branch", async () => {
    const start = repository.commit({ "a.txt": "one\n" });
    repository.git("checkout", "-q", "-b", "feature");
    const head = repository.commit({ "b.sql": "SELECT 1;\n" });
    repository.git("checkout", "-q", "main");
    const tip = repository.commit({ "a.txt": "somebody else's change\n" });
    expect(await snapshot("main", "feature")).toMatchObject({
      base: { ref: "main", sha: tip },
      mergeBase: { sha: start },
      head: { sha: head },
      files: [{ path: "b.sql", status: "added", head: "SELECT 1;\n" }],
    });
  });

  it("tells added, changed, removed and renamed files, with both texts", async () => {
    const body = "a line that stays the same\n".repeat(20);
    repository.commit({ "keep.txt": "old\n", "gone.txt": "bye\n", "from.txt": body });
    repository.git("checkout", "-q", "-b", "feature");
    repository.commit({ "keep.txt": "new\n", "gone.txt": null, "from.txt": null, "to.txt": `${body}and one more\n` });
    const { files } = await snapshot("main", "feature");
    expect(files).toEqual([
      { path: "gone.txt", status: "removed", base: "bye\n" },
      { path: "keep.txt", status: "modified", base: "old\n", head: "new\n" },
      { path: "to.txt", previousPath: "from.txt", status: "renamed", base: body, head: `${body}and one more\n` },
    ]);
  });

  it("says why the contents of a file are not there", async () => {
    repository.commit({ "a.txt": "one\n" });
    repository.git("checkout", "-q", "-b", "feature");
    repository.commit({
      "binary.sql": new Uint8Array([83, 0, 1]),
      "large.sql": "-- x\n".repeat(150_000),
      "latin1.sql": new Uint8Array([45, 45, 32, 233, 10]),
    });
    const { files } = await snapshot("main", "feature");
    expect(files.map(({ path, unread, head }) => ({ path, unread, head }))).toEqual([
      { path: "binary.sql", unread: "binary", head: undefined },
      { path: "large.sql", unread: "larger than 512 KB", head: undefined },
      { path: "latin1.sql", unread: "not UTF-8", head: undefined },
    ]);
  });

  it("reads odd names as they are", async () => {
    repository.commit({ "a.txt": "" });
    repository.git("checkout", "-q", "-b", "feature");
    const name = 'päth "with"\ttab and\nnewline.sql';
    repository.commit({ [name]: "SELECT 1;\n" });
    expect((await snapshot("main", "feature")).files.map(({ path }) => path)).toEqual([name]);
  });

  it("is empty between equal commits", async () => {
    repository.commit({ "a.txt": "" });
    expect((await snapshot("main", "main")).files).toEqual([]);
  });
});

describe("what a person got wrong", () => {
  it("is said for a revision that does not exist, and one that looks like an option", async () => {
    repository.commit({ "a.txt": "" });
    expect(await complaint(snapshot("main", "nowhere"))).toMatch(/^usage: --head nowhere is not a commit/);
    expect(await complaint(snapshot("--upload-pack=touch x", "main"))).toMatch(/^usage: --base --upload-pack/);
  });

  it("is said for a folder that is no repository", async () => {
    expect(await complaint(snapshot("main", "main", "/"))).toMatch(/^usage: \/ is not a git repository/);
  });

  it("is said for a folder that is not there", async () => {
    expect(await complaint(snapshot("main", "main", "/nowhere/at/all"))).toMatch(/^usage: there is no folder \/nowhere\/at\/all/);
  });

  it("is said for branches without a common ancestor", async () => {
    repository.commit({ "a.txt": "" });
    repository.git("checkout", "-q", "--orphan", "other");
    repository.commit({ "b.txt": "" });
    expect(await complaint(snapshot("main", "other"))).toMatch(/have no common ancestor/);
  });

  it("is said for a shallow clone that lacks the merge base, with the remedy", async () => {
    repository.commit({ "a.txt": "1" });
    repository.git("checkout", "-q", "-b", "feature");
    repository.commit({ "b.txt": "1" });
    repository.git("checkout", "-q", "main");
    repository.commit({ "a.txt": "2" });
    const clone = createRepository();
    try {
      clone.git("fetch", "-q", "--depth=1", `file://${repository.path}`, "main:base", "feature:feature");
      expect(await complaint(snapshot("base", "feature", clone.path))).toContain("fetch-depth: 0");
      expect(await complaint(snapshot("base~1", "feature", clone.path))).toMatch(
        /^usage: --base base~1 is not in this shallow clone; fetch/,
      );
    } finally {
      clone.remove();
    }
  });
});

describe("git's raw diff", () => {
  it("is taken apart by its NULs", () => {
    const raw = ":100644 100644 aaa bbb M\0a b.txt\0:100644 100644 aaa ccc R087\0from\0to\0:000000 160000 000 ddd A\0module\0";
    expect(parseRawDiff(raw).map(({ path, previousPath, status }) => [path, previousPath, status])).toEqual([
      ["a b.txt", undefined, "M"],
      ["to", "from", "R087"],
      ["module", undefined, "A"],
    ]);
    expect(parseRawDiff("")).toEqual([]);
  });
});
