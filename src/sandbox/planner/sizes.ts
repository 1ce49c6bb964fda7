import type { RelationName } from "../../model/catalogue.js";
import type { RelationStatistics, Statistics } from "../../sql/statistics-file.js";

/** A relation that has a file, or that is a partitioned table. */
export interface Stored extends RelationName {
  readonly oid: number;
  /** pg_class.relkind. */
  readonly kind: string;
  /** Relative to the data directory; null for a partitioned table. */
  readonly path: string | null;
  /** The table of an index, else null. */
  readonly table: number | null;
  /** The topmost partitioned table above it, else itself. */
  readonly root: number;
}

/** What a relation is made to look like. */
export interface Size extends RelationName {
  readonly oid: number;
  readonly rows: number;
  readonly pages: number;
  readonly visible: number;
}

/** Ten million rows on 200,000 pages, and 40,000 pages of an index on them: what is assumed where nothing is known. */
const ROWS_PER_PAGE = 50;
const ROWS_PER_INDEX_PAGE = 250;

export const STORED = `
WITH RECURSIVE above AS (
  SELECT inhrelid, inhparent FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhparent WHERE p.relkind = 'p'
), climb (oid, root) AS (
  SELECT inhrelid, inhparent FROM above UNION SELECT climb.oid, above.inhparent FROM climb JOIN above ON above.inhrelid = climb.root
)
SELECT c.oid::int, n.nspname AS schema, c.relname AS name, c.relkind::text AS kind, pg_relation_filepath(c.oid) AS path, i.indrelid::int AS table,
  coalesce((SELECT root FROM climb WHERE climb.oid = c.oid AND root NOT IN (SELECT inhrelid FROM above)), c.oid)::int AS root
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = c.oid
WHERE c.relkind IN ('r', 'p', 'm', 'i') AND c.relpersistence <> 't'
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`;

const key = ({ schema, name }: RelationName): string => JSON.stringify([schema, name]);

/** Sizes for everything that is stored: told ones, a share of what is told of a partitioned table, or assumed ones. */
export function sizesOf(stored: readonly Stored[], statistics: Statistics): readonly Size[] {
  const told = new Map(statistics.relations.map((relation) => [key(relation), relation]));
  const byOid = new Map(stored.map((relation) => [relation.oid, relation]));
  const leaves = new Map<number, number>();
  for (const { root, kind } of stored) if (kind === "r") leaves.set(root, (leaves.get(root) ?? 0) + 1);
  const toldOf = (relation: Stored | undefined): RelationStatistics | undefined => relation && told.get(key(relation));

  const rowsOf = (table: Stored): number => {
    const own = toldOf(table);
    if (own) return own.rows;
    const whole = toldOf(byOid.get(table.root))?.rows ?? statistics.assumedRows;
    return table.kind === "p" ? whole : Math.ceil(whole / (leaves.get(table.root) ?? 1));
  };
  const sizeOf = (relation: Stored): Size => {
    const { oid, schema, name } = relation;
    const table = relation.table === null ? undefined : byOid.get(relation.table);
    const own = toldOf(relation);
    const rows = own?.rows ?? rowsOf(table ?? relation);
    const usual = Math.ceil(rows / (table ? ROWS_PER_INDEX_PAGE : ROWS_PER_PAGE));
    // A table with rows and no pages is one that was counted before it was ever written out.
    const pages = own && (own.pages > 0 || rows === 0) ? own.pages : usual;
    return { oid, schema, name, rows, pages, visible: own?.allVisible ?? 0 };
  };
  return stored.map(sizeOf);
}
