import { describe, expect, it } from "vitest";
import type { EditedMigration } from "../../../src/model/evidence.js";
import { plain } from "../../../src/model/text.js";
import { migrationEdited } from "../../../src/rules/migrations/migration-edited.js";
import { changes } from "../judged.js";

const check = (...editedMigrations: readonly EditedMigration[]) => migrationEdited.check({ changes: changes({ editedMigrations }) }, {});

describe("migrations/migration-edited", () => {
  it("warns at the first line that differs", () => {
    const [finding] = check({ path: "db/migrations/1.sql", how: "changed", line: 4 });
    expect(finding).toMatchObject({ severity: "warning", at: { path: "db/migrations/1.sql", line: 4 } });
    expect(plain(finding?.message ?? [])).toContain("db/migrations/1.sql is changed");
    expect(plain(finding?.help ?? [])).toContain("a new migration");
  });

  it("says what a renamed one was called", () => {
    const [finding] = check({ path: "m/2.sql", previousPath: "m/1.sql", how: "renamed", line: 1 });
    expect(plain(finding?.message ?? [])).toContain("m/1.sql is renamed to m/2.sql");
  });

  it("points at no line of a file that is gone", () => {
    const [finding] = check({ path: "m/1.sql", how: "deleted", line: 1 });
    expect(finding?.at).toBeUndefined();
    expect(plain(finding?.message ?? [])).toContain("m/1.sql is deleted");
  });

  it("is one finding for all of them, and lists ten", () => {
    const findings = check(...Array.from({ length: 60 }, (_, place) => ({ path: `m/${place}.sql`, how: "deleted" as const, line: 1 })));
    expect(findings).toHaveLength(1);
    expect(plain(findings[0]?.message ?? [])).toContain("m/9.sql is deleted; and 50 more");
  });

  it("is silent where none is, or where nobody looked", () => {
    expect(check()).toEqual([]);
    expect(migrationEdited.check({ changes: changes() }, {})).toEqual([]);
  });
});
