import { prepare } from "../prepare.js";

const QUOTED_HOLE = /'\{\{[^{}'\r\n]{0,300}\}\}'/g;

/** pg_dump hides every schema from what follows, which is right for a dump alone. */
const HIDDEN_SCHEMAS = /^SELECT pg_catalog\.set_config\('search_path', '', false\);/gm;

/** Every offset stays only where the new text is no longer than the old. */
const fitting = (value: string, hole: string): string => (value.length <= hole.length ? value.padEnd(hole.length) : hole);

const inPublic = (length: number): string => "public".padEnd(length);

/**
 * What a database can run of a file, with the file's own offsets: no way back, no lines for the client. A
 * template's placeholder before a dot, or alone in a string, is the schema `public`.
 */
export function runnable(sql: string): string {
  const quoted = sql.replace(QUOTED_HOLE, (hole) => fitting("'public'", hole));
  const { filled } = prepare(
    quoted.replace(HIDDEN_SCHEMAS, (line) => " ".repeat(line.length)),
    "postgresql",
  );
  return filled.replace(/\bhole_{2,}(?=\s{0,9}\.)/g, (hole) => inPublic(hole.length));
}
