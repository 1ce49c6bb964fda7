import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { alterTypeRewrite } from "../../../src/rules/migrations/alter-type-rewrite.js";
import { catalogue, observation, relation, schema } from "../catalogue.js";
import { describeRule, findingsIn, rowsOf } from "../statements.js";

const alter = (type: string): string => `ALTER TABLE orders ALTER COLUMN total TYPE ${type};`;

const was = (type: string) => ({ schema: schema(catalogue(relation("orders", [`total ${type}`]))) });
const exclusive = { orders: "ACCESS EXCLUSIVE" } as const;

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
    ["a type known to be narrower", alter("bigint"), "TYPE bigint rewrites the table: it is integer", was("integer")],
    ["a varchar that shrinks", alter("varchar(20)"), "it is varchar(200)", was("character varying(200)")],
    ["text that gets a limit", alter("varchar(20)"), "it is text", was("text")],
    ["another scale", alter("numeric(12,4)"), "it is numeric(12,2)", was("numeric(12,2)")],
    ["less precision", alter("timestamp(3)"), "it is timestamp(6)", was("timestamp(6) without time zone")],
    ["char(n) to text", alter("text"), "it is char(10)", was("character(10)")],
    ["an array", alter("text[]"), "it is varchar(20)[]", was("character varying(20)[]")],
    ["timestamp to timestamptz", alter("timestamptz"), "the session's time zone may not be UTC", was("timestamp without time zone")],
    ["a USING that computes", alter("text USING lower(total)"), "it is varchar", was("character varying")],
    [
      "one that was seen to rewrite",
      alter("text"),
      "rewrites the table, takes ACCESS EXCLUSIVE on orders, rewrites orders (observed)",
      { observed: { 1: observation(exclusive, { rewritten: ["orders"] }) } },
    ],
  ],
  silent: [
    ["a longer varchar", alter("varchar(200)"), was("character varying(20)")],
    ["varchar to text", alter("text"), was("character varying(20)")],
    ["more digits of the same scale", alter("numeric(14,2)"), was("numeric(12,2)")],
    ["numeric without limits", alter("numeric"), was("numeric(12,2)")],
    ["cidr to inet", alter("inet"), was("cidr")],
    ["a longer varbit", alter("varbit(20)"), was("bit varying(10)")],
    ["more precision", alter("timestamptz(6)"), was("timestamp(3) with time zone")],
    ["the type that it has", alter("bigint"), was("bigint")],
    ["one that was seen not to rewrite", alter("bigint"), { observed: { 1: observation(exclusive) } }],
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
