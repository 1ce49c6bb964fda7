import type { Statements } from "../model/statements.js";
import { type Text, text } from "../model/text.js";
import type { DeliveredFile, DeliveredSql } from "./delivered-sql.js";
import { withObserved } from "./observed-statements.js";
import type { Planner } from "./planner.js";
import { schemaSide } from "./schema-files.js";
import type { SchemaHistory } from "./schema-history.js";
import type { TreeFile } from "./tree.js";

/** The SQL of both sides' workflows. The base's is asked for only where the repository tells nothing. */
export interface Delivered extends DeliveredSql {
  readonly base: () => Promise<DeliveredFile | null>;
}

const treeFile = ({ path, text: content }: DeliveredFile): TreeFile => ({ path, sha: path, text: content });

const ONE = text`taken for both sides of the change`;

function sourceOf(base: DeliveredFile | null, head: DeliveredFile | null, migrations: number): Text {
  if (base && head) return text`${head.path} of this head and of its base`;
  if (head) return text`${head.path} of this head, ${ONE}: the base's workflow handed none in`;
  const path = base?.path ?? "";
  if (migrations === 0) return text`${path} of the base, ${ONE}: this head's workflow handed none in`;
  return text`${path} of the base, and at the head the migrations that its workflow handed in`;
}

/** The schema that CI dumped, for a repository that holds none itself. Null where nobody handed one in. */
export async function deliveredHistory({ schema: head, migrations, base: ask }: Delivered): Promise<SchemaHistory | null> {
  const base = await ask();
  const first = base ?? head;
  if (!first) return null;
  const before = [treeFile(first)];
  return {
    dialect: "postgresql",
    source: sourceOf(base, head, migrations.length),
    base: before,
    head: head ? [treeFile(head)] : [...before, ...migrations.map(treeFile)],
    notApplied: [],
    ...((head !== null || migrations.length > 0) && { delivered: true }),
  };
}

/**
 * What migrations of the head's workflow do to the base's schema. They run in a database of their own, so that nothing
 * in them changes what is known of the repository's statements.
 */
export async function withDeliveredObserved(
  statements: Statements,
  history: SchemaHistory,
  migrations: readonly DeliveredFile[],
  planner: Planner,
): Promise<Statements> {
  const known = new Set(history.head.map(({ path }) => path));
  const added = schemaSide(migrations.filter(({ path }) => !known.has(path)).map(treeFile)).files;
  if (added.length === 0) return statements;
  const base = schemaSide(history.base).files;
  const session = await planner.open({ base, head: [...base, ...added], observed: added.map(({ path }) => path) });
  if ("refused" in session) return statements;
  await session.close();
  return withObserved(statements, session);
}
