/**
 * Every user relation as one row of JSON, in the shape of the model's `Relation`. One query, because each costs a
 * round through the parser and the planner of a database compiled without optimisation.
 */
export const CATALOGUE = `
WITH relation AS (
  SELECT c.oid, n.nspname AS schema, c.relname AS name, c.relkind, c.relispartition
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
    AND n.nspname NOT LIKE 'pg\\_temp%' AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
), columns AS (
  SELECT a.attrelid, json_agg(json_build_object(
      'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'notNull', a.attnotnull, 'hasDefault', a.atthasdef OR a.attidentity <> '',
      'collation', CASE WHEN a.attcollation <> t.typcollation THEN (SELECT collname FROM pg_collation WHERE oid = a.attcollation) END
    ) ORDER BY a.attnum) AS list
  FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
  WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attrelid IN (SELECT oid FROM relation) GROUP BY a.attrelid
), index_keys AS (
  SELECT i.indexrelid, k.position, i.indnkeyatts,
    a.attname AS column, pg_get_indexdef(i.indexrelid, k.position::int, true) AS expression,
    CASE WHEN k.position <= i.indnkeyatts AND NOT o.opcdefault THEN o.opcname END AS "operatorClass",
    CASE WHEN k.position <= i.indnkeyatts THEN (i.indoption[k.position - 1] & 1) = 1 ELSE false END AS descending
  FROM pg_index i
  CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, position)
  LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum AND k.attnum > 0
  LEFT JOIN pg_opclass o ON k.position <= i.indnkeyatts AND o.oid = i.indclass[k.position - 1]
  WHERE i.indrelid IN (SELECT oid FROM relation)
), indexes AS (
  SELECT i.indrelid, json_agg(json_build_object(
      'name', c.relname, 'keys', k.keys, 'included', k.included, 'unique', i.indisunique, 'primary', i.indisprimary, 'method', m.amname,
      'predicate', pg_get_expr(i.indpred, i.indrelid, true), 'valid', i.indisvalid, 'definition', pg_get_indexdef(i.indexrelid)
    ) ORDER BY c.relname) AS list
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam
  JOIN (
    SELECT indexrelid,
      json_agg(json_build_object('column', "column", 'expression', expression, 'operatorClass', "operatorClass", 'descending', descending)
        ORDER BY position) FILTER (WHERE position <= indnkeyatts) AS keys,
      coalesce(json_agg("column" ORDER BY position) FILTER (WHERE position > indnkeyatts), '[]') AS included
    FROM index_keys GROUP BY indexrelid
  ) k ON k.indexrelid = i.indexrelid
  GROUP BY i.indrelid
), foreign_keys AS (
  SELECT k.conrelid, json_agg(json_build_object(
      'name', k.conname, 'validated', k.convalidated, 'parent', json_build_object('schema', n.nspname, 'name', p.relname),
      'columns', (SELECT json_agg(a.attname ORDER BY u.position) FROM unnest(k.conkey) WITH ORDINALITY AS u (attnum, position)
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum),
      'parentColumns', (SELECT json_agg(a.attname ORDER BY u.position) FROM unnest(k.confkey) WITH ORDINALITY AS u (attnum, position)
        JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.attnum)
    ) ORDER BY k.conname) AS list
  FROM pg_constraint k JOIN pg_class p ON p.oid = k.confrelid JOIN pg_namespace n ON n.oid = p.relnamespace
  WHERE k.contype = 'f' AND (k.conparentid = 0 OR k.conrelid <> (SELECT conrelid FROM pg_constraint WHERE oid = k.conparentid))
  GROUP BY k.conrelid
), checks AS (
  SELECT conrelid, json_agg(json_build_object('name', conname, 'expression', pg_get_expr(conbin, conrelid, true), 'validated', convalidated)
    ORDER BY conname) AS list
  FROM pg_constraint WHERE contype = 'c' AND conrelid <> 0 GROUP BY conrelid
), parents AS (
  SELECT h.inhrelid, json_build_object('schema', n.nspname, 'name', p.relname) AS parent
  FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhparent JOIN pg_namespace n ON n.oid = p.relnamespace
  WHERE p.relkind = 'p'
), partition_keys AS (
  SELECT p.partrelid, json_agg(a.attname ORDER BY u.position) AS list
  FROM pg_partitioned_table p CROSS JOIN LATERAL unnest(p.partattrs::int2[]) WITH ORDINALITY AS u (attnum, position)
  JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = u.attnum GROUP BY p.partrelid
)
SELECT json_build_object(
  'schema', r.schema, 'name', r.name,
  'kind', CASE r.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
    ELSE 'foreign table' END,
  'columns', coalesce(columns.list, '[]'), 'indexes', coalesce(indexes.list, '[]'), 'foreignKeys', coalesce(foreign_keys.list, '[]'),
  'checks', coalesce(checks.list, '[]'), 'partitionOf', CASE WHEN r.relispartition THEN parents.parent END,
  'partitionKey', coalesce(partition_keys.list, '[]'))::text AS relation
FROM relation r
LEFT JOIN columns ON columns.attrelid = r.oid LEFT JOIN indexes ON indexes.indrelid = r.oid
LEFT JOIN foreign_keys ON foreign_keys.conrelid = r.oid LEFT JOIN checks ON checks.conrelid = r.oid
LEFT JOIN parents ON parents.inhrelid = r.oid LEFT JOIN partition_keys ON partition_keys.partrelid = r.oid
ORDER BY r.schema COLLATE "C", r.name COLLATE "C"`;
