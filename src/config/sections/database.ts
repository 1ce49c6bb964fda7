import type { Config } from "../config.js";
import { STATISTICS_PATH } from "../file.js";
import { choice, glob, listOf, mapOf, section, whole, words } from "../values.js";

const dialects = ["postgresql", "mysql", "mariadb", "sqlite", "transactsql", "bigquery", "snowflake", "redshift"] as const;

const table = section({ rows: whole(0, 1e13).describe("About how many rows it holds in production.") });

export const database = section({
  dialect: choice(dialects).default("postgresql").describe("Which SQL the files are written in."),
  migrations: listOf(glob)
    .default([])
    .describe("Where migrations lie; without any, the folders of the well-known tools.")
    .meta({ example: ["db/changes/**/*.sql"] }),
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
  collation: words("the name of a collation").optional().describe("Production's collation. Checked, without effect yet."),
})
  .prefault({})
  .transform(({ dialect, migrations, tables, statistics, assumed_rows }): Config["database"] => ({
    dialect,
    migrations,
    tables,
    statistics,
    assumedRows: assumed_rows,
  }))
  .describe("The database behind the SQL files.");
