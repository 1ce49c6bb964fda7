import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readTree } from "../../src/checkout/tree.js";
import { createRepository, type TestRepository } from "./repository.js";

let repository: TestRepository;
beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.remove());

const isSql = (path: string): boolean => path.endsWith(".sql");
const tree = (sha: string, limits?: Parameters<typeof readTree>[3]) => readTree(repository.path, sha, isSql, limits);

describe("the tree of a commit", () => {
  it("holds the wanted files, changed or not, with their blobs and texts", async () => {
    repository.commit({ "db/1.sql": "SELECT 1;\n", "README.md": "no\n" });
    const head = repository.commit({ "db/2.sql": "SELECT 'é';\n" });
    const { files, incomplete } = await tree(head);
    expect(files).toEqual([
      { path: "db/1.sql", sha: repository.git("rev-parse", "HEAD:db/1.sql"), text: "SELECT 1;\n" },
      { path: "db/2.sql", sha: repository.git("rev-parse", "HEAD:db/2.sql"), text: "SELECT 'é';\n" },
    ]);
    expect(incomplete).toBeUndefined();
  });

  it("is that of the commit, whatever the work tree holds", async () => {
    const old = repository.commit({ "a.sql": "SELECT 1;\n" });
    repository.commit({ "a.sql": "SELECT 2;\n" });
    expect((await tree(old)).files).toMatchObject([{ text: "SELECT 1;\n" }]);
  });

  it("reads odd names as they are, and equal files each by its own path", async () => {
    const name = 'päth "with"\ttab and\nnewline.sql';
    const head = repository.commit({ [name]: "SELECT 1;\n", "twin.sql": "SELECT 1;\n", "empty.sql": "" });
    expect((await tree(head)).files.map(({ path, text }) => [path, text])).toEqual([
      ["empty.sql", ""],
      [name, "SELECT 1;\n"],
      ["twin.sql", "SELECT 1;\n"],
    ]);
  });

  it("says why a file was not read, and follows no symbolic link", async () => {
    const blob = repository.git("hash-object", "-w", "--stdin", "--path=x").slice(0, 40);
    const head = repository.commit({ "binary.sql": new Uint8Array([83, 0, 1]), "large.sql": "-- x\n".repeat(150_000) });
    repository.git("update-index", "--add", "--cacheinfo", `120000,${blob},link.sql`);
    repository.git("commit", "-q", "-m", "link");
    expect((await tree(head)).files.map(({ path, unread }) => [path, unread])).toEqual([
      ["binary.sql", "binary"],
      ["large.sql", "larger than 512 KB"],
    ]);
    expect((await tree("HEAD")).files.at(-1)).toMatchObject({ path: "link.sql", unread: "symbolic link" });
  });

  it("names each bound that it reached", async () => {
    const head = repository.commit({ "1.sql": "SELECT 1;\n", "2.sql": "SELECT 2;\n", "3.sql": "SELECT 3;\n" });
    const limits = { files: 2, fileBytes: 100, textBytes: 12 };
    expect(await tree(head, { ...limits, textBytes: 100 })).toMatchObject({
      files: [{ path: "1.sql" }, { path: "2.sql" }],
      incomplete: "more than 2 of its files are wanted",
    });
    expect((await tree(head, { ...limits, files: 9, textBytes: 1024 * 1024 })).incomplete).toBeUndefined();
    const { files, incomplete } = await tree(head, limits);
    expect(files.map(({ text }) => text)).toEqual(["SELECT 1;\n", undefined]);
    expect(incomplete).toMatch(/^its text is larger than .* MB; more than 2 of its files are wanted$/);
  });
});
