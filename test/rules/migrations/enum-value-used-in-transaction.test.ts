import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { enumValueUsedInTransaction } from "../../../src/rules/migrations/enum-value-used-in-transaction.js";
import { catalogue, relation, schema } from "../catalogue.js";
import { describeRule, findingsIn } from "../statements.js";

const add = "ALTER TYPE order_state ADD VALUE 'refunded';";
const file = { run: { tool: "prisma", transaction: "file", withoutTransaction: [] } } as const;
const each = { run: { tool: "goose", transaction: "statement", withoutTransaction: [] } } as const;
const known = (type: string) => ({ ...file, schema: schema(catalogue(relation("orders", [`state ${type}`]))) });

describeRule(enumValueUsedInTransaction, {
  firing: [
    [
      "an UPDATE",
      `${add}\nUPDATE orders SET state = 'refunded';`,
      "refunded, which is added to order_state, is used by the statement in line 2",
    ],
    ["a cast", `${add} UPDATE orders SET state = 'refunded'::order_state;`, "refunded", file],
    ["a default", `${add} ALTER TABLE orders ALTER state SET DEFAULT 'refunded';`, "refunded", file],
    ["an INSERT", `${add} INSERT INTO orders (state) VALUES ('refunded');`, "refunded", known("order_state")],
    ["the condition of an index", `${add} CREATE INDEX i ON orders (id) WHERE state = 'refunded';`, "refunded", known("order_state")],
    ["one inside a DO block", `${add} DO $$ BEGIN UPDATE orders SET state = 'refunded'; END $$;`, "refunded", file],
    ["a transaction of the file's own", `BEGIN; ${add} UPDATE orders SET state = 'refunded'; COMMIT;`, "refunded", each],
  ],
  silent: [
    ["a value that is not used", `${add} UPDATE orders SET state = 'paid';`, file],
    ["a use above it", `UPDATE orders SET note = 'refunded'; ${add}`, file],
    ["COMMIT between them", `BEGIN; ${add} COMMIT; BEGIN; UPDATE orders SET state = 'refunded'; COMMIT;`, each],
    ["a tool that runs each statement alone", `${add} UPDATE orders SET state = 'refunded';`, each],
    ["a type created in the transaction", `CREATE TYPE order_state AS ENUM ('new'); ${add} UPDATE orders SET state = 'refunded';`, file],
    ["a table without a column of the type", `${add} UPDATE orders SET state = 'refunded';`, known("text")],
    ["a function body", `${add} CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT 'refunded' $$;`, file],
    ["RENAME VALUE", "ALTER TYPE order_state RENAME VALUE 'a' TO 'refunded'; UPDATE orders SET state = 'refunded';", file],
    ["a second value of the same name", `${add} ALTER TYPE other ADD VALUE 'refunded';`, file],
  ],
});

describe("migrations/enum-value-used-in-transaction", () => {
  it("blocks where tool and type are known, and warns where one of them is not", async () => {
    const severity = async (sql: string, of = {}): Promise<string | undefined> =>
      (await findingsIn(enumValueUsedInTransaction, sql, "", of))[0]?.severity;
    const use = `${add} UPDATE orders SET state = 'refunded';`;
    expect(await severity(use, known("order_state"))).toBe("blocking");
    expect(await severity(`${add} UPDATE orders SET state = 'refunded'::order_state;`, file)).toBe("blocking");
    expect(await severity(use, file)).toBe("warning");
    expect(await severity(`${add} UPDATE orders SET state = 'refunded'::order_state;`)).toBe("warning");
  });

  it("says to split the migration", async () => {
    const [finding] = await findingsIn(enumValueUsedInTransaction, `${add} UPDATE orders SET state = 'refunded';`);
    expect(plain(finding?.help ?? [])).toContain("a migration of its own");
  });
});
