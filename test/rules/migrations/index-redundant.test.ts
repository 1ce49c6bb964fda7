import { describe, expect, it } from "vitest";
import type { Index } from "../../../src/model/catalogue.js";
import { plain } from "../../../src/model/text.js";
import { indexRedundant } from "../../../src/rules/migrations/index-redundant.js";
import { catalogue, index, relation, schema } from "../catalogue.js";
import { describeRule, findingsIn } from "../statements.js";

const CREATE = "CREATE INDEX i ON orders (a);";
/** Indexes that stood before, and those that the head has beside them. */
const indexes = (old: readonly Index[], fresh: readonly Index[]) => {
  const columns = ["a int", "b int"];
  const at = (all: readonly Index[]) => catalogue(relation("orders", columns, { indexes: all }));
  return { schema: schema(at(old), at([...old, ...fresh])) };
};
const i = index("i", ["a"]);

describeRule(indexRedundant, {
  firing: [
    [
      "the beginning of another",
      CREATE,
      "CREATE INDEX i on orders does what ab (a, b) does already",
      indexes([index("ab", ["a", "b"])], [i]),
    ],
    [
      "the same as the primary key",
      CREATE,
      "does what orders_pkey",
      indexes([index("orders_pkey", ["a"], { unique: true, primary: true })], [i]),
    ],
    ["the same as an older one", CREATE, "does what old (a)", indexes([index("old", ["a"])], [i])],
    [
      "one without a name",
      "CREATE INDEX ON orders (a);",
      "orders_a_idx on orders",
      indexes([index("ab", ["a", "b"])], [index("orders_a_idx", ["a"])]),
    ],
    [
      "a second unique index",
      "CREATE UNIQUE INDEX i ON orders (a);",
      "does what u (a)",
      indexes([index("u", ["a"], { unique: true })], [index("i", ["a"], { unique: true })]),
    ],
    [
      "one of two equal new ones, on a new table",
      `CREATE TABLE orders (a int, b int); ${CREATE} CREATE INDEX h ON orders (a);`,
      "CREATE INDEX i on orders does what h",
      { schema: schema(catalogue(), catalogue(relation("orders", ["a int"], { indexes: [i, index("h", ["a"])] }))) },
    ],
  ],
  silent: [
    ["a longer index", CREATE.replace("(a)", "(a, b)"), indexes([index("old", ["a"])], [index("i", ["a", "b"])])],
    ["another column", CREATE, indexes([index("b", ["b", "a"])], [i])],
    ["a partial one", CREATE, indexes([index("ab", ["a", "b"])], [index("i", ["a"], { predicate: "(b > 1)" })])],
    ["another that is partial", CREATE, indexes([index("ab", ["a", "b"], { predicate: "(b > 1)" })], [i])],
    ["another method", CREATE, indexes([index("ab", ["a", "b"], { method: "gin" })], [i])],
    ["a unique one, which asks for more", CREATE, indexes([index("ab", ["a", "b"])], [index("i", ["a"], { unique: true })])],
    ["one that carries other columns", CREATE, indexes([index("ab", ["a", "b"])], [index("i", ["a"], { included: ["c"] })])],
    [
      "another that these changes drop",
      CREATE,
      { schema: schema(indexes([index("ab", ["a", "b"])], []).schema.base, indexes([], [i]).schema.head) },
    ],
    ["an index that stood before", "CREATE INDEX IF NOT EXISTS i ON orders (a);", indexes([index("ab", ["a", "b"]), i], [])],
    ["a schema that is not known", CREATE],
  ],
});

describe("migrations/index-redundant", () => {
  it("is a notice that gives the DROP as SQL", async () => {
    const [finding] = await findingsIn(indexRedundant, CREATE, "", indexes([index("ab", ["a", "b"])], [i]));
    expect(finding?.severity).toBe("notice");
    expect(plain(finding?.help ?? [])).toContain("DROP INDEX CONCURRENTLY i;");
  });
});
