import { readFileSync } from "node:fs";
import type { Planned, TableSize } from "../../src/model/plan.js";
import { plain, text } from "../../src/model/text.js";
import { readPlan } from "../../src/sql/plan/read.js";
import { statementsIn } from "./planned.js";

/** What PostgreSQL 18 answered for 150,000 orders, 60,000 items and 5,000 customers, with the statements, by name. */
const recorded: Readonly<Record<string, { readonly sql: string; readonly plan: unknown }>> = JSON.parse(
  readFileSync(new URL("../fixtures/plans/queries.json", import.meta.url), "utf8"),
);

const size = (name: string, rows: number): TableSize => ({ relation: { schema: "public", name }, rows, source: "exported" });

const sizes = [size("orders", 150_000), size("items", 60_000), size("customers", 5_000)];

/** One of the recorded statements with its plan; `tables` where the sizes are to be others. */
export async function recordedQuery(name: string, tables: readonly TableSize[] = sizes): Promise<Planned> {
  const { sql, plan } = recorded[name] ?? { sql: "", plan: null };
  const [statement] = await statementsIn(sql);
  const read = readPlan(plan, { relations: [] });
  if (!statement || !("plan" in read)) throw new Error("plan" in read ? name : plain(text`${name}: ${read.unreadable}`));
  return { state: "planned", statement, sql, reason: "new", before: null, after: read.plan, tables, proven: null, scans: [], doubts: [] };
}

/** The recorded plans were made at a size that takes seconds to fill; for rules about larger tables they are told to be. */
export const counted = (rows: number): readonly TableSize[] => [size("orders", rows)];
