import { describe, expect, it } from "vitest";
import type { MigrationRun } from "../../../src/model/statements.js";
import { plain, text } from "../../../src/model/text.js";
import { fkMultiple } from "../../../src/rules/migrations/fk-multiple.js";
import { describeRule, findingsIn } from "../statements.js";

const to = (parent: string, child = "orders") => `ALTER TABLE ${child} ADD FOREIGN KEY (${parent}_id) REFERENCES ${parent} (id);`;
const TWO = `${to("customers")} ${to("shops")}`;
const run = (transaction: MigrationRun["transaction"]): { readonly run: MigrationRun } => ({
  run: { tool: "goose", transaction, withoutTransaction: text`Write it.` },
});

describeRule(fkMultiple, {
  firing: [
    ["two to different tables", TWO, "FOREIGN KEY on orders to shops, while the one to customers holds its locks"],
    ["two of different tables", `${to("customers")} ${to("shops", "bills")}`, "FOREIGN KEY on bills to shops"],
    ["two in one statement", "ALTER TABLE o ADD FOREIGN KEY (a) REFERENCES p (id), ADD FOREIGN KEY (b) REFERENCES q (id);", "on o to q"],
    ["new columns with REFERENCES", "ALTER TABLE o ADD COLUMN a int REFERENCES p (id), ADD COLUMN b int REFERENCES q (id);", "on o to q"],
    ["NOT VALID, which locks both tables too", TWO.replaceAll(";", " NOT VALID;"), "to shops"],
    ["a transaction of the file's own", `BEGIN; ${TWO} COMMIT;`, "to shops", run("statement")],
    [
      "two in one statement of a tool without transactions",
      "ALTER TABLE o ADD FOREIGN KEY (a) REFERENCES p, ADD FOREIGN KEY (b) REFERENCES q;",
      "on o to q",
      run("statement"),
    ],
  ],
  silent: [
    ["one", to("customers")],
    ["two to one table", `${to("customers")} ALTER TABLE bills ADD FOREIGN KEY (a) REFERENCES customers (id);`],
    ["one to the table itself", `${to("customers")} ALTER TABLE orders ADD FOREIGN KEY (a) REFERENCES orders (id);`],
    ["a tool that runs statement by statement", TWO, run("statement")],
    ["a table created in the change", `CREATE TABLE orders (customers_id int, shops_id int); ${TWO}`],
    ["a parent created in the change", `CREATE TABLE shops (id int PRIMARY KEY); ${TWO}`],
    ["those of a new table itself", "CREATE TABLE orders (a int REFERENCES customers (id), b int REFERENCES shops (id));"],
    ["two files", { "migrations/1.sql": to("customers"), "migrations/2.sql": to("shops") }],
    ["a comment", `${to("customers")} -- ${to("shops")}`],
  ],
});

describe("migrations/fk-multiple", () => {
  it("gives the second as a migration of its own", async () => {
    const [finding] = await findingsIn(fkMultiple, TWO);
    expect(finding?.severity).toBe("warning");
    expect(plain(finding?.help ?? [])).toContain("ALTER TABLE orders ADD FOREIGN KEY (shops_id) REFERENCES shops NOT VALID;");
  });
});
