import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { partitionCreateLock } from "../../../src/rules/migrations/partition-create-lock.js";
import { catalogue, observation, relation, relationName, schema } from "../catalogue.js";
import { describeRule, findingsIn } from "../statements.js";

const create = "CREATE TABLE orders_1 PARTITION OF orders FOR VALUES IN (1);";
const known = {
  schema: schema(
    catalogue(
      relation("orders", ["id bigint"], { kind: "partitioned" }),
      relation("orders_1", ["id bigint"], { partitionOf: relationName("orders") }),
    ),
  ),
};

describeRule(partitionCreateLock, {
  firing: [
    ["PARTITION OF", create, "CREATE TABLE orders_1 PARTITION OF orders"],
    ["the default partition", "CREATE TABLE orders_1 PARTITION OF shop.orders DEFAULT;", "PARTITION OF shop.orders"],
    ["one inside a DO block", `DO $$ BEGIN ${create} END $$;`, "PARTITION OF orders"],
    ["DROP TABLE of a partition", "DROP TABLE orders_1;", "DROP TABLE of orders_1, a partition of public.orders", known],
    [
      "one that was seen to lock",
      create,
      "takes ACCESS EXCLUSIVE on orders (observed)",
      { observed: { 1: observation({ orders: "ACCESS EXCLUSIVE" }) } },
    ],
  ],
  silent: [
    [
      "a table that is created alone and attached",
      "CREATE TABLE orders_1 (LIKE orders); ALTER TABLE orders ATTACH PARTITION orders_1 FOR VALUES IN (1);",
    ],
    ["a parent created in the change", `CREATE TABLE orders (id int) PARTITION BY LIST (id); ${create}`],
    ["INHERITS", "CREATE TABLE orders_1 () INHERITS (orders);"],
    ["DROP TABLE of another table", "DROP TABLE orders;", known],
    ["DROP TABLE where the schema is not known", "DROP TABLE orders_1;"],
    ["one that was seen to lock less", create, { observed: { 1: observation({ orders: "SHARE UPDATE EXCLUSIVE" }) } }],
  ],
});

describe("migrations/partition-create-lock", () => {
  it("is a notice, and gives ATTACH as SQL", async () => {
    const [finding] = await findingsIn(partitionCreateLock, create);
    expect(finding?.severity).toBe("notice");
    expect(plain(finding?.help ?? [])).toContain("ALTER TABLE orders ATTACH PARTITION orders_1 FOR VALUES …;");
  });
});
