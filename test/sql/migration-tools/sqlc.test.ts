import { describe, expect, it } from "vitest";
import { sqlcPackages } from "../../../src/sql/migration-tools/sqlc.js";

const packages = (path: string, text: string) => sqlcPackages([{ path, text }]);

describe("sqlc's settings", () => {
  it("name queries and schema from where they stand, in both versions", () => {
    expect(
      packages(
        "pkg/db/sqlc.yaml",
        'version: "2"\nsql:\n  - engine: postgresql\n    queries: [a.sql, ./q]\n    schema: ../../migrations/\n',
      ),
    ).toEqual([{ engine: "postgresql", queries: ["pkg/db/a.sql", "pkg/db/q"], schema: ["migrations"] }]);
    expect(packages("sqlc.json", '{"version":"1","packages":[{"schema":["s.sql"],"queries":"q","engine":"mysql"}]}')).toEqual([
      { engine: "mysql", queries: ["q"], schema: ["s.sql"] },
    ]);
  });

  it.each(["", "sql: 5", "a: &a [*a]", "- x", "sql: [{ queries: a }]"])("name nothing in %s", (text) =>
    expect(packages("sqlc.yml", text)).toEqual([]),
  );
});
