import type { Config } from "../config.js";
import { STATISTICS_PATH } from "../file.js";
import { choice, flag, glob, listOf, mapOf, section, whole, words } from "../values.js";

const dialects = ["postgresql", "mysql", "mariadb", "sqlite", "transactsql", "bigquery", "snowflake", "redshift"] as const;

const table = section({ rows: whole(0, 1e13).describe("About how many rows it holds in production.") });

export const database = section({
  dialect: choice(dialects)
    .optional()
    .describe("Which SQL the files are written in; without it, the database that the tools' own files name, else PostgreSQL.")
    .meta({ example: "mysql" }),
  migrations: listOf(glob)
    .default([])
    .describe("Where migrations lie; without any, the folders of the well-known tools.")
    .meta({ example: ["db/changes/**/*.sql"] }),
  schema: glob
    .optional()
    .describe(
      "A schema dump (`pg_dump --schema-only`, `structure.sql`), or a folder or glob of SQL files; without it, the migrations are applied.",
    )
    .meta({ example: "db/structure.sql" }),
  statistics: words("the path of a statistics file")
    .default(STATISTICS_PATH)
    .describe("Planner statistics as `redline stats export` writes them; read at the tip of the base branch."),
  assumed_rows: whole(1, 1e10)
    .default(10_000_000)
    .describe("Rows that a table is planned with when neither the statistics nor `tables` knows it."),
  tables: mapOf(words("the name of a table"), table)
    .default({})
    .describe("Tables whose size is known: 1,000,000 rows and more make a finding about locks blocking, below 10,000 a notice.")
    .meta({ example: { orders: { rows: 12_000_000 } } }),
  strict: flag.default(false).describe("Take a table whose size nobody knows for a large one: findings about locks on it block."),
  plans: choice(["on", "off"]).default("on").describe("Whether new and modified statements are planned."),
  collation: words("the name of a collation")
    .optional()
    .describe("The collation of production's database, such as en_US.utf8: only with C do plain indexes serve LIKE 'x%'.")
    .meta({ example: "en_US.utf8" }),
})
  .prefault({})
  .transform(({ dialect, assumed_rows: assumedRows, schema, collation, ...rest }): Config["database"] => ({
    ...rest,
    dialect: dialect ?? "postgresql",
    dialectGiven: dialect !== undefined,
    assumedRows,
    ...(schema !== undefined && { schema }),
    ...(collation !== undefined && { collation }),
  }))
  .describe("The database behind the SQL files.");
