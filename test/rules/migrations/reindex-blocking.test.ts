import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { reindexBlocking } from "../../../src/rules/migrations/reindex-blocking.js";
import { catalogue, index, observation, relation, schema } from "../catalogue.js";
import { describeRule, findingsIn, rowsOf } from "../statements.js";

const known = { schema: schema(catalogue(relation("orders", ["a int"], { indexes: [index("i", ["a"])] }))) };

describeRule(reindexBlocking, {
  firing: [
    ["REINDEX TABLE", "REINDEX TABLE shop.orders;", "REINDEX TABLE shop.orders without CONCURRENTLY"],
    ["REINDEX INDEX", "REINDEX INDEX i;", "REINDEX INDEX i"],
    ["a whole schema", "REINDEX SCHEMA shop;", "REINDEX SCHEMA shop"],
    ["other options", "REINDEX (VERBOSE) TABLE orders;", "REINDEX TABLE orders"],
    [
      "one of a table whose scan was seen",
      "REINDEX TABLE orders;",
      "takes SHARE on orders",
      {
        observed: { 1: observation({ orders: "SHARE" }, { scanned: ["orders"] }) },
      },
    ],
  ],
  silent: [
    ["CONCURRENTLY", "REINDEX TABLE CONCURRENTLY orders;"],
    ["CONCURRENTLY in parentheses", "REINDEX (VERBOSE, CONCURRENTLY) INDEX i;"],
    ["a table created in the change", "CREATE TABLE orders (a int); REINDEX TABLE orders;"],
    ["system catalogues", "REINDEX SYSTEM shop;"],
    ["a comment", "-- REINDEX TABLE orders;\nSELECT 1;"],
  ],
});

describe("migrations/reindex-blocking", () => {
  it("knows the table of an index from the schema, and gives the safe form", async () => {
    const [finding] = await findingsIn(reindexBlocking, "REINDEX INDEX i;", rowsOf(1_000_000), known);
    expect(finding?.severity).toBe("blocking");
    expect(plain(finding?.help ?? [])).toContain("REINDEX INDEX CONCURRENTLY i;");
  });
});
