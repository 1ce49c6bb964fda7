import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { indexCreateBlocking } from "../../../src/rules/migrations/index-create-blocking.js";
import { catalogue, index, observation, relation, schema } from "../catalogue.js";
import { describeRule, findingsIn, MIGRATION, QUERY, rowsOf } from "../statements.js";

const orders = relation("orders", ["id bigint not null", "a int"], { indexes: [index("i", ["a"])] });
const parent = relation("orders", ["id bigint not null", "a int"], { kind: "partitioned", partitionKey: ["id"] });
const partition = (name: string, keys: readonly string[]) =>
  relation(name, ["id bigint not null", "a int"], { partitionOf: parent, indexes: [index(`${name}_i`, keys)] });

describeRule(indexCreateBlocking, {
  firing: [
    ["a plain index", "CREATE INDEX i ON orders (customer_id);", "CREATE INDEX i on orders blocks writes"],
    ["a unique index in a schema", "CREATE UNIQUE INDEX i ON shop.orders (number);", "on shop.orders"],
    ["IF NOT EXISTS, which still builds", "CREATE INDEX IF NOT EXISTS i ON orders (a);", "on orders"],
    ["an index without a name, of an expression", "CREATE INDEX ON orders (lower(email));", "CREATE INDEX on orders"],
    ["one inside a DO block", "DO $$ BEGIN IF true THEN CREATE INDEX i ON orders (a); END IF; END $$;", "on orders"],
    ["a dynamic constant inside a DO block", "DO $$ BEGIN EXECUTE 'CREATE INDEX i ON orders (a)'; END $$;", "on orders"],
    ["one behind a template hole", 'CREATE INDEX i ON {{ index .Options "Namespace" }}.orders (a);', "on {{…}}.orders"],
    ["one behind a template hole in a DO block", "DO $$ BEGIN CREATE INDEX i ON {{ .Ns }}.orders (a); END $$;", "on {{…}}.orders"],
    ["a comment that claims CONCURRENTLY", "CREATE INDEX /* CONCURRENTLY */ i ON orders (a); -- CONCURRENTLY", "on orders"],
    ["an offline index of SQL Server", { "db/mssql/migrations/1.sql": "CREATE INDEX i ON dbo.orders (a)" }, "on dbo.orders"],
    [
      "what was observed",
      "CREATE INDEX i ON orders (a);",
      "on orders blocks writes, takes SHARE on orders, reads every row of orders (observed). The build",
      { observed: { 1: observation({ orders: "SHARE" }, { scanned: ["orders"] }) } },
    ],
    [
      "an index of that name that stands, without IF NOT EXISTS",
      "CREATE INDEX i ON orders (b);",
      "on orders",
      { schema: schema(catalogue(orders)) },
    ],
    [
      "IF NOT EXISTS where it does not stand",
      "CREATE INDEX IF NOT EXISTS j ON orders (a);",
      "on orders",
      { schema: schema(catalogue(orders)) },
    ],
    [
      "a partitioned table with a partition that lacks the index",
      "CREATE INDEX i ON orders (a);",
      "on orders",
      { schema: schema(catalogue(parent, partition("p1", ["a"]), partition("p2", ["id"]))) },
    ],
    [
      "a partitioned table without partitions in the migrations",
      "CREATE INDEX i ON orders (a);",
      "on orders",
      { schema: schema(catalogue(parent)) },
    ],
    [
      "a table created IF NOT EXISTS that stands at the base",
      "CREATE TABLE IF NOT EXISTS orders (a int);\nCREATE INDEX j ON orders (a);",
      "on orders blocks writes. The",
      { schema: schema(catalogue(orders)) },
    ],
    [
      "a table that another schema's new table only resembles",
      "CREATE TABLE a.orders (id int); CREATE INDEX i ON b.orders (id);",
      "on b.orders",
    ],
  ],
  silent: [
    ["CONCURRENTLY", "CREATE INDEX CONCURRENTLY i ON orders (a);"],
    ["CONCURRENTLY IF NOT EXISTS", "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON orders (a);"],
    ["a table created in the same file", "CREATE TABLE orders (id bigint); CREATE INDEX i ON orders (id);"],
    [
      "a table created in another file of the change",
      { "migrations/1.sql": "CREATE TABLE public.orders (id int)", "migrations/2.sql": "CREATE INDEX i ON orders (id)" },
    ],
    ["a table created in a DO block", "DO $$ BEGIN CREATE TABLE orders (id int); END $$; CREATE INDEX i ON orders (id);"],
    [
      "a table created behind the same template hole",
      'CREATE TABLE {{ index .Options "Namespace" }}.orders (id int); CREATE INDEX i ON {{ index .Options "Namespace" }}.orders (id);',
    ],
    ["a new materialized view", "CREATE MATERIALIZED VIEW orders AS SELECT 1 AS a; CREATE INDEX i ON orders (a);"],
    ["ON ONLY, which builds nothing", "CREATE INDEX i ON ONLY orders (a);"],
    ["a comment", "-- CREATE INDEX i ON orders (a);\n/* CREATE INDEX j ON orders (a); /* nested */ */ SELECT 1;"],
    ["a string", "COMMENT ON TABLE orders IS 'CREATE INDEX i ON orders (a)'; SELECT $x$CREATE INDEX i ON orders (a);$x$;"],
    [
      "a function body, which runs later",
      "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN CREATE INDEX i ON orders (a); END $$;",
    ],
    ["the down part of a goose file", "-- +goose Up\nSELECT 1;\n-- +goose Down\nCREATE INDEX i ON orders (a);"],
    ["a down file", { "migrations/1.up.sql": "SELECT 1", "migrations/1.down.sql": "CREATE INDEX i ON orders (a)" }],
    ["a schema mirror that is no migration", { "db/structure.sql": "CREATE INDEX i ON orders (a);" }],
    ["MySQL, where writes go on", { "migrations/mysql/1.sql": "CREATE INDEX i ON orders (a)" }],
    [
      "IF NOT EXISTS of an index that stands at the base",
      "CREATE INDEX IF NOT EXISTS i ON orders (a);",
      { schema: schema(catalogue(orders)) },
    ],
    ["a build that was not seen to read the table", "CREATE INDEX i ON orders (a);", { observed: { 1: observation({ orders: "SHARE" }) } }],
    [
      "a partitioned table whose partitions have the index",
      "CREATE INDEX i ON orders (a);",
      { schema: schema(catalogue(parent, partition("p1", ["a"]), partition("p2", ["a"]))) },
    ],
    [
      "a table created IF NOT EXISTS that the base does not hold",
      "CREATE TABLE IF NOT EXISTS orders (a int);\nCREATE INDEX j ON orders (a);",
      { schema: schema(catalogue()) },
    ],
    ["an online index of SQL Server", { "db/mssql/migrations/1.sql": "CREATE INDEX i ON dbo.orders (a) WITH (ONLINE = ON)" }],
  ],
});

describe("migrations/index-create-blocking", () => {
  it.each([
    [5_000_000, "blocking"],
    [1_000_000, "blocking"],
    [999_999, "warning"],
    [9_999, "notice"],
  ])("goes with the table's size: %i rows is %s", async (rows, severity) => {
    const [finding] = await findingsIn(indexCreateBlocking, "CREATE INDEX i ON public.orders (a);", rowsOf(rows));
    expect(finding?.severity).toBe(severity);
    expect(plain(finding?.message ?? [])).toContain(`${rows.toLocaleString("en-US")} rows`);
  });

  it.each(["CREATE TABLE orders (a int);", "CREATE TABLE IF NOT EXISTS orders (a int);", "CREATE TEMP TABLE orders (a int);"])(
    "is not talked out of a table whose rows are known by %s",
    async (create) => {
      const [finding] = await findingsIn(indexCreateBlocking, `${create}\nCREATE INDEX i ON orders (a);`, rowsOf(5_000_000));
      expect(finding?.severity).toBe("blocking");
    },
  );

  it.each(["CREATE TABLE IF NOT EXISTS orders (a int);", "CREATE TEMP TABLE orders (a int);"])(
    "asks, instead of being silent, whether the table is new: %s",
    async (create) => {
      const [finding] = await findingsIn(indexCreateBlocking, `${create}\nCREATE INDEX i ON orders (a);`);
      expect(finding?.severity).toBe("question");
      expect(plain(finding?.message ?? [])).toContain("unless that table is new");
    },
  );

  it("takes no file for a migration that only looks like one", async () => {
    const files = { "docs/orders.sql": "CREATE TABLE orders (a int);", [MIGRATION]: "CREATE INDEX i ON orders (a);" };
    expect(await findingsIn(indexCreateBlocking, files)).toHaveLength(1);
  });

  it("warns about a table of unknown size", async () => {
    expect((await findingsIn(indexCreateBlocking, "CREATE INDEX i ON orders (a);", rowsOf(5_000_000, "others")))[0]?.severity).toBe(
      "warning",
    );
  });

  it("makes one finding of several in a file, on the first line, as bad as the worst", async () => {
    const sql = "SELECT 1;\nCREATE INDEX i ON small (a);\n\nCREATE INDEX j ON orders (\n  b\n);";
    const findings = await findingsIn(indexCreateBlocking, sql, "database: { tables: { small: { rows: 5 }, orders: { rows: 9000000 } } }");
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ severity: "blocking", at: { path: MIGRATION, line: 2, endLine: 2 } });
    expect(plain(findings[0]?.message ?? [])).toMatch(/Line 2: .*small.*; line 4: .*orders/);
    expect(plain(findings[0]?.help ?? [])).toContain("CREATE INDEX CONCURRENTLY j ON orders (b);");
  });

  it("says how many more there are after ten", async () => {
    const sql = Array.from({ length: 13 }, (_, n) => `CREATE INDEX i${n} ON orders (a);`).join("\n");
    expect(plain((await findingsIn(indexCreateBlocking, sql))[0]?.message ?? [])).toContain("; and 3 more");
  });

  it("gives the safe form with the names quoted as SQL needs them, and with its method", async () => {
    const [unique] = await findingsIn(indexCreateBlocking, 'CREATE UNIQUE INDEX "I" ON "Orders" ("customerId");');
    expect(plain(unique?.help ?? [])).toContain('CREATE UNIQUE INDEX CONCURRENTLY "I" ON "Orders" ("customerId");');
    const [gin] = await findingsIn(indexCreateBlocking, "CREATE INDEX i ON {{ .Schema }}.orders USING gin (tags);");
    expect(plain(gin?.help ?? [])).toContain("CREATE INDEX CONCURRENTLY i ON {{…}}.orders USING gin (tags);");
  });

  it.each([
    ["an expression", "(a, lower(b))"],
    ["an operator class", "USING gin (a gin_trgm_ops)"],
    ["an order", "(a DESC)"],
    ["nulls first", "(a NULLS FIRST)"],
    ["a collation", '(a COLLATE "C")'],
    ["included columns", "(a) INCLUDE (b)"],
    ["a condition", "(a) WHERE b > 1"],
    ["options", "(a) WITH (fillfactor = 70)"],
    ["equal nulls", "(a) NULLS NOT DISTINCT"],
  ])("never writes half of an index anew: %s stays as it is", async (_, rest) => {
    const [finding] = await findingsIn(indexCreateBlocking, `CREATE INDEX i ON orders ${rest};`);
    expect(plain(finding?.help ?? [])).toContain("CREATE INDEX CONCURRENTLY i ON orders …; What follows the table stays as it is.");
  });

  it("gives a partitioned table the form that PostgreSQL accepts there", async () => {
    const [finding] = await findingsIn(indexCreateBlocking, "CREATE INDEX i ON orders (a);", "", { schema: schema(catalogue(parent)) });
    expect(plain(finding?.help ?? [])).toContain(
      "CREATE INDEX i ON ONLY orders (a); CREATE INDEX CONCURRENTLY i_1 ON orders_1 (a); ALTER INDEX i ATTACH PARTITION i_1;",
    );
  });

  it("shows a suppressed finding with its reason, apart from the others", async () => {
    const sql = `-- redline-ignore migrations/index-create-blocking: table is empty in production
CREATE INDEX i ON orders (a);
CREATE INDEX j ON orders (b);`;
    const findings = await findingsIn(indexCreateBlocking, sql);
    expect(findings.map(({ suppressed, at }) => [suppressed, at?.line])).toEqual([
      ["table is empty in production", 2],
      [undefined, 3],
    ]);
  });

  it("is not suppressed by a string, by another rule's comment, or without a reason", async () => {
    const sql = `SELECT '-- redline-ignore migrations/index-create-blocking: no';
-- redline-ignore migrations/index-drop-blocking: other
-- redline-ignore migrations/index-create-blocking:
CREATE INDEX i ON orders (a);`;
    expect((await findingsIn(indexCreateBlocking, sql)).map(({ suppressed }) => suppressed)).toEqual([undefined]);
  });

  it("names both the path and the lines of a statement in a query file as none of its business", async () => {
    expect(await findingsIn(indexCreateBlocking, { [QUERY]: "CREATE INDEX i ON orders (a)" })).toEqual([]);
  });
});
