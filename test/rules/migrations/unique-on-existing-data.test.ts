import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { uniqueOnExistingData } from "../../../src/rules/migrations/unique-on-existing-data.js";
import { catalogue, relation, schema } from "../catalogue.js";
import { describeRule, findingsIn } from "../statements.js";

const known = { schema: schema(catalogue(relation("orders", ["a int", "b int"]))) };

describeRule(uniqueOnExistingData, {
  firing: [
    ["a unique index", "CREATE UNIQUE INDEX CONCURRENTLY i ON orders (a, b);", "Uniqueness of orders (a, b) over rows that stand already"],
    ["a unique constraint", "ALTER TABLE orders ADD UNIQUE (a);", "orders (a)"],
    ["a primary key", "ALTER TABLE orders ADD PRIMARY KEY (a);", "orders (a)"],
    ["an expression", "CREATE UNIQUE INDEX i ON orders (lower(a));", "orders (…)"],
    [
      "a column that the base holds",
      "ALTER TABLE orders ADD COLUMN IF NOT EXISTS a int; CREATE UNIQUE INDEX i ON orders (a);",
      "orders (a)",
      known,
    ],
  ],
  silent: [
    ["a column that the change adds", "ALTER TABLE orders ADD COLUMN c int; CREATE UNIQUE INDEX i ON orders (c);"],
    ["a column that the base does not hold", "CREATE UNIQUE INDEX i ON orders (a, c);", known],
    ["a table created in the change", "CREATE TABLE orders (a int); CREATE UNIQUE INDEX i ON orders (a);"],
    ["an index taken over", "ALTER TABLE orders ADD CONSTRAINT u UNIQUE USING INDEX i;"],
    ["a new column with UNIQUE", "ALTER TABLE orders ADD COLUMN c int UNIQUE;"],
    ["an index that is not unique", "CREATE INDEX i ON orders (a);"],
  ],
});

describe("migrations/unique-on-existing-data", () => {
  it("is off by default, and gives the query that finds duplicates", async () => {
    expect(uniqueOnExistingData.off).toBe(true);
    const [finding] = await findingsIn(uniqueOnExistingData, 'CREATE UNIQUE INDEX i ON orders ("A");');
    expect(plain(finding?.help ?? [])).toContain('SELECT "A", count(*) FROM orders GROUP BY "A" HAVING count(*) > 1;');
  });
});
