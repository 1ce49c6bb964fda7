// Everything is qualified or comes from pg_catalog, whatever the role's search_path is. PostgreSQL 13 to 18 know all of it.

/** Session settings; `unit` is that of `setting`. $1: their names. */
export const SETTINGS = `
SELECT name, setting, unit
FROM pg_catalog.pg_settings
WHERE name = ANY ($1::text[])`;

/**
 * Tables, materialised views and indexes that were analysed. `of` is the table of an index. Before PostgreSQL 14 a table
 * that was never analysed says 0 instead of -1. A partitioned table has no pages, and says -1.
 */
export const RELATIONS = `
SELECT n.nspname AS schema, c.relname AS name, c.relkind <> 'i' AS is_table, coalesce(t.relname, c.relname) AS of,
       greatest(c.relpages, 0) AS pages, c.reltuples::text AS rows, c.relallvisible AS visible
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
LEFT JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
WHERE c.relkind IN ('r', 'p', 'm', 'i')
  AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
  AND c.relpersistence <> 't'
  AND coalesce(t.reltuples, c.reltuples) >= 0
  AND (pg_catalog.current_setting('server_version_num')::integer >= 140000
       OR coalesce(t.reltuples, c.reltuples) > 0 OR coalesce(t.relpages, c.relpages) > 0)
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`;

/** How many tables there are, analysed or not. */
export const TABLES = `
SELECT count(*)::integer AS tables
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't'
  AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'`;

const VALUES = `, most_common_vals::text AS values, most_common_freqs::text AS frequencies, histogram_bounds::text AS histogram`;
const NO_VALUES = `, NULL AS values, NULL AS frequencies, NULL AS histogram`;

/** Statistics of the columns that the role may read; expressions of indexes stand under the index's name. */
export const columns = (withValues: boolean): string => `
SELECT schemaname AS schema, tablename AS name, attname AS column, inherited, null_frac::text AS nulls, avg_width AS width,
       n_distinct::text AS "distinct", correlation::text AS correlation${withValues ? VALUES : NO_VALUES}
FROM pg_catalog.pg_stats
WHERE schemaname NOT LIKE 'pg\\_%' AND schemaname <> 'information_schema'
ORDER BY schemaname COLLATE "C", tablename COLLATE "C", attname COLLATE "C", inherited`;
