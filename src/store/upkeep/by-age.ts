import { type Kysely, type RawBuilder, sql } from "kysely";
import { hasColumns, readTables, type Table } from "../catalogue.js";
import type { Tables } from "../tables.js";
import { daysBefore, type Keep } from "./keep.js";
import { removeRows } from "./remove.js";

/** Tables of who opened the gate, with the time in `at`. They stay when their pull request goes. */
export const AUDIT = ["override_audit", "bypass"];

interface Aged {
  readonly table: string;
  /** The column with the time: a timestamp, or ISO 8601 as text. */
  readonly at: string;
  readonly kept: keyof Keep;
  readonly unless?: RawBuilder<boolean>;
}

const openHead = (table: string) => sql<boolean>`exists (
  select 1 from pull where pull.open
    and (pull.installation, pull.repository, pull.head_sha) = ${sql.raw(`(${table}.installation, ${table}.repository, ${table}.head_sha)`)})`;

/** The default branch's newest results: a repository where nothing happens keeps its schema and sizes. */
const newestOfBranch = sql<boolean>`exists (
  select 1 from commit_order c
  where (c.installation, c.repository, c.sha) = (head_result.installation, head_result.repository, head_result.head_sha)
    and c.position = (
      select max(d.position) from commit_order d join head_result h
        on (h.installation, h.repository, h.head_sha) = (d.installation, d.repository, d.sha)
      where (d.installation, d.repository) = (c.installation, c.repository)))`;

const AGED: readonly Aged[] = [
  { table: "delivery", at: "received_at", kept: "deliveries", unless: sql`state = 'received'` },
  { table: "redelivery", at: "at", kept: "deliveries" },
  { table: "head_result", at: "at", kept: "heads", unless: sql`${openHead("head_result")} or ${newestOfBranch}` },
  { table: "snapshot", at: "at", kept: "heads", unless: openHead("snapshot") },
  { table: "workflow_run", at: "started_at", kept: "heads", unless: openHead("workflow_run") },
  { table: "expected_run", at: "started_at", kept: "heads", unless: openHead("expected_run") },
  { table: "merge_group", at: "requested_at", kept: "heads" },
  // What lies in no month: all of it in the embedded database, and dates out of all reason elsewhere.
  { table: "run_other", at: "at", kept: "history" },
  { table: "pusher", at: "at", kept: "audit" },
  ...AUDIT.map((table): Aged => ({ table, at: "at", kept: "audit" })),
];

function isOld({ at, unless }: Aged, before: Date): RawBuilder<unknown> {
  const column = sql.ref(at);
  // A text of ISO 8601 is compared as the time that it is.
  const old = sql`${column}::timestamptz < ${before}`;
  return unless === undefined ? old : sql`${old} and not (${unless})`;
}

const isThere = (tables: readonly Table[], { table, at }: Aged): boolean =>
  table === "run_other" || tables.some((found) => found.name === table && hasColumns(found, at));

/** Removes what is older than it is kept. @returns rows by table, of those that lost some */
export async function removeByAge(db: Kysely<Tables>, now: Date, keep: Keep): Promise<Readonly<Record<string, number>>> {
  const tables = await readTables(db);
  const removed: Record<string, number> = {};
  for (const aged of AGED.filter((one) => isThere(tables, one))) {
    const rows = await removeRows(db, aged.table, isOld(aged, daysBefore(now, keep[aged.kept])));
    if (rows > 0) removed[aged.table] = rows;
  }
  return removed;
}
