import { describe, expect, it } from "vitest";
import type { StatementFile, Statements } from "../../src/model/statements.js";
import { text } from "../../src/model/text.js";
import { concerned, parsedOfAll } from "../../src/rules/concerned.js";
import { sharedParser } from "../sandbox/shared-parser.js";

const SQL = {
  "a.sql": "ALTER TABLE a ADD COLUMN b int; DROP TABLE c; DO $$ BEGIN DROP INDEX i; END $$;",
  "b.sql": "CREATE TABLE d (id int PRIMARY KEY, a int REFERENCES a); SELECT 1;",
  "c.sql": "DROP TABLE e;",
} as const;

async function given(): Promise<Statements> {
  try {
    const names = ["a.sql", "b.sql", "c.sql"] as const;
    const dialects = ["postgresql", "postgresql", "mysql"] as const;
    const parsed = await sharedParser(names.map((path, index) => ({ path, dialect: dialects[index] ?? "postgresql", sql: SQL[path] })));
    const files = names.map((path, index): StatementFile => {
      const answer = parsed[index];
      const dialect = dialects[index] ?? "postgresql";
      const found = answer && "statements" in answer ? answer.statements : [];
      const statements = found.flatMap((one) =>
        "tree" in one
          ? [
              {
                state: "parsed" as const,
                path,
                line: 1,
                endLine: 1,
                sql: SQL[path].slice(one.start, one.end),
                dialect,
                suppressions: [],
                tree: one.tree,
              },
            ]
          : [],
      );
      return { path, kind: path === "b.sql" ? "query" : "migration", dialect, statements };
    });
    return { files, createdTables: [], maybeCreatedTables: [], rows: {}, schema: { status: "absent", reason: text`none` } };
  } finally {
  }
}

const sqlOf = async (concern: Parameters<typeof concerned>[1]): Promise<readonly string[]> =>
  concerned(await given(), concern).map(({ statement }) => statement.sql.trim());

describe("the statements that a rule is about", () => {
  it("are all, in their order, when it names no parts", async () => {
    const statements = await given();
    expect(concerned(statements, {}).map(({ statement }) => statement)).toEqual(parsedOfAll(statements));
    expect(parsedOfAll(statements)).toHaveLength(6);
  });

  it("hold a node, a command, a constraint or a dropped object that it names, each once and in their order", async () => {
    expect(await sqlOf({ dialects: ["postgresql"], on: ["OBJECT_TABLE", "AT_AddColumn", "AlterTableStmt"] })).toEqual([
      "ALTER TABLE a ADD COLUMN b int",
      "DROP TABLE c",
    ]);
    expect(await sqlOf({ dialects: ["postgresql"], on: ["CONSTR_FOREIGN"] })).toEqual([
      "CREATE TABLE d (id int PRIMARY KEY, a int REFERENCES a)",
    ]);
  });

  it("may hold it in a DO block", async () => {
    expect(await sqlOf({ dialects: ["postgresql"], on: ["OBJECT_INDEX"] })).toEqual(["DO $$ BEGIN DROP INDEX i; END $$"]);
  });

  it("are all of another dialect, whose trees have other parts", async () => {
    expect(await sqlOf({ dialects: ["mysql"], on: ["IndexStmt"] })).toEqual(["DROP TABLE e"]);
  });

  it("stand in files of its kind", async () => {
    expect(await sqlOf({ files: "query", on: ["SelectStmt", "CreateStmt"] })).toEqual([
      "CREATE TABLE d (id int PRIMARY KEY, a int REFERENCES a)",
      "SELECT 1",
    ]);
  });
});
