import type { Config } from "../config/config.js";
import type { Schema } from "../model/statements.js";
import type { PlanContext } from "./planned.js";
import type { PlannerSession } from "./planner.js";
import type { KnownStatistics } from "./statistics.js";
import type { Tree } from "./tree.js";
import { uncertainTables } from "./uncertain-tables.js";

interface Given {
  readonly session: PlannerSession;
  readonly schema: Schema;
  readonly statistics: KnownStatistics;
  /** The files that the schema was built from. */
  readonly tree: Tree;
}

/** What plans are made with, as the configuration has it. */
export function planContext({ session, schema, statistics, tree }: Given, { database }: Config): PlanContext {
  return {
    session,
    statistics,
    configured: Object.keys(database.tables),
    ...(database.collation !== undefined && { collation: database.collation }),
    uncertain: uncertainTables(schema.notApplied, tree),
  };
}
