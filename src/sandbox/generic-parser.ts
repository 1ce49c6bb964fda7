import type { Dialect } from "../model/statements.js";
import type { DialectParser } from "./dialect-parser.js";

type Generic = Exclude<Dialect, "postgresql">;

/** Only the grammar that is needed: each takes some 40 ms and 300 KB to load. */
const LOADERS = {
  mysql: () => import("node-sql-parser/build/mysql.js"),
  mariadb: () => import("node-sql-parser/build/mariadb.js"),
  sqlite: () => import("node-sql-parser/build/sqlite.js"),
  transactsql: () => import("node-sql-parser/build/transactsql.js"),
  bigquery: () => import("node-sql-parser/build/bigquery.js"),
  snowflake: () => import("node-sql-parser/build/snowflake.js"),
  redshift: () => import("node-sql-parser/build/redshift.js"),
} as const satisfies Record<Generic, () => Promise<unknown>>;

/** The grammar's sentence lists every character it would have taken; what it met is enough. */
const brief = (message: string): string => {
  const met = message.lastIndexOf(" but ");
  return met < 0 ? message : `unexpected ${message.slice(met + " but ".length).replace(/ found\.$/, "")}`;
};

/** node-sql-parser's grammar of one dialect. */
export async function createParser(dialect: Generic): Promise<DialectParser> {
  const loaded = await LOADERS[dialect]();
  const parser = new loaded.default.Parser();
  return {
    whole: null,
    one: (sql) => {
      const tree: unknown = parser.astify(sql, { database: dialect });
      return { tree: Array.isArray(tree) && tree.length === 1 ? tree[0] : tree };
    },
    syntaxError: (error) => (error instanceof Error && error.name === "SyntaxError" ? brief(error.message) : null),
  };
}
