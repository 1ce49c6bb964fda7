import { describe, expect, it } from "vitest";
import { namedDialect } from "../../src/evidence/tool-dialect.js";
import type { ChangedFile } from "../../src/model/pull-request.js";
import { plain } from "../../src/model/text.js";
import { configOf } from "../config/reading.js";

const drizzle = (dialect: string) => `export default { dialect: "${dialect}" };`;

interface Given {
  readonly tools: Readonly<Record<string, string>>;
  /** Changed files with SQL. */
  readonly sql?: readonly string[];
  readonly changed?: readonly ChangedFile[];
  readonly config?: string;
}

function named({ tools, sql = ["src/a.ts"], changed = [], config = "" }: Given): string | null {
  const tree = { files: Object.entries(tools).map(([path, text]) => ({ path, sha: path, text })) };
  const snapshot = {
    draft: false,
    base: { sha: "b", ref: "main" },
    mergeBase: { sha: "m" },
    head: { sha: "h" },
    files: changed,
  };
  const found = namedDialect(tree, snapshot, sql, configOf(config));
  if (!found) return null;
  return "unclear" in found ? plain(found.unclear) : `${found.dialect} by ${found.path}`;
}

describe("the dialect that the tools' files name", () => {
  it("is that of the only one, wherever it lies", () => {
    expect(named({ tools: { "packages/db/drizzle.config.ts": drizzle("mysql") } })).toBe("mysql by packages/db/drizzle.config.ts");
    expect(named({ tools: { "drizzle.config.ts": "export default {};" } })).toBeNull();
  });

  it("is that of the file that speaks for what changed, the nearest of several", () => {
    const tools = {
      "drizzle.config.ts": drizzle("postgresql"),
      "apps/a/prisma/migrations/migration_lock.toml": 'provider = "mysql"',
      "apps/b/knexfile.js": "module.exports = { client: 'sqlite3' };",
    };
    expect(named({ tools, sql: ["apps/a/src/x.ts"] })).toBe("mysql by apps/a/prisma/migrations/migration_lock.toml");
    expect(named({ tools, sql: ["apps/b/x.sql"] })).toBe("sqlite by apps/b/knexfile.js");
    expect(named({ tools, sql: ["lib/x.ts"] })).toBe("postgresql by drizzle.config.ts");
  });

  it("is not chosen where those of a change disagree, or none of several speaks for it", () => {
    const tools = { "apps/a/drizzle.config.ts": drizzle("mysql"), "apps/b/drizzle.config.ts": drizzle("sqlite") };
    const both = "mysql in apps/a/drizzle.config.ts, sqlite in apps/b/drizzle.config.ts";
    expect(named({ tools, sql: ["apps/a/x.ts", "apps/b/x.ts"] })).toBe(both);
    expect(named({ tools, sql: ["lib/x.ts"] })).toBe(both);
  });

  it("is the merge base's: a change does not choose the rules by which it is judged", () => {
    const path = "drizzle.config.ts";
    const now = { [path]: drizzle("sqlite") };
    const modified: ChangedFile = { path, status: "modified", base: drizzle("postgresql"), head: drizzle("sqlite") };
    expect(named({ tools: now, changed: [modified] })).toBe("postgresql by drizzle.config.ts");
    expect(named({ tools: now, changed: [{ path, status: "added", head: drizzle("sqlite") }] })).toBeNull();
    const moved: ChangedFile = { ...modified, status: "renamed", previousPath: "apps/a/drizzle.config.ts" };
    expect(named({ tools: now, changed: [moved] })).toBe("postgresql by apps/a/drizzle.config.ts");
  });

  it("is not taken from tests, examples and what the configuration ignores", () => {
    const tools = {
      "tests/knexfile.js": "module.exports = { client: 'sqlite3' };",
      "examples/a/drizzle.config.ts": drizzle("mysql"),
      "old/drizzle.config.ts": drizzle("mysql"),
    };
    expect(named({ tools, config: 'paths: { ignore: ["old/**"] }' })).toBeNull();
  });
});
