import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { predicateUnindexed } from "../../../src/rules/queries/predicate-unindexed.js";
import { catalogue, index, relation, schema } from "../catalogue.js";
import { assumed, describePlanRule, findingsOf, large, planned, plansOf, proof } from "../planned.js";
import { findingsIn, rowsOf } from "../statements.js";

const BY_STATUS = "SELECT * FROM orders WHERE status = $1";
const proven = proof("orders", "predicate", "index-scan", "status");

describePlanRule(predicateUnindexed, "changed", {
  firing: [
    ["a scan that an index saves", () => planned({ sql: BY_STATUS, to: "seq-scan", proven }), "It reads all of orders: cost 6,250, 13 ×"],
    ["a write", () => planned({ sql: "UPDATE orders SET status = $2 WHERE status = $1", to: "update", proven }), "reads all of orders"],
    [
      "a scan that is new in a modified query",
      () => planned({ sql: BY_STATUS, from: "setop", to: "seq-scan", scans: [newScan], proven }),
      "an index on status",
    ],
    [
      "an index walked whole",
      () => planned({ sql: BY_STATUS, to: "seq-scan", scans: [{ ...newScan, index: "orders_total_idx" }], proven }),
      "orders",
    ],
    [
      "partitions that are large together",
      () =>
        planned({
          sql: BY_STATUS,
          to: "seq-scan",
          scans: [
            { ...newScan, rows: 60_000 },
            { ...newScan, rows: 60_000 },
          ],
          proven,
        }),
      "orders",
    ],
  ],
  silent: [
    ["a scan that no index is proven for", () => planned({ sql: BY_STATUS, to: "seq-scan" })],
    ["a lookup by the primary key", () => planned({ sql: "SELECT * FROM orders WHERE id = $1", to: "primary-key" })],
    ["a small table", () => planned({ sql: BY_STATUS, to: "seq-scan", scans: [{ ...newScan, rows: 99_999 }], proven })],
    ["a scan that was there before", () => planned({ sql: BY_STATUS, from: "update", to: "seq-scan", proven })],
    [
      "an index that gives less than ten times",
      () => planned({ sql: BY_STATUS, to: "seq-scan", proven: proof("orders", "predicate", "skip-scan", "status") }),
    ],
    [
      "what has become ten times dearer: that is plan-regression",
      () => planned({ sql: BY_STATUS, from: "index-scan", to: "seq-scan", proven }),
    ],
    [
      "an index for a join or an order",
      () => planned({ sql: BY_STATUS, to: "seq-scan", proven: proof("orders", "join", "index-scan", "status") }),
    ],
  ],
});

const newScan = { relation: { schema: "public", name: "orders" }, rows: 300_000, index: null, isNew: true };

describe("queries/predicate-unindexed", () => {
  it("gives the index to paste, and what the statement then costs", async () => {
    const [finding] = findingsOf(predicateUnindexed, plansOf([await planned({ sql: BY_STATUS, to: "seq-scan", proven })]));
    expect(finding && plain(finding.help)).toBe(
      "Planned with this index, the statement costs 486: CREATE INDEX CONCURRENTLY orders_status_idx ON orders (status);",
    );
  });

  it("is a warning, however large the table", async () => {
    const one = await planned({ sql: BY_STATUS, to: "seq-scan", proven });
    const severities = [one.tables, assumed(one.tables), large(one.tables)].map(
      (tables) => findingsOf(predicateUnindexed, plansOf([{ ...one, tables }]))[0]?.severity,
    );
    expect(severities).toEqual(["warning", "warning", "warning"]);
  });

  it("notices only, where neither a size nor an index beside the keys tells that the table is large", async () => {
    const one = await planned({ sql: BY_STATUS, to: "seq-scan", proven });
    const guess = { ...one, tables: assumed(one.tables) };
    const keysOnly = catalogue(relation("orders", ["id bigint"], { indexes: [index("orders_pkey", ["id"], { unique: true })] }));
    const tended = catalogue(relation("orders", ["id bigint"], { indexes: [index("orders_total_idx", ["total"])] }));
    const divided = catalogue(relation("orders", ["id bigint"], { kind: "partitioned", partitionKey: ["id"] }));
    const severities = [keysOnly, tended, divided].map(
      (known) => findingsOf(predicateUnindexed, { ...plansOf([guess]), catalogue: known })[0]?.severity,
    );
    expect(severities).toEqual(["notice", "warning", "warning"]);
    expect(findingsOf(predicateUnindexed, { ...plansOf([one]), catalogue: keysOnly })[0]?.severity).toBe("warning");
  });

  it("is one finding for all statements of a file that one index serves", async () => {
    const one = await planned({ sql: BY_STATUS, to: "seq-scan", proven });
    const other = { ...one, statement: { ...one.statement, line: 7 } };
    const findings = findingsOf(predicateUnindexed, plansOf([one, other]));
    expect(findings.map(({ message }) => plain(message))).toEqual([expect.stringMatching(/^Line 1: it reads .*; line 7: it reads /)]);
  });

  it("is one finding for indexes that begin with the same column", async () => {
    const one = await planned({ sql: BY_STATUS, to: "seq-scan", proven });
    const wider = proof("orders", "predicate", "index-scan", "status", "total");
    const other = await planned({ sql: BY_STATUS, to: "seq-scan", proven: proof("orders", "predicate", "index-scan", "total") });
    expect(findingsOf(predicateUnindexed, plansOf([one, { ...one, proven: wider }]))).toHaveLength(1);
    expect(findingsOf(predicateUnindexed, plansOf([one, other]))).toHaveLength(2);
  });
});

const KEYS = index("orders_pkey", ["id"], { unique: true, primary: true });
const COLUMNS = ["id bigint not null", "customer_id bigint", "state varchar(20)", "paid tinyint(1)", "created_at datetime"];

const defined = (dialect: "mysql" | "sqlite", ...indexes: readonly ReturnType<typeof index>[]) => ({
  schema: { ...schema(catalogue(relation("orders", COLUMNS, { indexes: [KEYS, ...indexes] }))), dialect },
});

const byDefinitions = async (sql: string, known = defined("mysql"), rows = 500_000) =>
  (await findingsIn(predicateUnindexed.otherwise, { [`queries/${known.schema.dialect}/a.sql`]: sql }, rowsOf(rows), known)).map(
    ({ message, help }) => `${plain(message)} ${plain(help)}`,
  );

describe("queries/predicate-unindexed by definitions alone", () => {
  it("finds an equality that no index of a large table begins with, and writes the index", async () => {
    const [mysql] = await byDefinitions("SELECT * FROM orders WHERE customer_id = ? AND paid = 1");
    expect(mysql).toContain("Reads all of orders, where no index begins with customer_id (500,000 rows).");
    expect(mysql).toContain("CREATE INDEX orders_customer_id_idx ON orders (customer_id);");
    expect(await byDefinitions("UPDATE orders SET paid = 1 WHERE state = 'new'", defined("sqlite"))).toHaveLength(1);
  });

  it.each([
    ["a key", "SELECT * FROM orders WHERE id = ?", defined("mysql")],
    ["an indexed column", "SELECT * FROM orders WHERE customer_id = ?", defined("mysql", index("i", ["customer_id", "state"]))],
    [
      "a range that an index serves",
      "SELECT * FROM orders WHERE state = ? AND created_at > ?",
      defined("mysql", index("i", ["created_at"])),
    ],
    ["a column of two values", "SELECT * FROM orders WHERE paid = 1", defined("mysql")],
    ["a range alone", "SELECT * FROM orders WHERE created_at > ?", defined("mysql")],
    ["an index on an expression, which may serve", "SELECT * FROM orders WHERE state = ?", defined("mysql", index("i", ["lower(state)"]))],
    ["a table that is read whole", "SELECT * FROM orders", defined("mysql")],
  ])("is silent about %s", async (_, sql, known) => {
    expect(await byDefinitions(sql, known)).toEqual([]);
  });

  it("is silent about a smaller table, and one of unknown size", async () => {
    const sql = "SELECT * FROM orders WHERE state = ?";
    expect(await byDefinitions(sql, defined("mysql"), 99_999)).toEqual([]);
    expect(await findingsIn(predicateUnindexed.otherwise, { "queries/mysql/a.sql": sql }, "", defined("mysql"))).toEqual([]);
  });
});
