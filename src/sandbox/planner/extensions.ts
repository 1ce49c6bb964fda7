/**
 * Extensions that PGlite carries and that migrations use, by their SQL names. Left out are those that read files or
 * pages (file_fdw, pageinspect, …).
 */
const BUNDLES: ReadonlyMap<string, readonly string[]> = new Map([
  ...["amcheck", "bloom", "btree_gin", "btree_gist", "citext", "cube", "dict_int", "dict_xsyn", "fuzzystrmatch", "hstore"].map(itself),
  ...["intarray", "isn", "lo", "ltree", "pg_stat_statements", "pg_trgm", "pgcrypto", "seg", "tablefunc", "tcn"].map(itself),
  ...["tsm_system_rows", "tsm_system_time", "unaccent", "uuid-ossp"].map(itself),
  ["earthdistance", ["cube", "earthdistance"]],
]);

function itself(name: string): [string, readonly string[]] {
  return [name, [name]];
}

/** Bundles to load for these texts: loading all of them would cost every start half a second. */
export function bundlesFor(texts: Iterable<string>): readonly string[] {
  const found = new Set<string>();
  for (const sql of texts) {
    for (const [, name = ""] of sql.matchAll(/\bextension\s{1,99}(?:if\s{1,99}not\s{1,99}exists\s{1,99})?"?([a-z_-]{1,63})/gi)) {
      for (const bundle of BUNDLES.get(name.toLowerCase()) ?? []) found.add(bundle);
    }
  }
  return [...found].sort();
}
