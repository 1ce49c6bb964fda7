import { describe, expect, it } from "vitest";
import { isSchemaFile } from "../../../src/sql/migration-tools/wanted.js";

describe("the files that may say what a database holds", () => {
  it.each([
    "queries/a.sql",
    "prisma/migrations/migration_lock.toml",
    "drizzle/meta/_journal.json",
    "migrations/1_a/metadata.toml",
    "app/migrations/0001_initial.py",
    "alembic/migrations/versions/0a1b2c3d4e5f_add.py",
    "db/migrate/20200101000000_a.rb",
    "db/schema.rb",
    "src/main/resources/db/migration/V1__a.sql.conf",
  ])("are wanted: %s", (path) => expect(isSchemaFile(path, [])).toBe(true));

  it.each(["node_modules/x/a.sql", "src/a.ts", "app/migrations/helper.py", "migrations/0001_a_test.go", "README.md", "package.json"])(
    "and nothing else: %s",
    (path) => expect(isSchemaFile(path, [])).toBe(false),
  );
});
