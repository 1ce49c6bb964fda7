import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { addColumnVolatileDefault } from "../../../src/rules/migrations/add-column-volatile-default.js";
import { observation } from "../catalogue.js";
import { describeRule, findingsIn, rowsOf } from "../statements.js";

const add = (value: string): string => `ALTER TABLE orders ADD COLUMN token uuid DEFAULT ${value};`;
const rewritten = observation({ orders: "ACCESS EXCLUSIVE" }, { rewritten: ["orders"] });
const untouched = observation({ orders: "ACCESS EXCLUSIVE" });

describeRule(addColumnVolatileDefault, {
  firing: [
    ["gen_random_uuid()", add("gen_random_uuid()"), "orders.token with the default gen_random_uuid() rewrites the table"],
    ["an extension's function", add("public.uuid_generate_v4() NOT NULL"), "uuid_generate_v4()"],
    ["clock_timestamp()", "ALTER TABLE orders ADD at timestamptz DEFAULT clock_timestamp();", "clock_timestamp()"],
    ["one deep in an expression", add("md5(random()::text)::uuid"), "random()"],
    ["nextval", "ALTER TABLE orders ADD n bigint DEFAULT nextval('n_seq');", "nextval()"],
    ["one inside a DO block", `DO $$ BEGIN ${add("gen_random_uuid()")} END $$;`, "gen_random_uuid()"],
    ["a function that is not known", add("make_token()"), "if that function is volatile"],
    [
      "a function that was seen to rewrite",
      add("make_token()"),
      "make_token() rewrites the table, takes ACCESS EXCLUSIVE on orders, rewrites orders (observed)",
      { observed: { 1: rewritten } },
    ],
  ],
  silent: [
    ["a constant", add("'00000000-0000-0000-0000-000000000000'")],
    ["now()", "ALTER TABLE orders ADD at timestamptz NOT NULL DEFAULT now();"],
    ["CURRENT_TIMESTAMP", "ALTER TABLE orders ADD at timestamptz DEFAULT CURRENT_TIMESTAMP;"],
    ["an immutable function of constants", "ALTER TABLE orders ADD x text DEFAULT lower('A');"],
    ["a function that was seen not to rewrite", add("make_token()"), { observed: { 1: untouched } }],
    ["a known one that was seen not to rewrite", add("gen_random_uuid()"), { observed: { 1: untouched } }],
    ["SET DEFAULT on a column that is there", "ALTER TABLE orders ALTER token SET DEFAULT gen_random_uuid();"],
    ["a table created in the change", `CREATE TABLE orders (id int); ${add("gen_random_uuid()")}`],
    ["MySQL", { "migrations/mysql/1.sql": "ALTER TABLE orders ADD COLUMN b char(36) DEFAULT (uuid())" }],
  ],
});

describe("migrations/add-column-volatile-default", () => {
  it("asks where the function is not known, warns where it is or was seen, and goes with the rows", async () => {
    expect((await findingsIn(addColumnVolatileDefault, add("make_token()")))[0]?.severity).toBe("question");
    expect((await findingsIn(addColumnVolatileDefault, add("make_token()"), "", { observed: { 1: rewritten } }))[0]?.severity).toBe(
      "warning",
    );
    expect((await findingsIn(addColumnVolatileDefault, add("gen_random_uuid()")))[0]?.severity).toBe("warning");
    expect((await findingsIn(addColumnVolatileDefault, add("gen_random_uuid()"), rowsOf(5e6)))[0]?.severity).toBe("blocking");
  });

  it("shows the steps of the safe form as SQL", async () => {
    expect(plain((await findingsIn(addColumnVolatileDefault, add("gen_random_uuid()")))[0]?.help ?? [])).toContain(
      "ALTER TABLE orders ADD COLUMN token uuid; ALTER TABLE orders ALTER COLUMN token SET DEFAULT gen_random_uuid(…);",
    );
  });
});
