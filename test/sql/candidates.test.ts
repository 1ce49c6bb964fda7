import { describe, expect, it } from "vitest";
import type { TableScan } from "../../src/model/plan.js";
import { candidateDdl, candidatesFor } from "../../src/sql/candidates.js";
import { statementsIn } from "../rules/planned.js";
import { index, relation, shop } from "./plan/plans.js";

const scan = (name: string, rows = 300_000): TableScan => ({ relation: { schema: "public", name }, rows, index: null, isNew: true });

async function keys(sql: string, scans = [scan("orders")], catalogue = shop): Promise<readonly string[]> {
  const [statement] = await statementsIn(sql);
  const tree = statement?.state === "parsed" ? statement.tree : {};
  return candidatesFor(tree, catalogue, scans).map((one) => `${one.purpose} ${one.relation.name} (${one.keys.join(", ")})`);
}

describe("candidate indexes", () => {
  it("are the columns of equality, single and together", async () => {
    expect(await keys("SELECT * FROM orders WHERE customer_id = $1 AND total = $2")).toEqual([
      "predicate orders (customer_id)",
      "predicate orders (customer_id, total)",
    ]);
  });

  it("have equality columns before the order", async () => {
    expect(await keys("SELECT * FROM orders WHERE customer_id = $1 ORDER BY created_at DESC LIMIT 10")).toEqual([
      "predicate orders (customer_id)",
      "order orders (customer_id, created_at)",
    ]);
  });

  it("have equality columns before a range", async () => {
    expect(await keys("SELECT * FROM orders o WHERE o.customer_id IN ($1, $2) AND o.updated_at BETWEEN $3 AND $4")).toEqual([
      "predicate orders (customer_id)",
      "predicate orders (customer_id, updated_at)",
      "predicate orders (updated_at)",
    ]);
  });

  it("write directions out only where these differ", async () => {
    expect(await keys("SELECT * FROM orders ORDER BY customer_id DESC, total DESC LIMIT 5")).toEqual(["order orders (customer_id, total)"]);
    expect(await keys("SELECT * FROM orders ORDER BY customer_id, total DESC NULLS LAST LIMIT 5")).toEqual([
      "order orders (customer_id, total DESC NULLS LAST)",
    ]);
  });

  it("follow ORDER BY by position and by alias to the column", async () => {
    expect(await keys("SELECT customer_id AS who, total FROM orders ORDER BY who, 2 LIMIT 5")).toEqual([
      "order orders (customer_id, total)",
    ]);
  });

  it("are join columns of the side that is scanned", async () => {
    const join = "SELECT o.id FROM orders o JOIN items i ON i.order_id = o.id WHERE o.id = $1";
    expect(await keys(join, [scan("items")])).toEqual(["join items (order_id)"]);
    expect(await keys("SELECT * FROM orders WHERE id IN (SELECT order_id FROM items WHERE kind = $1)", [scan("items")])).toEqual([
      "predicate items (kind)",
      "join items (order_id)",
      "join items (order_id, kind)",
    ]);
    expect(await keys("SELECT * FROM customers c JOIN orders o USING (customer_id)")).toEqual(["join orders (customer_id)"]);
  });

  it("are columns below a correlated sub-query, and of writes", async () => {
    const correlated = "SELECT (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) FROM customers c";
    expect(await keys(correlated)).toEqual(["join orders (customer_id)"]);
    expect(await keys("UPDATE orders SET total = 0 WHERE customer_id = $1")).toEqual(["predicate orders (customer_id)"]);
    expect(await keys("DELETE FROM items i USING orders o WHERE i.order_id = o.id", [scan("items")])).toEqual(["join items (order_id)"]);
  });

  it("are expressions where the case is folded", async () => {
    expect(await keys("SELECT * FROM customers WHERE lower(email) = $1", [scan("customers")])).toEqual([
      "predicate customers (lower(email))",
    ]);
  });

  it("serve min and max", async () => {
    expect(await keys("SELECT max(updated_at) FROM orders")).toEqual(["order orders (updated_at)"]);
  });

  it("hold none that an index leads already", async () => {
    expect(await keys("SELECT * FROM orders WHERE status = $1")).toEqual([]);
    expect(await keys("SELECT * FROM orders ORDER BY created_at DESC LIMIT 5")).toEqual([]);
    expect(await keys("SELECT * FROM orders WHERE total = $1 AND status = $2")).not.toContain("predicate orders (total, status)");
  });

  it("hold none for a partial or invalid index's columns only if that is whole", async () => {
    const partial = { ...index("p", "status"), predicate: "total > 5" };
    const catalogue = { relations: [relation("orders", { id: "bigint", status: "text" }, { indexes: [partial] })] };
    expect(await keys("SELECT * FROM orders WHERE status = $1", [scan("orders")], catalogue)).toEqual(["predicate orders (status)"]);
  });

  it("hold none for small tables, cast columns, patterns, and types without an order", async () => {
    expect(await keys("SELECT * FROM orders WHERE customer_id = $1", [scan("orders", 99_999)])).toEqual([]);
    expect(await keys("SELECT * FROM orders WHERE customer_id::text = $1")).toEqual([]);
    expect(await keys("SELECT * FROM orders WHERE updated_at IS NULL")).toEqual([]);
    expect(await keys("SELECT * FROM customers WHERE email LIKE $1", [scan("customers")])).toEqual([]);
    const catalogue = { relations: [relation("orders", { id: "bigint", body: "json" })] };
    expect(await keys("SELECT * FROM orders WHERE body = $1", [scan("orders")], catalogue)).toEqual([]);
  });

  it("are of the table that has partitions", async () => {
    const parent = relation("events", { id: "bigint", who: "bigint" }, { kind: "partitioned" });
    const parts = ["events_1", "events_2"].map((name) =>
      relation(name, { id: "bigint", who: "bigint" }, { partitionOf: { schema: "public", name: "events" } }),
    );
    const scans = [scan("events_1", 60_000), scan("events_2", 60_000)];
    expect(await keys("SELECT * FROM events WHERE who = $1", scans, { relations: [parent, ...parts] })).toEqual(["predicate events (who)"]);
  });

  it("are at most eight for a statement", async () => {
    const columns = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`c${at}`, "integer"]));
    const where = Object.keys(columns).map((column, at) => `${column} ${at % 2 ? "=" : ">"} $${at + 1}`);
    const found = await keys(`SELECT * FROM wide WHERE ${where.join(" AND ")} ORDER BY c3, c4`, [scan("wide")], {
      relations: [relation("wide", columns)],
    });
    expect(found).toHaveLength(8);
  });
});

describe("a candidate's SQL", () => {
  const only = async (sql: string, catalogue = shop, name = "orders") => {
    const [statement] = await statementsIn(sql);
    const [found] = candidatesFor(statement?.state === "parsed" ? statement.tree : {}, catalogue, [scan(name)]);
    if (!found) throw new Error("no candidate");
    return found;
  };

  it("is to be pasted, without a lock, under PostgreSQL's own name", async () => {
    const found = await only("SELECT * FROM orders WHERE customer_id = $1");
    expect(found.sql).toBe("CREATE INDEX CONCURRENTLY orders_customer_id_idx ON orders (customer_id);");
    expect(candidateDdl(found, 3)).toBe("CREATE INDEX redline_candidate_3 ON public.orders (customer_id)");
  });

  it("quotes what needs it, and names another schema", async () => {
    const catalogue = { relations: [relation("Order Line", { id: "bigint", userId: "bigint" }, { schema: "Shop" })] };
    const [statement] = await statementsIn('SELECT * FROM "Shop"."Order Line" WHERE "userId" = $1');
    const scans = [{ ...scan("Order Line"), relation: { schema: "Shop", name: "Order Line" } }];
    const [found] = candidatesFor(statement?.state === "parsed" ? statement.tree : {}, catalogue, scans);
    expect(found?.sql).toBe('CREATE INDEX CONCURRENTLY "Order Line_userId_idx" ON "Shop"."Order Line" ("userId");');
  });

  it("takes no name that is taken, and none that is too long", async () => {
    const taken = relation(
      "orders",
      { id: "bigint", who: "bigint" },
      { indexes: [{ ...index("orders_who_idx", "who"), predicate: "id > 5" }] },
    );
    expect((await only("SELECT * FROM orders WHERE who = $1", { relations: [taken] })).sql).toContain("orders_who_idx1");
    const long = "x".repeat(60);
    const found = await only(`SELECT * FROM orders WHERE ${long} = $1`, {
      relations: [relation("orders", { id: "bigint", [long]: "bigint" })],
    });
    expect(/INDEX CONCURRENTLY (\S+)/.exec(found.sql)?.[1]?.length).toBeLessThanOrEqual(63);
  });

  it("has no CONCURRENTLY for a partitioned table", async () => {
    const catalogue = { relations: [relation("orders", { id: "bigint", who: "bigint" }, { kind: "partitioned" })] };
    expect((await only("SELECT * FROM orders WHERE who = $1", catalogue)).sql).toBe("CREATE INDEX orders_who_idx ON orders (who);");
  });
});
