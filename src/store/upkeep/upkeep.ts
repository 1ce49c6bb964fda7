import { type Kysely, sql } from "kysely";
import { readTables } from "../catalogue.js";
import type { Tables } from "../tables.js";
import { removeByAge } from "./by-age.js";
import { removeClosedPulls } from "./closed-pulls.js";
import { daysBefore, type Keep, type Upkeep } from "./keep.js";
import { dropMonths, makeMonths } from "./months.js";
import { removeUninstalled } from "./uninstalled.js";

/** Tables that change with every delivery. */
const QUEUES: ReadonlySet<string> = new Set(["delivery", "dirty"]);

async function tidy(db: Kysely<Tables>, now: Date, keep: Keep): Promise<Readonly<Record<string, number>>> {
  const removed = {
    months: await dropMonths(db, daysBefore(now, keep.history)),
    pulls: await removeClosedPulls(db, now, daysBefore(now, keep.pulls)),
    ...(await removeByAge(db, now, keep)),
    uninstalled: await removeUninstalled(db, daysBefore(now, keep.uninstalled)),
  };
  return Object.fromEntries(Object.entries(removed).filter(([, count]) => count > 0));
}

export const upkeep = (db: Kysely<Tables>): Upkeep => ({
  async vacuum(which) {
    const tables = (await readTables(db)).filter(({ name }) => which === "all" || QUEUES.has(name));
    for (const { name } of tables) await sql`vacuum (analyze) ${sql.table(name)}`.execute(db);
  },
  async checkpoint() {
    await sql`checkpoint`.execute(db);
  },
  async makeMonths(now) {
    await makeMonths(db, now);
  },
  tidy: (now, keep) => tidy(db, now, keep),
});
