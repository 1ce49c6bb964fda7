import { describe, expect, it } from "vitest";
import { readOnce } from "../../src/evidence/code-tree.js";
import type { Sources } from "../../src/evidence/sources.js";
import { text } from "../../src/model/text.js";
import { configOf } from "../config/reading.js";
import { snapshotOf, treeOf } from "./schema-facts.js";

const files = { "src/a.ts": "a", "db/q.sql": "SELECT 1", "prisma/schema.prisma": "model A {}", "README.md": "x" };

const repositoryOf = (tree: Sources["tree"]) =>
  readOnce({
    sources: { tree, parseSql: async () => [], readSources: async () => [] },
    snapshot: snapshotOf({}, files),
    config: configOf(""),
  });

describe("a repository's code", () => {
  it("is read once, whoever looks through it for whatever", async () => {
    const asked: string[] = [];
    const { sources, snapshot } = repositoryOf(async (_, wanted) => {
      asked.push("tree");
      return { status: "collected", value: { files: treeOf(files).files.filter(({ path }) => wanted(path)), incomplete: "too large" } };
    });
    const all = await sources.tree(snapshot, () => true);
    const code = await sources.tree(snapshot, (path) => path.endsWith(".ts"));
    const pathsOf = (tree: typeof all): readonly string[] => (tree.status === "collected" ? tree.value.files.map(({ path }) => path) : []);
    expect(pathsOf(all)).toEqual(["src/a.ts", "db/q.sql", "prisma/schema.prisma"]);
    expect(pathsOf(code)).toEqual(["src/a.ts"]);
    expect(code).toMatchObject({ value: { incomplete: "too large" } });
    expect(asked).toEqual(["tree"]);
  });

  it("is not there for anybody when it could not be read", async () => {
    const { sources, snapshot } = repositoryOf(async () => ({ status: "absent", reason: text`no archive` }));
    expect(await sources.tree(snapshot, () => true)).toEqual({ status: "absent", reason: text`no archive` });
  });
});
