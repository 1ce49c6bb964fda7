import { describe, expect, it } from "vitest";
import { isCodeMigration } from "../../src/sql/code-migrations.js";

describe("isCodeMigration", () => {
  it.each([
    "src/migrations/1700000000000-AddIndex.ts",
    "db/migrate/20240101000000_add_index.rb",
    "shop/migrations/0001_initial.py",
    "alembic/versions/ae1027a6acf9_add.py",
    "cmd/migrate/migrations/20240101_x.go",
    "src/main/java/db/migration/V2__Add.java",
  ])("is %s", (path) => expect(isCodeMigration(path, [])).toBe(true));

  it.each(["internal/migrate/runner.go", "src/migrations/index.ts", "api/versions/list.py", "src/1_x.ts"])("is not %s", (path) =>
    expect(isCodeMigration(path, [])).toBe(false),
  );

  it("goes by the configured globs where there are some", () => {
    expect(isCodeMigration("db/steps/first.ts", ["db/steps/**"])).toBe(true);
    expect(isCodeMigration("src/migrations/1700000000000-AddIndex.ts", ["db/steps/**"])).toBe(false);
  });
});
