import pg from "pg";
import { z } from "zod";
import { withDatabase } from "../../../src/cli/stats/connect.js";
import { readDatabase } from "../../../src/cli/stats/read.js";
import { statisticsScript } from "../../../src/cli/stats/script.js";
import type { Planner } from "../../../src/evidence/planner.js";
import type { ParseSql } from "../../../src/evidence/sources.js";
import { collectStatistics } from "../../../src/evidence/statistics.js";
import { plain } from "../../../src/model/text.js";
import { defaults } from "./judged.js";

/** A shop with a partial index, one on an expression, partitions, and values that are not evenly spread. */
export const SHOP = `
CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL, region text NOT NULL, created_at timestamptz NOT NULL);
CREATE INDEX customers_lower_idx ON customers (lower(email));
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, status text NOT NULL, total numeric(10,2) NOT NULL, created_at timestamptz NOT NULL);
CREATE INDEX orders_customer_idx ON orders (customer_id);
CREATE INDEX orders_open_idx ON orders (created_at) WHERE status = 'open';
CREATE TABLE events (id bigint NOT NULL, day date NOT NULL, kind text NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
CREATE INDEX events_kind_idx ON events (kind);
`;

const ROWS = `
INSERT INTO customers SELECT n, 'Person' || n || '@example.org', (ARRAY['eu', 'us', 'asia', 'eu'])[1 + n % 4], timestamptz '2025-01-01 00:00+00' + n * interval '7 minutes' FROM generate_series(1, 20000) n;
INSERT INTO orders SELECT n, 1 + (n * 7919) % 20000, CASE WHEN n % 50 = 0 THEN 'open' WHEN n % 7 = 0 THEN 'failed' ELSE 'paid' END, (n * 31) % 10000 / 10.0, timestamptz '2025-01-01 00:00+00' + n * interval '2 minutes' FROM generate_series(1, 100000) n;
INSERT INTO events SELECT n, date '2026-01-01' + n % 58, 'kind' || n % 20 FROM generate_series(1, 40000) n;
`;

interface Case {
  readonly what: string;
  /** Parameters as `$1`. */
  readonly sql: string;
  /** Their types, for PREPARE. */
  readonly types?: string;
}

const CASES: readonly Case[] = [
  { what: "scan", sql: "SELECT * FROM orders WHERE total > 900" },
  { what: "scan of everything", sql: "SELECT count(*) FROM orders" },
  { what: "primary key", sql: "SELECT * FROM orders WHERE id = $1", types: "bigint" },
  { what: "index", sql: "SELECT * FROM orders WHERE customer_id = $1", types: "bigint" },
  { what: "index, list", sql: "SELECT * FROM orders WHERE customer_id = ANY ($1)", types: "bigint[]" },
  {
    what: "join by index",
    sql: "SELECT c.email, o.total FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.id = $1",
    types: "bigint",
  },
  { what: "join of both", sql: "SELECT c.region, sum(o.total) FROM orders o JOIN customers c ON c.id = o.customer_id GROUP BY c.region" },
  { what: "order and limit by index", sql: "SELECT * FROM orders ORDER BY id DESC LIMIT 20" },
  { what: "order and limit, sorted", sql: "SELECT * FROM orders ORDER BY total LIMIT 20" },
  { what: "skewed value", sql: "SELECT * FROM orders WHERE status = 'failed'" },
  { what: "partial index", sql: "SELECT * FROM orders WHERE status = 'open' AND created_at > timestamptz '2025-05-01 00:00+00'" },
  { what: "expression index", sql: "SELECT * FROM customers WHERE lower(email) = $1", types: "text" },
  { what: "one partition", sql: "SELECT * FROM events WHERE day = date '2026-02-10'" },
  { what: "all partitions, index", sql: "SELECT * FROM events WHERE kind = $1 AND day > date '2026-01-20'", types: "text" },
  { what: "without a partner", sql: "SELECT id FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)" },
];

export interface PlanFigures {
  readonly cost: number;
  readonly rows: number;
  /** The kinds of all nodes, from the top down. */
  readonly nodes: string;
  readonly scan: boolean;
}

/** What it costs to walk down a btree of three levels (50 × cpu_operator_cost each): an empty index has none, and no statistic tells. */
const DESCENT = 0.375;

/** The figures of the reference: a scan costs the same, anything with an index within 1 % beside the descent, rows within 1 or 1 %. */
export function isAlike(server: PlanFigures, ours: PlanFigures): boolean {
  const apart = Math.max(0, Math.abs(ours.cost - server.cost) - (server.scan ? 0 : DESCENT)) / server.cost;
  const rows = Math.abs(ours.rows - server.rows);
  return ours.nodes === server.nodes && apart <= (server.scan ? 1e-6 : 0.01) && rows <= Math.max(1, 0.01 * server.rows);
}

export interface ComparedPlan {
  readonly what: string;
  readonly server: PlanFigures;
  readonly ours: PlanFigures;
}

const plan: z.ZodType<{
  readonly "Node Type": string;
  readonly "Total Cost": number;
  readonly "Plan Rows": number;
  readonly Plans?: readonly unknown[] | undefined;
}> = z.object({ "Node Type": z.string(), "Total Cost": z.number(), "Plan Rows": z.number(), Plans: z.array(z.unknown()).optional() });

function nodesOf(value: unknown): readonly string[] {
  const { "Node Type": type, Plans = [] } = plan.parse(value);
  return [type, ...Plans.flatMap(nodesOf)];
}

function figuresOf(value: unknown): PlanFigures {
  const { "Total Cost": cost, "Plan Rows": rows } = plan.parse(value);
  const nodes = nodesOf(value);
  return { cost, rows, nodes: nodes.join(" > "), scan: nodes.includes("Seq Scan") && !nodes.some((node) => node.includes("Index")) };
}

const explained = z.array(z.object({ "QUERY PLAN": z.array(z.object({ Plan: z.unknown() })) }));

/** The server's own plans: generic ones, as a review makes them, and without workers. */
async function serverPlans(url: string): Promise<readonly PlanFigures[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("SET max_parallel_workers_per_gather = 0; SET plan_cache_mode = force_generic_plan");
  const found: PlanFigures[] = [];
  for (const [index, { sql, types }] of CASES.entries()) {
    await client.query(`PREPARE p${index}${types === undefined ? "" : ` (${types})`} AS ${sql}`);
    const { rows } = await client.query(`EXPLAIN (FORMAT JSON) EXECUTE p${index}${types === undefined ? "" : " (NULL)"}`);
    found.push(figuresOf(explained.parse(rows)[0]?.["QUERY PLAN"][0]?.Plan));
  }
  await client.end();
  return found;
}

/** Makes the shop on a server, exports its statistics, and plans with them here: both plans of each statement. */
export async function comparePlans(url: string, planner: Planner, parseSql: ParseSql): Promise<readonly ComparedPlan[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(SHOP);
  await client.query(ROWS);
  await client.query("VACUUM ANALYZE");
  await client.end();
  const server = await serverPlans(url);
  const database = await withDatabase(url, (connected) => readDatabase(connected, true));
  const { sql } = statisticsScript(database, { date: "2026-11-25", withValues: true, minRows: 0 });
  const { statistics, problems } = await collectStatistics({ path: "statistics.sql", text: sql }, parseSql, defaults(), "2026-11-25");
  if (problems[0]) throw new Error(plain(problems[0].message));
  const files = [{ path: "1.sql", sha: "shop", sql: SHOP }];
  const session = await planner.open({ base: files, head: files, observed: [] });
  if ("refused" in session) throw new Error(plain(session.refused));
  const questions = CASES.map(({ sql: asked }, id) => ({ id, sql: asked }));
  const answers = await session.explain({ side: "head", statistics, candidates: [], questions });
  await session.close();
  return CASES.map(({ what }, index) => {
    const answer = answers[index];
    if (!answer || !("plan" in answer)) throw new Error(`${what}: ${answer ? plain(answer.failed) : "no answer"}`);
    return { what, server: server[index] ?? figuresOf(null), ours: figuresOf(planOf(answer.plan)) };
  });
}

const whole = z.union([
  z.array(z.object({ Plan: z.unknown() })).transform(([first]) => first?.Plan),
  z.object({ Plan: z.unknown() }).transform(({ Plan }) => Plan),
]);
const planOf = (answer: unknown): unknown => whole.parse(answer);
