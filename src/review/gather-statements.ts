import type { Config } from "../config/config.js";
import type { DeliveredFile } from "../evidence/delivered-sql.js";
import type { Sources } from "../evidence/sources.js";
import { collectStatements } from "../evidence/statements.js";
import { type NamedDialect, namedDialect } from "../evidence/tool-dialect.js";
import type { CollectedEvidence } from "../model/evidence.js";
import type { Snapshot } from "../model/pull-request.js";
import type { Statements } from "../model/statements.js";
import { dialectOfPath } from "../sql/dialect.js";
import { isToolFile } from "../sql/tool-dialects.js";

interface Place {
  readonly sources: Sources;
  readonly snapshot: Snapshot;
  readonly config: Config;
}

/** Changed statements, and the configuration with the dialect in which they were read. */
export interface GatheredStatements {
  readonly statements: CollectedEvidence["statements"];
  readonly config: Config;
}

/** Files whose statements were read in the dialect that stands where nobody chose one. */
const undecided = ({ files }: Statements): readonly string[] =>
  files.flatMap(({ path, statements, delivered }) =>
    statements.length > 0 && delivered === undefined && dialectOfPath(path) === undefined ? [path] : [],
  );

async function named(statements: Statements, { sources, snapshot, config }: Place): Promise<NamedDialect | null> {
  const paths = config.database.dialectGiven ? [] : undecided(statements);
  if (paths.length === 0) return null;
  const tree = await sources.tree(snapshot, isToolFile);
  return tree.status === "collected" ? namedDialect(tree.value, snapshot, paths, config) : null;
}

const withPart = (statements: CollectedEvidence["statements"], part: Partial<Statements>): CollectedEvidence["statements"] =>
  statements.status === "collected" ? { status: "collected", value: { ...statements.value, ...part } } : statements;

/** The changed statements, read anew where the tools' files name another database than the one that was assumed. */
export async function gatherStatements(place: Place, migrations: readonly DeliveredFile[]): Promise<GatheredStatements> {
  const { sources, snapshot, config } = place;
  const statements = await collectStatements(snapshot, sources, config, migrations);
  const found = statements.status === "collected" ? await named(statements.value, place) : null;
  if (!found) return { statements, config };
  if ("unclear" in found) return { statements: withPart(statements, { unclearDialect: found.unclear }), config };
  if (found.dialect === config.database.dialect) return { statements, config };
  const own = { ...config, database: { ...config.database, dialect: found.dialect } };
  const again = await collectStatements(snapshot, sources, own, migrations);
  return { statements: withPart(again, { dialectFrom: found }), config: own };
}
