import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { lockObserved } from "../../../src/rules/migrations/lock-observed.js";
import { catalogue, observation, relation, relationName, schema } from "../catalogue.js";
import { describeRule, findingsIn, rowsOf } from "../statements.js";

const exclusive = { orders: "ACCESS EXCLUSIVE" } as const;
const both = { orders: "ACCESS EXCLUSIVE", shops: "ACCESS EXCLUSIVE" } as const;
const rewrites = { observed: { 1: observation(exclusive, { rewritten: ["orders"] }) } };
const scans = { observed: { 1: observation(exclusive, { scanned: ["orders"] }) } };
const parts = schema(
  catalogue(relation("orders", [], { kind: "partitioned" }), relation("shops", [], { partitionOf: relationName("orders") })),
);

describeRule(lockObserved, {
  firing: [
    [
      "a new column of a domain that rewrites",
      "ALTER TABLE orders ADD COLUMN e email;",
      "It takes ACCESS EXCLUSIVE on orders, rewrites orders (observed)",
      rewrites,
    ],
    ["a domain's constraint that scans", "ALTER DOMAIN email ADD CHECK (VALUE <> '');", "reads every row of orders (observed)", scans],
    [
      "SHARE with a scan",
      "SELECT build();",
      "takes SHARE on orders",
      { observed: { 1: observation({ orders: "SHARE" }, { scanned: ["orders"] }) } },
    ],
    [
      "several tables at once",
      "ALTER TABLE orders DROP COLUMN shop_id;",
      "takes ACCESS EXCLUSIVE on orders, shops (observed)",
      { observed: { 1: observation(both) } },
    ],
    ["a schema that is dropped", "DROP SCHEMA shop CASCADE;", "orders, shops", { observed: { 1: observation(both) } }],
    ["a DO block", "DO $$ BEGIN PERFORM rebuild(); END $$;", "rewrites orders (observed)", rewrites],
  ],
  silent: [
    ["a statement that was not run", "ALTER TABLE orders ADD COLUMN e email;"],
    ["one short lock", "ALTER TABLE orders ADD COLUMN e text;", { observed: { 1: observation(exclusive) } }],
    [
      "what lets writes go on",
      "ALTER TABLE orders VALIDATE CONSTRAINT c;",
      { observed: { 1: observation({ orders: "SHARE UPDATE EXCLUSIVE" }, { scanned: ["orders"] }) } },
    ],
    ["a type change, which another rule is about", "ALTER TABLE orders ALTER a TYPE bigint;", rewrites],
    ["a column that rows must have a value for, which another rule is about", "ALTER TABLE orders ADD a int NOT NULL;", scans],
    ["a volatile default", "ALTER TABLE orders ADD a uuid DEFAULT gen_random_uuid();", rewrites],
    ["a constraint", "ALTER TABLE orders ADD CHECK (a > 0);", scans],
    ["an index", "CREATE INDEX i ON orders (a);", { observed: { 1: observation({ orders: "SHARE" }, { scanned: ["orders"] }) } }],
    ["DROP TABLE", "DROP TABLE orders;", { observed: { 1: observation(both) } }],
    ["a DO block with a statement that a rule judges", "DO $$ BEGIN ALTER TABLE orders ALTER a TYPE bigint; END $$;", rewrites],
    [
      "a query, whose locks are weak",
      "SELECT count(*) FROM orders;",
      { observed: { 1: observation({ orders: "ACCESS SHARE" }, { scanned: ["orders"] }) } },
    ],
    [
      "a table created in the change",
      "CREATE TABLE shops (id int);\nALTER TABLE orders DROP COLUMN a;",
      { observed: { 2: observation(both) } },
    ],
    ["a partition that is locked with its parent", "ALTER TABLE orders ADD a int;", { observed: { 1: observation(both) }, schema: parts }],
  ],
});

describe("migrations/lock-observed", () => {
  it("warns of a rewrite by its rows, and notes several short locks", async () => {
    const severity = async (sql: string, known: object, configuration = ""): Promise<string | undefined> =>
      (await findingsIn(lockObserved, sql, configuration, known))[0]?.severity;
    expect(await severity("ALTER TABLE orders ADD e email;", rewrites)).toBe("warning");
    expect(await severity("ALTER TABLE orders ADD e email;", rewrites, rowsOf(2e6))).toBe("blocking");
    expect(await severity("ALTER TABLE orders DROP COLUMN a;", { observed: { 1: observation(both) } })).toBe("notice");
  });

  it("says how to limit the wait", async () => {
    const [finding] = await findingsIn(lockObserved, "ALTER TABLE orders DROP COLUMN a;", "", { observed: { 1: observation(both) } });
    expect(plain(finding?.help ?? [])).toContain("SET LOCAL lock_timeout = '5s';");
  });
});
