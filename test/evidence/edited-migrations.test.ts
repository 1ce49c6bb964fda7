import { describe, expect, it } from "vitest";
import { parseConfiguration } from "../../src/config/parse.js";
import { editedMigration } from "../../src/evidence/edited-migrations.js";
import type { ChangedFile } from "../../src/model/pull-request.js";

function edited(file: Partial<ChangedFile>, configuration = "") {
  const parsed = parseConfiguration(configuration, "redline.yml");
  if (!("config" in parsed)) throw new Error(JSON.stringify(parsed.problems));
  return editedMigration(
    { path: "db/migrations/0001_a.sql", status: "modified", base: "CREATE TABLE a (id int);", ...file },
    parsed.config,
  );
}

describe("an edited migration is", () => {
  it("one whose SQL changed, with the first line that differs", () => {
    expect(edited({ base: "-- a\nSELECT 1;\nSELECT 2;", head: "-- a\nSELECT 1;\nSELECT 3;" })).toEqual({
      path: "db/migrations/0001_a.sql",
      how: "changed",
      line: 3,
    });
  });

  it("one that is gone", () => expect(edited({ status: "removed" })).toMatchObject({ how: "deleted" }));

  it("one that got another name", () => {
    const moved = { path: "db/migrations/0002_a.sql", previousPath: "db/migrations/0001_a.sql", status: "renamed", head: "x" } as const;
    expect(edited(moved)).toMatchObject({ how: "renamed", previousPath: "db/migrations/0001_a.sql" });
  });

  it("a folder's, where all files have the same name", () => {
    const path = (name: string): string => `prisma/migrations/${name}/migration.sql`;
    expect(edited({ path: path("2_a"), previousPath: path("1_a"), status: "renamed", head: "x" })).toMatchObject({ how: "renamed" });
  });

  it("found by the configured folders", () => {
    expect(edited({ path: "sql/1.sql", head: "SELECT 2;" })).toBeNull();
    expect(edited({ path: "sql/1.sql", head: "SELECT 2;" }, "database: { migrations: ['sql/*.sql'] }")).toMatchObject({ how: "changed" });
  });
});

describe("no edited migration is", () => {
  it.each([
    ["a new one", { status: "added", head: "SELECT 1;" }],
    ["one whose comments and layout changed", { head: "-- first\nCREATE TABLE a (\n  id int\n);" }],
    ["a down migration", { path: "db/migrations/1.down.sql", head: "SELECT 2;" }],
    ["a repeatable one", { path: "db/migrations/R__views.sql", head: "SELECT 2;" }],
    ["no SQL", { path: "db/migrations/README.md", head: "x" }],
    ["a file elsewhere", { path: "src/queries/a.sql", head: "SELECT 2;" }],
    [
      "one whose folder moved as a whole",
      {
        path: "packages/db/migrations/0001_a.sql",
        previousPath: "db/migrations/0001_a.sql",
        status: "renamed",
        head: "CREATE TABLE a (id int);",
      },
    ],
    [
      "a folder of one migration that moved",
      {
        path: "packages/db/migrations/1_a/migration.sql",
        previousPath: "db/migrations/1_a/migration.sql",
        status: "renamed",
        head: "CREATE TABLE a (id int);",
      },
    ],
  ] as const)("%s", (_, file) => {
    expect(edited(file)).toBeNull();
  });

  it("one that was not read", () => {
    const parsed = parseConfiguration("", "redline.yml");
    const file = { path: "db/migrations/0001_a.sql", status: "modified", unread: "binary" } as const;
    expect("config" in parsed && editedMigration(file, parsed.config)).toBeNull();
  });
});
