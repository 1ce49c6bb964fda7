import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { partitionAttachScan } from "../../../src/rules/migrations/partition-attach-scan.js";
import { catalogue, check, observation, relation, schema } from "../catalogue.js";
import { describeRule, findingsIn, rowsOf } from "../statements.js";

const attach = "ALTER TABLE orders ATTACH PARTITION orders_1 FOR VALUES FROM (1) TO (2);";
const locks = { orders: "SHARE UPDATE EXCLUSIVE", orders_1: "ACCESS EXCLUSIVE" } as const;
const checked = schema(catalogue(relation("orders_1", ["id bigint"], { checks: [check("c", "((id >= 1) AND (id < 2))")] })));

describeRule(partitionAttachScan, {
  firing: [
    ["ATTACH PARTITION", attach, "ATTACH PARTITION orders_1 to orders"],
    ["the default partition", "ALTER TABLE orders ATTACH PARTITION orders_1 DEFAULT;", "orders_1"],
    ["one inside a DO block", `DO $$ BEGIN ${attach} END $$;`, "orders_1"],
    [
      "a CHECK that is not validated",
      attach,
      "orders_1",
      { schema: schema(catalogue(relation("orders_1", [], { checks: [check("c", "(id > 0)", false)] }))) },
    ],
    [
      "one that was seen to scan",
      attach,
      "reads every row of orders_1 (observed)",
      { observed: { 1: observation(locks, { scanned: ["orders_1"] }) } },
    ],
    [
      "a CHECK that was seen not to help",
      attach,
      "(observed)",
      { schema: checked, observed: { 1: observation(locks, { scanned: ["orders_1"] }) } },
    ],
  ],
  silent: [
    ["a partition created in the change", `CREATE TABLE orders_1 (id int); ${attach}`],
    ["one that was seen not to scan", attach, { observed: { 1: observation(locks) } }],
    ["a partition with a valid CHECK", attach, { schema: checked }],
    ["a CHECK that the change adds", `ALTER TABLE orders_1 ADD CONSTRAINT c CHECK (id >= 1 AND id < 2) NOT VALID; ${attach}`],
    ["an index's partition", "ALTER INDEX a ATTACH PARTITION b;"],
    ["DETACH", "ALTER TABLE orders DETACH PARTITION orders_1;"],
  ],
});

describe("migrations/partition-attach-scan", () => {
  it("goes with the rows of the partition, and gives the CHECK as SQL", async () => {
    const [finding] = await findingsIn(partitionAttachScan, attach, rowsOf(4e6, "orders_1"));
    expect(finding?.severity).toBe("blocking");
    expect(plain(finding?.help ?? [])).toContain("ALTER TABLE orders_1 ADD CONSTRAINT orders_1_bounds CHECK (…) NOT VALID;");
  });
});
