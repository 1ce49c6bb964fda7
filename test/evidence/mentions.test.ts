import { describe, expect, it } from "vitest";
import { withMentions } from "../../src/evidence/mentions.js";
import type { Sources } from "../../src/evidence/sources.js";
import { collectStatements } from "../../src/evidence/statements.js";
import type { Tree } from "../../src/evidence/tree.js";
import { configOf } from "../config/reading.js";
import { sharedParser } from "../sandbox/shared-parser.js";
import { type Files, snapshotOf, treeOf } from "./schema-facts.js";

const drop = { "migrations/2.sql": "ALTER TABLE users DROP COLUMN nick_name, DROP COLUMN birth_day;" };

async function unmentioned(
  base: Files,
  head: Files,
  change: (tree: Tree) => Tree = (tree) => tree,
): Promise<readonly string[] | undefined> {
  const [snapshot, config] = [snapshotOf(base, { ...head, ...drop }), configOf("")];
  const tree: Sources["tree"] = async (_, wanted) => ({
    status: "collected",
    value: change({ files: treeOf({ ...head, ...drop }).files.filter(({ path }) => wanted(path)) }),
  });
  const statements = await collectStatements(snapshot, { parseSql: sharedParser, readSources: async () => [] }, config);
  if (statements.status === "absent") throw new Error("no statements");
  return (await withMentions(statements.value, { sources: { tree } as Sources, snapshot, config })).unmentioned;
}

describe("columns that nothing at the base names", () => {
  it("are those that neither code, nor a model, nor a query holds", async () => {
    const files = { "src/a.ts": "const x = user.birthDay;", "migrations/1.sql": "CREATE TABLE users (nick_name text, birth_day date);" };
    expect(await unmentioned(files, files)).toEqual(["nick_name"]);
  });

  it("are searched in every spelling", async () => {
    for (const text of ["user.nickName", "NICK_NAME", "nick-name", "Nickname"]) {
      const files = { "schema.prisma": text };
      expect(await unmentioned(files, files)).toEqual(["birth_day"]);
    }
  });

  it("are asked of the base: what this change takes out was there", async () => {
    expect(await unmentioned({ "src/a.ts": "u.nick_name + u.birth_day" }, { "src/a.ts": "u.id" })).toEqual([]);
    expect(await unmentioned({ "src/a.ts": "u.nick_name + u.birth_day" }, {})).toEqual([]);
  });

  it("are known although a lock file is too large to be read", async () => {
    const files = { "src/a.ts": "user.birthDay", "pnpm-lock.yaml": "x" };
    const large = (tree: Tree): Tree => ({
      files: tree.files.map((file) =>
        file.path === "pnpm-lock.yaml" ? { path: file.path, sha: "l", unread: "larger than 512 KB" } : file,
      ),
    });
    expect(await unmentioned(files, files, large)).toEqual(["nick_name"]);
  });

  it("are not known where a file was not read, or not all were listed", async () => {
    const files = { "src/a.ts": "x" };
    const cut = (tree: Tree): Tree => ({ ...tree, incomplete: "too many files" });
    const unread = (tree: Tree): Tree => ({ files: tree.files.map(({ path, sha }) => ({ path, sha, unread: "binary" })) });
    expect(await unmentioned(files, files, cut)).toBeUndefined();
    expect(await unmentioned(files, files, unread)).toBeUndefined();
  });
});
