/** Statistics that were told, of columns that are there: one row of JSON each, as `ColumnStatistics`. */
export const TOLD_COLUMNS = `
SELECT count(pg_restore_attribute_stats(
    'schemaname', t.schema, 'relname', t.name, 'attname', a.attname::text, 'inherited', t.inherited,
    'null_frac', t."nullFraction", 'avg_width', t."averageWidth", 'n_distinct', t."distinct", 'correlation', t.correlation,
    'most_common_vals', t."mostCommon"->>'values', 'most_common_freqs', (t."mostCommon"->>'frequencies')::real[],
    'histogram_bounds', t.histogram))
FROM json_to_recordset($1::json) AS t (
    schema text, name text, "column" text, place integer, inherited boolean, "nullFraction" real, "averageWidth" integer, "distinct" real, correlation real,
    "mostCommon" json, histogram text)
JOIN pg_namespace n ON n.nspname = t.schema JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = t.name
JOIN pg_attribute a ON a.attrelid = c.oid AND (a.attname = t."column" OR a.attnum = t.place) AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p', 'm', 'i') AND (NOT t.inherited OR c.relkind IN ('r', 'p'))`;

/**
 * What is assumed of every column that nothing was told of: 50,000 values, 4 of an enum or a boolean, all different
 * where a unique key says so. Partitioned tables have theirs as inherited; an index has some of its expressions.
 */
export const ASSUMED_COLUMNS = `
WITH wanted AS (
  SELECT n.nspname AS schema, c.relname AS name, a.attname AS "column", c.relkind = 'p' AS inherited, t.typlen, t.typtype = 'e' OR t.typname = 'bool' AS few,
    greatest(coalesce(own.reltuples, c.reltuples), 1) AS rows,
    c.relkind <> 'i' AND EXISTS (SELECT FROM pg_index u WHERE u.indrelid = c.oid AND u.indisunique AND u.indnkeyatts = 1 AND u.indkey[0] = a.attnum AND u.indpred IS NULL) AS key
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_index i ON i.indexrelid = c.oid LEFT JOIN pg_class own ON own.oid = i.indrelid
  WHERE c.relkind IN ('r', 'p', 'm', 'i') AND c.relpersistence <> 't' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
    AND a.attnum > 0 AND NOT a.attisdropped AND (c.relkind <> 'i' OR i.indkey[a.attnum - 1] = 0)
    AND NOT EXISTS (SELECT FROM pg_statistic s WHERE s.starelid = c.oid AND s.staattnum = a.attnum AND s.stainherit = (c.relkind = 'p'))
)
SELECT count(pg_restore_attribute_stats(
    'schemaname', schema::text, 'relname', name::text, 'attname', "column"::text, 'inherited', inherited, 'null_frac', 0::real,
    'avg_width', CASE WHEN typlen > 0 THEN typlen ELSE 32 END::integer,
    'n_distinct', CASE WHEN key THEN -1 WHEN few THEN least(4, rows) WHEN rows <= 50000 THEN -1 ELSE 50000 END::real))
FROM wanted`;

/** So that what an earlier answer assumed, or was told, is not taken for knowledge. */
export const FORGET_COLUMNS = `
SELECT count(pg_clear_attribute_stats(schemaname::text, tablename::text, attname::text, inherited))
FROM pg_stats WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`;

export const RELATIONS = `
SELECT count(pg_restore_relation_stats(
    'schemaname', t.schema, 'relname', t.name, 'relpages', t.pages, 'reltuples', t.rows, 'relallvisible', t.visible))
FROM json_to_recordset($1::json) AS t (schema text, name text, rows real, pages integer, visible integer)`;
