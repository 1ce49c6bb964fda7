import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../tables.js";

/** Rows of one statement: the embedded database does nothing else meanwhile. */
const BATCH = 500;

/** Deletes what the condition says, a few rows at a time. @returns how many */
export async function removeRows(db: Kysely<Tables>, table: string, condition: RawBuilder<unknown>): Promise<number> {
  const name = sql.table(table);
  for (let total = 0; ; ) {
    const { numAffectedRows = 0n } = await sql`
      delete from ${name} where ctid = any(array(select ctid from ${name} where ${condition} limit ${BATCH}))`.execute(db);
    total += Number(numAffectedRows);
    if (numAffectedRows === 0n) return total;
  }
}
