import { type Kysely, sql } from "kysely";

export interface Column {
  readonly name: string;
  /** As PostgreSQL writes it, such as `timestamp with time zone`. */
  readonly type: string;
}

/** One of our tables as it is in the database. A partitioned one is one table. */
export interface Table {
  readonly name: string;
  /** In their order; without those that PostgreSQL computes. */
  readonly columns: readonly Column[];
}

/** All of our tables, by name: read from the database, so that a new one is seen by everybody who asks. */
export async function readTables<T>(db: Kysely<T>): Promise<readonly Table[]> {
  const { rows } = await sql<Table>`
    select c.relname as name,
      json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname not like 'kysely\_%'
    group by c.relname order by c.relname collate "C"`.execute(db);
  return rows;
}

export const hasColumns = (table: Table, ...names: readonly string[]): boolean =>
  names.every((name) => table.columns.some((column) => column.name === name));
