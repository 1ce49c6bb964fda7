import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { dropColumn } from "../../../src/rules/migrations/drop-column.js";
import { catalogue, relation, schema } from "../catalogue.js";
import { describeRule, findingsIn, rowsOf } from "../statements.js";

const drop = "ALTER TABLE orders DROP COLUMN total;";
const with_ = (...columns: string[]) => schema(catalogue(relation("orders", columns)));

describeRule(dropColumn, {
  firing: [
    ["DROP COLUMN", drop, "orders.total is dropped"],
    ["IF EXISTS … CASCADE", "ALTER TABLE shop.orders DROP COLUMN IF EXISTS total CASCADE;", "shop.orders.total"],
    ["one inside a DO block", `DO $$ BEGIN ${drop} END $$;`, "orders.total"],
    ["several, as one list", "ALTER TABLE orders DROP a, DROP b;", "line 1: orders.b is dropped"],
    ["one that is added again below, without a schema", `${drop} ALTER TABLE orders ADD COLUMN total bigint;`, "orders.total"],
    ["one that the same statement adds again", "ALTER TABLE orders DROP total, ADD total uuid;", "orders.total"],
    ["MySQL", { "migrations/mysql/1.sql": "ALTER TABLE orders DROP COLUMN total" }, "orders.total"],
    ["SQLite", { "migrations/sqlite/1.sql": "ALTER TABLE orders DROP COLUMN total" }, "orders.total"],
    ["a column that the base has", drop, "orders.total", { schema: with_("id bigint", "total integer") }],
    ["one that is added again", `${drop} ALTER TABLE orders ADD COLUMN total bigint;`, "orders.total", { schema: with_("total integer") }],
  ],
  silent: [
    ["a column that the base does not have", drop, { schema: with_("id bigint") }],
    ["a column added in the change", `ALTER TABLE orders ADD COLUMN total int; ${drop}`],
    ["a table created in the change", `CREATE TABLE orders (total int); ${drop}`],
    ["DROP CONSTRAINT, DROP DEFAULT", "ALTER TABLE orders DROP CONSTRAINT c; ALTER TABLE orders ALTER total DROP DEFAULT;"],
    ["an attribute of a type", "ALTER TYPE t DROP ATTRIBUTE a;"],
    ["a query file", { "src/queries/x.sql": drop }],
  ],
});

describe("migrations/drop-column", () => {
  it("is a notice whatever the size, and shows the statement for the later release", async () => {
    const [finding] = await findingsIn(dropColumn, drop, rowsOf(5e6));
    expect(finding?.severity).toBe("notice");
    expect(plain(finding?.help ?? [])).toContain("in a later release: ALTER TABLE orders DROP COLUMN total;");
  });

  it("is silent about a column that nothing at the base names", async () => {
    expect(await findingsIn(dropColumn, drop, "", { unmentioned: ["total"] })).toEqual([]);
    expect(await findingsIn(dropColumn, drop, "", { unmentioned: ["other"] })).toHaveLength(1);
  });
});
