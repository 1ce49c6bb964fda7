import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { alterTypeRewrite } from "../../../src/rules/migrations/alter-type-rewrite.js";
import { describeRule, findingsIn, rowsOf } from "../statements.js";

const alter = (type: string): string => `ALTER TABLE orders ALTER COLUMN total TYPE ${type};`;

describeRule(alterTypeRewrite, {
  firing: [
    ["int to bigint", alter("bigint"), "orders.total TYPE bigint rewrites the table unless the column already is bigint"],
    ["SET DATA TYPE", "ALTER TABLE orders ALTER total SET DATA TYPE integer;", "TYPE integer"],
    ["jsonb", alter("jsonb USING total::jsonb"), "TYPE jsonb"],
    ["char(n), which is padded", alter("char(10)"), "TYPE char(10)"],
    ["a type of the user's", alter('"Status" USING total::text::"Status"'), "TYPE Status"],
    ["text computed from the value", alter("text USING lower(total)"), "already is text"],
    ["one inside a DO block", `DO $$ BEGIN ${alter("uuid USING total::uuid")} END $$;`, "TYPE uuid"],
    ["varchar(n), as a question", alter("varchar(200)"), "TYPE varchar(200) rewrites the table unless the column was a shorter varchar"],
    ["text, as a question", alter("text USING total::text"), "unless the column was a varchar"],
    ["timestamptz, as a question", alter("timestamptz"), "time zone is UTC"],
  ],
  silent: [
    ["SET DEFAULT", "ALTER TABLE orders ALTER COLUMN total SET DEFAULT 0;"],
    ["a new column", "ALTER TABLE orders ADD COLUMN total_new bigint;"],
    ["a table created in the change", `CREATE TABLE orders (total int); ${alter("bigint")}`],
    ["ALTER TYPE of an enum", "ALTER TYPE status ADD VALUE 'paid';"],
    ["SET STATISTICS", "ALTER TABLE orders ALTER COLUMN total SET STATISTICS 500;"],
    ["a comment", `-- ${alter("bigint")}\nSELECT 1;`],
    ["a string", `SELECT '${alter("bigint")}', $$ ${alter("bigint")} $$;`],
    ["a query file", { "src/queries/x.sql": alter("bigint") }],
  ],
});

describe("migrations/alter-type-rewrite", () => {
  it("warns of what is a rewrite, and asks where the old type decides", async () => {
    expect((await findingsIn(alterTypeRewrite, alter("bigint")))[0]?.severity).toBe("warning");
    expect((await findingsIn(alterTypeRewrite, alter("text")))[0]?.severity).toBe("question");
  });

  it("blocks a rewrite of a large table, and never blocks on a question", async () => {
    expect((await findingsIn(alterTypeRewrite, alter("bigint"), rowsOf(8_000_000)))[0]?.severity).toBe("blocking");
    expect((await findingsIn(alterTypeRewrite, alter("numeric(20,2)"), rowsOf(8_000_000)))[0]?.severity).toBe("question");
  });

  it("shows the first step of the safe form as SQL", async () => {
    expect(plain((await findingsIn(alterTypeRewrite, alter("bigint")))[0]?.help ?? [])).toContain(
      "ALTER TABLE orders ADD COLUMN total_new bigint;",
    );
  });
});
