import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { indexHash } from "../../../src/rules/migrations/index-hash.js";
import { describeRule, findingsIn } from "../statements.js";

describeRule(indexHash, {
  firing: [
    ["USING hash", "CREATE INDEX i ON orders USING hash (number);", "CREATE INDEX i on orders USING hash"],
    ["one without a name", "CREATE INDEX ON shop.orders USING HASH (number);", "on shop.orders"],
    ["CONCURRENTLY", "CREATE INDEX CONCURRENTLY i ON orders USING hash (number);", "on orders"],
    ["a table created in the change", "CREATE TABLE orders (number text); CREATE INDEX i ON orders USING hash (number);", "on orders"],
    ["one inside a DO block", "DO $$ BEGIN CREATE INDEX i ON orders USING hash (number); END $$;", "on orders"],
  ],
  silent: [
    ["a btree", "CREATE INDEX i ON orders (number);"],
    ["another method", "CREATE INDEX i ON orders USING gin (tags);"],
    ["a column called hash", "CREATE INDEX i ON orders (hash);"],
    ["hash partitions", "CREATE TABLE orders (a int) PARTITION BY HASH (a);"],
    ["a comment", "-- CREATE INDEX i ON orders USING hash (number);\nSELECT 1;"],
  ],
});

describe("migrations/index-hash", () => {
  it("is a notice, with the btree as SQL", async () => {
    const [finding] = await findingsIn(indexHash, "CREATE INDEX i ON orders USING hash (number);");
    expect(finding?.severity).toBe("notice");
    expect(plain(finding?.help ?? [])).toContain("CREATE INDEX CONCURRENTLY i ON orders (number);");
  });
});
