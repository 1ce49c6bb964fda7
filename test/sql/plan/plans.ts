import { readFileSync } from "node:fs";
import type { Catalogue, Relation } from "../../../src/model/catalogue.js";
import type { PlanNode } from "../../../src/model/plan.js";
import { plain } from "../../../src/model/text.js";
import { readPlan } from "../../../src/sql/plan/read.js";

/** What PostgreSQL 18 answered for a shop of 300,000 orders, 400,000 items and 20,000 customers, by name. */
export const recorded: Readonly<Record<string, unknown>> = JSON.parse(
  readFileSync(new URL("../../fixtures/plans/orders.json", import.meta.url), "utf8"),
);

/** An index as the catalogue has it, by its key columns. */
export const index = (name: string, ...columns: readonly string[]): Relation["indexes"][number] => ({
  name,
  keys: columns.map((column) => ({ column, expression: column, operatorClass: null, descending: false })),
  included: [],
  unique: name.endsWith("_pkey"),
  primary: name.endsWith("_pkey"),
  method: "btree",
  predicate: null,
  valid: true,
  definition: `CREATE INDEX ${name} ON t USING btree (${columns.join(", ")})`,
});

export const relation = (name: string, columns: Readonly<Record<string, string>>, parts: Partial<Relation> = {}): Relation => ({
  schema: "public",
  name,
  kind: "table",
  columns: Object.entries(columns).map(([column, type]) => ({ name: column, type, notNull: true, hasDefault: false, collation: null })),
  indexes: [index(`${name}_pkey`, "id")],
  foreignKeys: [],
  checks: [],
  partitionOf: null,
  partitionKey: [],
  ...parts,
});

/** The catalogue behind the recorded plans. */
export const shop: Catalogue = {
  relations: [
    relation("customers", { id: "bigint", email: "text", country: "text" }),
    relation("items", { id: "bigint", order_id: "bigint", product_id: "integer", kind: "text" }),
    relation(
      "orders",
      {
        id: "bigint",
        customer_id: "bigint",
        status: "text",
        created_at: "timestamp with time zone",
        total: "numeric",
        updated_at: "timestamp with time zone",
      },
      {
        indexes: [
          index("orders_pkey", "id"),
          index("orders_status_idx", "status"),
          index("orders_created_at_idx", "created_at"),
          index("orders_total_status_idx", "total", "status"),
        ],
      },
    ),
  ],
};

export function plan(json: unknown): PlanNode {
  const read = readPlan(json, shop);
  if ("unreadable" in read) throw new Error(plain(read.unreadable));
  return read.plan;
}

export const recordedPlan = (name: string): PlanNode => plan(recorded[name]);

export const sizes = (["customers", "items", "orders"] as const).map((name, at) => ({
  relation: { schema: "public", name },
  rows: [20_000, 400_000, 300_000][at] ?? 0,
  source: "exported" as const,
}));
