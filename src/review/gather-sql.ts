import type { Config } from "../config/config.js";
import { readOnce } from "../evidence/code-tree.js";
import type { Apart, DeliveredSql } from "../evidence/delivered-sql.js";
import type { Repository } from "../evidence/dependents.js";
import { withMentions } from "../evidence/mentions.js";
import { planContext } from "../evidence/plan-context.js";
import { collectPlans } from "../evidence/plans.js";
import { collectSchema, type KnownSchema } from "../evidence/schema.js";
import { statementsSent } from "../evidence/sent-statements.js";
import type { Sources } from "../evidence/sources.js";
import { collectStatistics, type KnownStatistics, knownRows } from "../evidence/statistics.js";
import type { Tree } from "../evidence/tree.js";
import type { Collected } from "../model/collected.js";
import type { RuntimeCounts } from "../model/counts.js";
import type { CollectedEvidence } from "../model/evidence.js";
import type { Snapshot } from "../model/pull-request.js";
import type { Statement, Statements } from "../model/statements.js";
import { type Text, text } from "../model/text.js";
import { isSchemaFile } from "../sql/migration-tools/wanted.js";
import { gatherStatements } from "./gather-statements.js";

/** Everything about the SQL of a change. */
export interface GatheredSql {
  readonly statements: CollectedEvidence["statements"];
  readonly plans: CollectedEvidence["plans"];
  /** Null where there is no SQL to plan. */
  readonly statistics: KnownStatistics | null;
}

interface MetSchema extends KnownSchema {
  /** The files that the schema was built from. */
  readonly tree: Tree;
}

/** Whose SQL it is, and who is asked. */
interface SqlPlace {
  readonly sources: Sources;
  readonly snapshot: Snapshot;
  readonly config: Config;
}

const NO_FILES: Tree = { files: [] };

/** The repository is read only for a change that has a statement: it costs a download. */
async function withSchema(statements: Statements, { sources, snapshot, config }: SqlPlace, { sql, sent }: Beside): Promise<MetSchema> {
  const isAbout = sent.length > 0 || statements.files.some((file) => file.statements.length > 0);
  if (!isAbout) return { statements: { ...statements, schema: nothingToKnow }, session: null, tree: NO_FILES };
  const tree = await sources.tree(snapshot, (path) => isSchemaFile(path, config.database.migrations));
  const { planner, parseSql } = sources;
  const delivered = { ...sql, base: async () => (await sources.baseSchema?.(snapshot, config)) ?? null };
  const known = await collectSchema(statements, { tree, snapshot, planner, parseSql, config, delivered });
  return { ...known, tree: tree.status === "collected" ? tree.value : NO_FILES };
}

/** What the head's workflow handed in: SQL, and what its tests sent. */
interface Beside {
  readonly sql: DeliveredSql;
  readonly sent: readonly Statement[];
}

const nothingToKnow = { status: "absent", reason: text`no statement was added or changed` } as const;

/** A change may hold no SQL, and its tests may send some. */
const NO_STATEMENTS: Statements = { files: [], createdTables: [], maybeCreatedTables: [], rows: {}, schema: nothingToKnow };

const absent = (reason: Text): Collected<never> => ({ status: "absent", reason });

/** Plans need a database in which the schema stands. */
async function plansOf(
  met: MetSchema,
  statistics: KnownStatistics,
  repository: Repository,
  sent: readonly Statement[],
): Promise<CollectedEvidence["plans"]> {
  const { statements, session, tree } = met;
  const { schema } = statements;
  const { config } = repository;
  if (config.database.plans === "off") return absent(text`plans are switched off in the configuration`);
  if (schema.status === "absent") return absent(text`the schema is not known: ${schema.reason}`);
  if (!session) return absent(text`plans are made by PostgreSQL only, and the schema is ${[schema.value.dialect]}`);
  const context = planContext({ session, schema: schema.value, statistics, tree }, config);
  return collectPlans(statements, context, repository, sent);
}

/**
 * Changed statements, then the schema that they meet and the sizes of its tables, then their plans on it.
 *
 * @param delivered the head's results, of which SQL was taken
 * @param counting what its tests sent
 */
export async function gatherSql(
  given: SqlPlace,
  today: string,
  delivered: Promise<Apart>,
  counting: Promise<Collected<RuntimeCounts>>,
): Promise<GatheredSql> {
  const { sources } = given;
  const { sql } = await delivered;
  const { statements: collected, config } = await gatherStatements(given, sql.migrations);
  const place = { ...given, config };
  const counts = await counting;
  const changed = collected.status === "collected" ? collected.value : null;
  const sent = await statementsSent(counts.status === "collected" ? counts.value : null, changed, sources.parseSql);
  if (collected.status === "absent" && sent.length === 0) return { statements: collected, plans: collected, statistics: null };
  const file = await sources.statistics(config.database.statistics);
  const statistics = await collectStatistics(file, sources.parseSql, config, today);
  const rows = knownRows(statistics.statistics, config.database.tables);
  const met = await withSchema({ ...(changed ?? NO_STATEMENTS), rows }, place, { sql, sent });
  try {
    const repository = readOnce(place);
    const statements = await withMentions(met.statements, repository);
    const plans = await plansOf(met, statistics, repository, sent);
    return { statements: changed ? { status: "collected", value: statements } : collected, plans, statistics };
  } finally {
    await met.session?.close();
  }
}
