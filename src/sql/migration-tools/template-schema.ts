// `{{ index .Options "Namespace" }}.users`
const UNDER_HOLE = /\}\}["'`]?\.["'`]?([a-z_][a-z0-9_]{0,62})/gi;
const QUALIFIED = /(?<![\w.])([a-z_][a-z0-9_]{0,62})\.([a-z_][a-z0-9_]{0,62})/gi;

/**
 * The schema that a template's placeholder stands for, where a file names a table both ways, under a placeholder
 * and under a schema; null where none does.
 */
export function templateSchema(texts: readonly string[]): string | null {
  const tables = new Set(texts.flatMap((sql) => [...sql.matchAll(UNDER_HOLE)].map(([, table = ""]) => table)));
  if (tables.size === 0) return null;
  const counts = new Map<string, number>();
  for (const [, schema = "", table = ""] of texts.flatMap((sql) => [...sql.matchAll(QUALIFIED)])) {
    if (schema !== "public" && tables.has(table)) counts.set(schema, (counts.get(schema) ?? 0) + 1);
  }
  const [first] = [...counts].sort(([, left], [, right]) => right - left);
  return first ? first[0] : null;
}

/** The text with blanks in the schema's place: names without one are found where the placeholder's are. */
export function withoutSchema(sql: string, schema: string): string {
  return sql.replace(QUALIFIED, (name, written: string) =>
    written === schema ? name.slice(schema.length + 1).padStart(name.length) : name,
  );
}
