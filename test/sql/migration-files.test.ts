import { describe, expect, it } from "vitest";
import { isDownFile, isMigration } from "../../src/sql/migration-files.js";

describe("isMigration", () => {
  it.each([
    "prisma/migrations/20200101_a/migration.sql",
    "packages/database/migration/20250520_a/migration.sql",
    "migrations/postgresql/2024/up.sql",
    "db/migrate/1.sql",
    "sql/V1_2__a.sql",
    "sql/R__views.sql",
    "persistence/1.postgres.up.sql",
    "synapse/schema/main/delta/72/01_a.sql",
    "drizzle/0001_a.sql",
  ])("knows %s by itself", (path) => {
    expect(isMigration(path, [])).toBe(true);
  });

  it.each(["src/queries/a.sql", "db/structure.sql", "schema.sql"])("takes %s for queries", (path) => {
    expect(isMigration(path, [])).toBe(false);
  });

  it("goes by the configured globs alone when there are some", () => {
    expect(isMigration("changes/1.sql", ["changes/**"])).toBe(true);
    expect(isMigration("migrations/1.sql", ["changes/**"])).toBe(false);
  });
});

describe("isDownFile", () => {
  it.each(["m/down.sql", "m/1.down.sql", "m/1.down.mysql.sql", "sql/U1.2__a.sql"])("knows %s", (path) =>
    expect(isDownFile(path)).toBe(true),
  );
  it.each(["m/up.sql", "m/1_scale_down.sql", "m/update__a.sql", "down/up.sql"])("judges %s", (path) =>
    expect(isDownFile(path)).toBe(false),
  );
});
