import { describe, expect, it } from "vitest";
import type { Catalogue, Relation } from "../../src/model/catalogue.js";
import { schemaChanges } from "../../src/sql/schema-changes.js";
import { statementsIn } from "../rules/planned.js";
import { index, relation } from "./plan/plans.js";

const orders = (...indexes: Relation["indexes"]): Catalogue => ({
  relations: [relation("orders", { id: "bigint", status: "text", total: "numeric" }, { indexes })],
});

const status = index("orders_status_idx", "status");

const kinds = (base: Catalogue, head: Catalogue): readonly string[] =>
  schemaChanges(base, head, []).map(({ kind, name }) => `${kind}: ${name}`);

describe("what a schema change does to statements", () => {
  it.each([
    ["a dropped index", orders(status), orders(), ["index dropped: orders_status_idx"]],
    ["a new index", orders(), orders(status), ["index added: orders_status_idx"]],
    ["an altered index", orders(status), orders(index("orders_status_idx", "total")), ["index altered: orders_status_idx"]],
    ["a renamed index: nothing", orders(status), orders(index("other_idx", "status")), []],
    ["an index with another one like it: nothing", orders(status, index("twin", "status")), orders(status), []],
    ["an index that is now partial", orders(status), orders({ ...status, predicate: "total > 5" }), ["index altered: orders_status_idx"]],
    ["a dropped table", orders(status), { relations: [] }, ["table dropped: orders"]],
    ["a new table: nothing", { relations: [] }, orders(status), []],
    ["nothing", orders(status), orders(status), []],
  ] as const)("%s", (_, base, head, expected) => {
    expect(kinds(base, head)).toEqual(expected);
  });

  it("are dropped and altered columns, and no new ones", () => {
    const head = { relations: [relation("orders", { id: "bigint", total: "integer", more: "text" }, { indexes: [] })] };
    expect(kinds(orders(), head)).toEqual(["column dropped: status", "column altered: total"]);
  });
});

describe("the statement that did it", () => {
  it.each([
    ["DROP INDEX CONCURRENTLY public.orders_status_idx", orders(status), orders()],
    ["ALTER TABLE orders DROP CONSTRAINT orders_status_idx", orders(status), orders()],
    [
      "ALTER TABLE orders DROP COLUMN status",
      { relations: [relation("orders", { id: "bigint", status: "text" })] },
      { relations: [relation("orders", { id: "bigint" })] },
    ],
    [
      "ALTER TABLE orders ALTER COLUMN id TYPE integer",
      { relations: [relation("orders", { id: "bigint" })] },
      { relations: [relation("orders", { id: "integer" })] },
    ],
    ["DROP TABLE orders", orders(status), { relations: [] }],
    ["CREATE INDEX ON orders (status)", orders(), orders(status)],
    ["CREATE INDEX orders_status_idx ON orders (status)", orders(), orders(status)],
  ] as const)("is found: %s", async (sql, base, head) => {
    const statements = (await statementsIn(`SELECT 1;\n${sql};`, "db/migrations/1_a.sql")).filter((one) => one.state === "parsed");
    expect(schemaChanges(base, head, statements).map(({ statement }) => statement?.line)).toEqual([2]);
  });

  it("is null where none of them is it", async () => {
    const statements = (await statementsIn("DROP INDEX another_idx;", "db/migrations/1_a.sql")).filter((one) => one.state === "parsed");
    expect(schemaChanges(orders(status), orders(), statements)[0]?.statement).toBeNull();
  });
});
