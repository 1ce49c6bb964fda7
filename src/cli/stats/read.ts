import type { Client } from "pg";
import { z } from "zod";
import { plannerSettings } from "../../sql/planner-settings.js";
import { columns, RELATIONS, SETTINGS, TABLES } from "./queries.js";

const setting = z.object({ name: z.string(), setting: z.string(), unit: z.string().nullable() });
const relation = z.object({
  schema: z.string(),
  name: z.string(),
  is_table: z.boolean(),
  of: z.string(),
  pages: z.number(),
  rows: z.string(),
  visible: z.number(),
});
const column = z.object({
  schema: z.string(),
  name: z.string(),
  column: z.string(),
  inherited: z.boolean(),
  nulls: z.string(),
  width: z.number(),
  distinct: z.string(),
  correlation: z.string().nullable(),
  values: z.string().nullable(),
  frequencies: z.string().nullable(),
  histogram: z.string().nullable(),
});

export type SettingRow = z.infer<typeof setting>;
export type RelationRow = z.infer<typeof relation>;
export type ColumnRow = z.infer<typeof column>;

/** The planner's view of a database. Figures are the server's own text. */
export interface DatabaseStatistics {
  /** `15.18`. */
  readonly server: string;
  readonly role: string;
  /** Tables that there are, analysed or not. */
  readonly tables: number;
  readonly settings: readonly SettingRow[];
  readonly relations: readonly RelationRow[];
  readonly columns: readonly ColumnRow[];
}

const STATEMENT_MS = 60_000;

const asVersion = (number: number): string => `${Math.floor(number / 10_000)}.${number % 10_000}`;
const about = z.object({ version: z.coerce.number(), role: z.string() });
const ABOUT = "SELECT pg_catalog.current_setting('server_version_num') AS version, current_user::text AS role";

/**
 * Reads the statistics of one state of a database, in one read-only transaction.
 *
 * @throws what pg throws
 */
export async function readDatabase(client: Client, withValues: boolean): Promise<DatabaseStatistics> {
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  await client.query(`SET LOCAL statement_timeout = ${STATEMENT_MS}`);
  await client.query("SET LOCAL search_path = pg_catalog");
  const { version, role } = about.parse((await client.query(ABOUT)).rows[0]);
  const settings = z.array(setting).parse((await client.query(SETTINGS, [plannerSettings])).rows);
  const relations = z.array(relation).parse((await client.query(RELATIONS)).rows);
  const [counted] = z.array(z.object({ tables: z.number() })).parse((await client.query(TABLES)).rows);
  const known = z.array(column).parse((await client.query(columns(withValues))).rows);
  await client.query("COMMIT");
  return { server: asVersion(version), role, tables: counted?.tables ?? 0, settings, relations, columns: known };
}
