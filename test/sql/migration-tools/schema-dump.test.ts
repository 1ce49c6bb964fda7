import { describe, expect, it } from "vitest";
import { configuredDump, foundDump } from "../../../src/sql/migration-tools/schema-dump.js";
import { type Files, filesOf } from "./repository.js";

const DUMP = "--\n-- PostgreSQL database dump\n--\n\nSET statement_timeout = 0;\nCREATE TABLE public.a (id int);\n";
const found = (files: Files) => foundDump(filesOf(files), [])?.path;

describe("a schema dump", () => {
  it("is known by pg_dump's first lines, else by its name", () => {
    expect(found({ "db/structure.sql": DUMP, "db/other.sql": DUMP })).toBe("db/structure.sql");
    expect(found({ "db/schema.sql": "CREATE TABLE a ();", "infra/prod.sql": DUMP })).toBe("infra/prod.sql");
    expect(found({ "db/schema.sql": "CREATE TABLE a ();" })).toBe("db/schema.sql");
  });

  it("is no query, no migration and no test's", () => {
    expect(found({ "q.sql": "SELECT 1;", "migrations/schema.sql": DUMP, "test/fixtures/structure.sql": DUMP })).toBeUndefined();
  });

  it("is what the configuration names, a file, a folder or a glob, in the order of the names", () => {
    const files = filesOf({ "sql/b.sql": "", "sql/a.sql": "", "sql/sub/c.sql": "", "other.sql": "", "sql/x.txt": "" });
    const paths = (glob: string) => configuredDump(files, glob).map(({ path }) => path);
    expect(paths("sql/a.sql")).toEqual(["sql/a.sql"]);
    expect(paths("sql/*.sql")).toEqual(["sql/a.sql", "sql/b.sql"]);
    expect(paths("sql")).toEqual(["sql/a.sql", "sql/b.sql", "sql/sub/c.sql"]);
    expect(paths("nowhere")).toEqual([]);
  });
});
