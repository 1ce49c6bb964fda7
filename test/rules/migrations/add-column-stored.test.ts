import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { addColumnStored } from "../../../src/rules/migrations/add-column-stored.js";
import { observation } from "../catalogue.js";
import { describeRule, findingsIn, rowsOf } from "../statements.js";

const add = "ALTER TABLE orders ADD COLUMN gross int GENERATED ALWAYS AS (net * 2) STORED;";

describeRule(addColumnStored, {
  firing: [
    ["STORED", add, "orders.gross GENERATED … STORED computes every row"],
    ["a search vector", "ALTER TABLE posts ADD s tsvector GENERATED ALWAYS AS (to_tsvector('english', body)) STORED;", "posts.s"],
    ["one inside a DO block", `DO $$ BEGIN ${add} END $$;`, "orders.gross"],
    ["one of several commands", "ALTER TABLE orders ADD a int, ADD b int GENERATED ALWAYS AS (a + 1) STORED;", "orders.b"],
    ["MySQL", { "migrations/mysql/1.sql": "ALTER TABLE orders ADD b INT AS (a * 2) STORED" }, "orders.b"],
    [
      "one that was seen to rewrite",
      add,
      "rewrites orders (observed)",
      { observed: { 1: observation({ orders: "ACCESS EXCLUSIVE" }, { rewritten: ["orders"] }) } },
    ],
  ],
  silent: [
    ["VIRTUAL", add.replace("STORED", "VIRTUAL")],
    ["a default", "ALTER TABLE orders ADD gross int DEFAULT 0;"],
    ["an identity", "ALTER TABLE orders ADD gross int GENERATED ALWAYS AS IDENTITY;"],
    ["a table created in the change", `CREATE TABLE orders (net int); ${add}`],
    ["a new table", "CREATE TABLE orders (net int, gross int GENERATED ALWAYS AS (net * 2) STORED);"],
    ["one that was seen not to rewrite", add, { observed: { 1: observation({ orders: "ACCESS EXCLUSIVE" }) } }],
    ["MySQL's VIRTUAL", { "migrations/mysql/1.sql": "ALTER TABLE orders ADD b INT AS (a * 2) VIRTUAL" }],
  ],
});

describe("migrations/add-column-stored", () => {
  it("goes with the rows, and names VIRTUAL", async () => {
    const [finding] = await findingsIn(addColumnStored, add, rowsOf(2e6));
    expect(finding?.severity).toBe("blocking");
    expect(plain(finding?.help ?? [])).toContain("Write VIRTUAL instead of STORED (PostgreSQL 18 and later)");
  });
});
