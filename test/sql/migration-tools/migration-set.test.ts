import { describe, expect, it } from "vitest";
import { chosen, run } from "./repository.js";

const TABLE = "CREATE TABLE a (id int);";

describe("a folder of migrations", () => {
  it("is ordered by its numbers when nobody's tool is known", () => {
    const files = { "db/migrations/2_b.sql": TABLE, "db/migrations/10_c.sql": TABLE, "db/migrations/1_a.sql": TABLE };
    expect(chosen(files)).toMatchObject({ tool: null, files: ["1_a.sql", "2_b.sql", "10_c.sql"] });
    expect(run(files, "db/migrations/1_a.sql")).toBe("unknown");
  });

  it("holds no file that its tool would not look at", () => {
    expect(chosen({ "migrations/2020-01-01_a/up.sql": TABLE, "migrations/seed.sql": TABLE })?.files).toEqual(["2020-01-01_a/up.sql"]);
    expect(chosen({ "m/migrations/1_a.sql": "-- +goose Up", "m/migrations/seed.sql": TABLE })?.files).toEqual(["1_a.sql"]);
    expect(chosen({ "m/migrations/1_a.up.sql": TABLE, "m/migrations/1_a.sql": TABLE })?.files).toEqual(["1_a.up.sql"]);
  });

  it("names the migrations that are programs", () => {
    const files = {
      "m/migrations/20230101_a.sql": "-- +goose Up\nSELECT 1;",
      "m/migrations/20230102_b.go": "package m",
      "m/migrations/helper.go": "package m",
      "m/migrations/20230102_b_test.go": "package m",
    };
    expect(chosen(files)?.code).toEqual([{ path: "m/migrations/20230102_b.go", language: "Go" }]);
    const prisma = { "migration/20230101_a/migration.sql": TABLE, "migration/20230102_b/migration.ts": "" };
    expect(chosen(prisma)?.code).toEqual([{ path: "migration/20230102_b/migration.ts", language: "TypeScript" }]);
  });

  it("is of the database that the tool's own files name", () => {
    const files = {
      "a/prisma/migrations/1_a/migration.sql": TABLE,
      "a/prisma/migrations/2_b/migration.sql": TABLE,
      "a/prisma/migrations/migration_lock.toml": 'provider = "mysql"',
      "b/prisma/migrations/1_a/migration.sql": TABLE,
      "b/prisma/schema.prisma": 'generator c { provider = "prisma-client-js" }\ndatasource db {\n  provider = "postgresql"\n}',
    };
    expect(chosen(files)?.root).toBe("b/prisma/migrations");
    expect(chosen(files, { dialect: "mysql" })?.root).toBe("a/prisma/migrations");
    expect(chosen(files, { dialect: "sqlite" })).toBeNull();
  });

  it("is of the database that its path names, and never of one that nobody here reads", () => {
    const files = { "clickhouse/migrations/1_a.sql": TABLE, "migrations/mysql/1_a/up.sql": TABLE, "migrations/sqlite/1_a/up.sql": TABLE };
    expect(chosen(files)).toBeNull();
    expect(chosen(files, { dialect: "mysql" })?.root).toBe("migrations/mysql");
  });

  it("serves every database that it has files of with those that name none", () => {
    const files = {
      "migrations/20200101_a.up.sql": TABLE,
      "migrations/20200102_b.mysql.up.sql": TABLE,
      "migrations/20200102_b.postgres.up.sql": TABLE,
    };
    expect(chosen(files)?.files).toEqual(["20200101_a.up.sql", "20200102_b.postgres.up.sql"]);
    expect(chosen(files, { dialect: "mysql" })?.files).toEqual(["20200101_a.up.sql", "20200102_b.mysql.up.sql"]);
  });
});

describe("the history that matters", () => {
  const files = {
    "app/migrations/1_a.sql": TABLE,
    "app/migrations/2_b.sql": TABLE,
    "billing/migrations/1_a.sql": TABLE,
    "testdata/migrations/1_a.sql": TABLE,
    "testdata/migrations/2_b.sql": TABLE,
    "testdata/migrations/3_b.sql": TABLE,
  };

  it("is the one that the change adds to, whatever it is", () => {
    expect(chosen(files, { changed: ["billing/migrations/1_a.sql", "app/query.sql"] })?.root).toBe("billing/migrations");
    expect(chosen(files, { changed: ["testdata/migrations/3_b.sql"] })?.root).toBe("testdata/migrations");
  });

  it("is else the nearest, then the longest, and no test's", () => {
    expect(chosen(files, { changed: ["billing/queries/a.sql"] })?.root).toBe("billing/migrations");
    expect(chosen(files)?.root).toBe("app/migrations");
  });

  it("is found in a repository without one folder above another", () => {
    expect(chosen({ "1_a.up.sql": TABLE, "2_b.up.sql": TABLE })).toMatchObject({ root: "", files: ["1_a.up.sql", "2_b.up.sql"] });
    expect(chosen({})).toBeNull();
  });
});
