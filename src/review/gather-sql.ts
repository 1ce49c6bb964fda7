import type { Config } from "../config/config.js";
import { collectSchema, type KnownSchema } from "../evidence/schema.js";
import type { Sources } from "../evidence/sources.js";
import { collectStatements } from "../evidence/statements.js";
import { collectStatistics, type KnownStatistics, knownRows } from "../evidence/statistics.js";
import type { Collected } from "../model/collected.js";
import type { CollectedEvidence } from "../model/evidence.js";
import type { Snapshot } from "../model/pull-request.js";
import type { Statements } from "../model/statements.js";
import { text } from "../model/text.js";
import { isSchemaFile } from "../sql/migration-tools/wanted.js";

/** Everything about the SQL of a change. */
export interface GatheredSql {
  readonly statements: CollectedEvidence["statements"];
  readonly plans: CollectedEvidence["plans"];
  /** Null where there is no SQL to plan. */
  readonly statistics: KnownStatistics | null;
}

/** The repository is read only for a change that has a statement: it costs a download. */
async function withSchema(sources: Sources, snapshot: Snapshot, config: Config, statements: Statements): Promise<KnownSchema> {
  const isAbout = statements.files.some((file) => file.statements.length > 0);
  if (!isAbout) return { statements: { ...statements, schema: nothingToKnow }, session: null };
  const tree = await sources.tree(snapshot, (path) => isSchemaFile(path, config.database.migrations));
  const { planner, parseSql } = sources;
  return await collectSchema(statements, { tree, snapshot, planner, parseSql, config });
}

const nothingToKnow = { status: "absent", reason: text`no statement was added or changed` } as const;

const notPlanned = (): Collected<never> => ({ status: "absent", reason: text`plans are not made yet` });

/** Changed statements, then the schema that they meet and the sizes of its tables, then their plans on it. */
export async function gatherSql(sources: Sources, snapshot: Snapshot, config: Config, today: string): Promise<GatheredSql> {
  const collected = await collectStatements(snapshot, sources, config);
  if (collected.status === "absent") return { statements: collected, plans: collected, statistics: null };
  const file = await sources.statistics(config.database.statistics);
  const statistics = await collectStatistics(file, sources.parseSql, config, today);
  const rows = knownRows(statistics.statistics, config.database.tables);
  const { statements, session } = await withSchema(sources, snapshot, config, { ...collected.value, rows });
  try {
    return { statements: { status: "collected", value: statements }, plans: notPlanned(), statistics };
  } finally {
    await session?.close();
  }
}
