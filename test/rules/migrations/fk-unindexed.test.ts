import { describe, expect, it } from "vitest";
import type { Index } from "../../../src/model/catalogue.js";
import { plain } from "../../../src/model/text.js";
import { fkUnindexed } from "../../../src/rules/migrations/fk-unindexed.js";
import { catalogue, foreignKey, index, relation, schema } from "../catalogue.js";
import { describeRule, findingsIn, rowsOf } from "../statements.js";

const ADD = "ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE;";
const customers = relation("customers", ["id bigint not null"]);
const withIndexes = (indexes: readonly Index[], columns: readonly string[] = ["customer_id"]) => {
  const head = relation("orders", ["id bigint", "shop_id bigint", "customer_id bigint"], {
    indexes,
    foreignKeys: [foreignKey("f", columns, "customers")],
  });
  return { schema: schema(catalogue(customers, relation("orders", ["id bigint"])), catalogue(customers, head)) };
};
const sqlite = (indexes: readonly Index[]) => ({ schema: { ...withIndexes(indexes).schema, dialect: "sqlite" as const } });
const TWO = "ALTER TABLE orders ADD FOREIGN KEY (shop_id, customer_id) REFERENCES customers (shop, id) ON DELETE CASCADE;";

describeRule(fkUnindexed, {
  firing: [
    ["no index at all", ADD, "No index of orders begins with customer_id, the foreign key to customers", withIndexes([])],
    ["an index led by another column", ADD, "customer_id", withIndexes([index("i", ["id", "customer_id"])])],
    ["a partial index", ADD, "customer_id", withIndexes([index("i", ["customer_id"], { predicate: "(id > 1)" })])],
    ["an index that is not valid", ADD, "customer_id", withIndexes([index("i", ["customer_id"], { valid: false })])],
    [
      "an index of one of two columns",
      TWO,
      "begins with shop_id, customer_id",
      withIndexes([index("i", ["shop_id"])], ["shop_id", "customer_id"]),
    ],
    ["a new table's", "CREATE TABLE orders (customer_id bigint REFERENCES customers (id));", "customer_id", withIndexes([])],
    [
      "SQLite",
      { "migrations/sqlite/1.sql": "CREATE TABLE orders (id int, customer_id int REFERENCES customers (id))" },
      "customer_id",
      sqlite([]),
    ],
  ],
  silent: [
    ["an index led by it", ADD, withIndexes([index("i", ["customer_id", "id"])])],
    ["both columns in the other order", TWO, withIndexes([index("i", ["customer_id", "shop_id", "id"])], ["shop_id", "customer_id"])],
    ["a hash index", ADD, withIndexes([index("i", ["customer_id"], { method: "hash" })])],
    ["an index of all that refer", ADD, withIndexes([index("i", ["customer_id"], { predicate: "(customer_id IS NOT NULL)" })])],
    ["a unique index within its columns", TWO, withIndexes([index("i", ["customer_id"], { unique: true })], ["shop_id", "customer_id"])],
    ["a foreign key that is gone at the head", ADD, withIndexes([], ["shop_id"])],
    ["a schema that is not known", ADD],
    ["a table that the schema does not hold", ADD, { schema: schema(catalogue()) }],
    [
      "SQLite with an index",
      { "migrations/sqlite/1.sql": "CREATE TABLE orders (customer_id int REFERENCES customers (id))" },
      sqlite([index("i", ["customer_id"])]),
    ],
    ["MySQL, which indexes by itself", { "migrations/mysql/1.sql": ADD.replace(";", "") }, withIndexes([])],
  ],
});

describe("migrations/fk-unindexed", () => {
  it("is a warning where deletions act on the rows, and a notice where they are refused, or the table is small", async () => {
    const severity = async (sql: string, configuration = "") =>
      (await findingsIn(fkUnindexed, sql, configuration, withIndexes([])))[0]?.severity;
    expect(await severity(ADD)).toBe("warning");
    expect(await severity(ADD.replace(" ON DELETE CASCADE", ""))).toBe("notice");
    expect(await severity(ADD.replace("CASCADE", "RESTRICT"))).toBe("notice");
    expect(await severity(ADD, rowsOf(500))).toBe("notice");
  });

  it("gives the index as SQL: CONCURRENTLY only where the table stands already", async () => {
    const help = async (sql: string) => plain((await findingsIn(fkUnindexed, sql, "", withIndexes([])))[0]?.help ?? []);
    expect(await help(ADD)).toContain("CREATE INDEX CONCURRENTLY orders_customer_id_idx ON orders (customer_id);");
    expect(await help("CREATE TABLE orders (customer_id bigint REFERENCES customers);")).toContain("CREATE INDEX orders_customer_id_idx");
  });
});
