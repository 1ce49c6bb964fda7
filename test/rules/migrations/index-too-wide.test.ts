import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { indexTooWide } from "../../../src/rules/migrations/index-too-wide.js";
import { describeRule, findingsIn } from "../statements.js";

describeRule(indexTooWide, {
  firing: [
    ["four keys", "CREATE INDEX i ON orders (a, b, c, d);", "CREATE INDEX i on orders has 4 keys"],
    ["an expression among them", "CREATE INDEX ON orders (a, lower(b), c, d);", "has 4 keys"],
    ["CONCURRENTLY", "CREATE INDEX CONCURRENTLY i ON orders (a, b, c, d, e);", "has 5 keys"],
    ["a partial index", "CREATE INDEX i ON orders (a, b, c, d) WHERE a > 1;", "has 4 keys"],
    ["SQL Server", { "db/mssql/migrations/1.sql": "CREATE INDEX i ON dbo.orders (a, b, c, d)" }, "has 4 keys"],
  ],
  silent: [
    ["three keys", "CREATE INDEX i ON orders (a, b, c);"],
    ["a unique index", "CREATE UNIQUE INDEX i ON orders (a, b, c, d);"],
    ["included columns", "CREATE INDEX i ON orders (a, b) INCLUDE (c, d);"],
    ["a constraint", "ALTER TABLE orders ADD UNIQUE (a, b, c, d);"],
    ["a comment", "-- CREATE INDEX i ON orders (a, b, c, d);\nSELECT 1;"],
  ],
});

describe("migrations/index-too-wide", () => {
  it("is off by default, and shows how to carry columns instead", async () => {
    expect(indexTooWide.off).toBe(true);
    const [finding] = await findingsIn(indexTooWide, 'CREATE INDEX i ON orders (a, b, c, "D");');
    expect(plain(finding?.help ?? [])).toContain('CREATE INDEX i ON orders (a, b, c) INCLUDE ("D");');
  });
});
