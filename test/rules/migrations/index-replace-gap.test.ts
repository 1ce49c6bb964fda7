import { describe, expect, it } from "vitest";
import type { Index } from "../../../src/model/catalogue.js";
import { plain } from "../../../src/model/text.js";
import { indexReplaceGap } from "../../../src/rules/migrations/index-replace-gap.js";
import { catalogue, index, relation, schema } from "../catalogue.js";
import { describeRule, findingsIn, rowsOf } from "../statements.js";

const having = (...indexes: readonly Index[]) => ({ schema: schema(catalogue(relation("orders", ["a int", "b int"], { indexes }))) });
const i = index("i", ["a"]);

describeRule(indexReplaceGap, {
  firing: [
    [
      "a drop, then the same name",
      "DROP INDEX i; CREATE INDEX i ON orders (a, b);",
      "DROP INDEX i before CREATE INDEX i on orders takes its place",
    ],
    ["a drop, then one led by the same column", "DROP INDEX i; CREATE INDEX j ON orders (a, b);", "before CREATE INDEX j", having(i)],
    ["a drop, then one that holds its columns", "DROP INDEX i; CREATE INDEX j ON orders (b, a);", "before CREATE INDEX j", having(i)],
    [
      "the nearest of two",
      "DROP INDEX i; CREATE INDEX j ON orders (b, a); CREATE INDEX k ON orders (a, b);",
      "before CREATE INDEX k",
      having(i),
    ],
    ["CONCURRENTLY, which leaves a longer gap", "DROP INDEX CONCURRENTLY i; CREATE INDEX CONCURRENTLY i ON orders (a);", "DROP INDEX i"],
    [
      "a later file of the change",
      { "migrations/1.sql": "DROP INDEX i", "migrations/2.sql": "CREATE INDEX j ON public.orders (a)" },
      "before CREATE INDEX j",
      having(i),
    ],
    ["several that go at once", "DROP INDEX i, j; CREATE INDEX k ON orders (a);", "DROP INDEX j", having(i, index("j", ["a", "b"]))],
    [
      "another one that is partial",
      "DROP INDEX i; CREATE INDEX k ON orders (a);",
      "DROP INDEX i",
      having(i, index("j", ["a"], { predicate: "(b > 1)" })),
    ],
  ],
  silent: [
    ["created first", "CREATE INDEX j ON orders (a, b); DROP INDEX i;", having(i)],
    ["created first, where another follows", "CREATE INDEX j ON orders (a); DROP INDEX i; CREATE INDEX k ON orders (a, b);", having(i)],
    ["another column", "DROP INDEX i; CREATE INDEX j ON orders (b);", having(i)],
    ["an expression", "DROP INDEX i; CREATE INDEX j ON orders (lower(a));", having(index("i", ["lower(a)"]))],
    ["another table", "DROP INDEX i; CREATE INDEX j ON bills (a);", having(i)],
    ["another index that stays", "DROP INDEX i; CREATE INDEX j ON orders (a);", having(i, index("k", ["a", "b"]))],
    ["other names where the schema is not known", "DROP INDEX i; CREATE INDEX j ON orders (a);"],
    ["a drop alone", "DROP INDEX i;", having(i)],
    [
      "a table created in the change",
      "CREATE TABLE orders (a int); CREATE INDEX i ON orders (a); DROP INDEX i; CREATE INDEX i ON orders (a);",
    ],
    ["a comment", "DROP INDEX i; -- CREATE INDEX i ON orders (a);", having(i)],
  ],
});

describe("migrations/index-replace-gap", () => {
  it("goes with the table's size and gives the other order as SQL", async () => {
    const [finding] = await findingsIn(indexReplaceGap, "DROP INDEX i; CREATE UNIQUE INDEX i ON orders (a, b);", rowsOf(3_000_000));
    expect(finding?.severity).toBe("blocking");
    expect(plain(finding?.help ?? [])).toContain(
      "CREATE UNIQUE INDEX CONCURRENTLY i_new ON orders (a, b); DROP INDEX CONCURRENTLY i; ALTER INDEX i_new RENAME TO i;",
    );
  });
});
