import type { Config } from "../config/config.js";
import type { Collected } from "../model/collected.js";
import type { Snapshot } from "../model/pull-request.js";
import type { Dialect, Schema, StatementFile, Statements } from "../model/statements.js";
import { type Text, text } from "../model/text.js";
import { type FoundFolder, migrationFolders, rootOf } from "../sql/migration-tools/folders.js";
import { migrationRun } from "../sql/migration-tools/migration-set.js";
import { type Delivered, deliveredHistory, withDeliveredObserved } from "./delivered-schema.js";
import { lockWaits } from "./lock-waits.js";
import { withObserved } from "./observed-statements.js";
import type { NotApplied, Planner, PlannerSession } from "./planner.js";
import { schemaSide } from "./schema-files.js";
import { dialectAsked, findHistory, type SchemaHistory } from "./schema-history.js";
import type { ParseSql } from "./sources.js";
import { staticSchema } from "./static-schema.js";
import type { Tree } from "./tree.js";

/** What a schema is built from, and with. */
export interface SchemaOrigin {
  readonly tree: Collected<Tree>;
  readonly snapshot: Snapshot;
  readonly planner: Planner | null;
  readonly parseSql: ParseSql;
  readonly config: Config;
  /** SQL that workflows handed in. */
  readonly delivered?: Delivered;
}

/** The statements with all that the repository tells about them. */
export interface KnownSchema {
  readonly statements: Statements;
  /** The database that holds both sides, for plans; whoever asked for it closes it. Null where none was started. */
  readonly session: PlannerSession | null;
}

/** Dialects whose DDL is read without a database. */
const STATIC: ReadonlySet<Dialect> = new Set(["mysql", "mariadb", "sqlite"]);

const absent = (reason: Text): { readonly status: "absent"; readonly reason: Text } => ({ status: "absent", reason });

function withRun(file: StatementFile, folder: FoundFolder | undefined): StatementFile {
  const sql = folder?.files.find(({ path }) => path === file.path)?.text;
  const run = folder && sql !== undefined ? migrationRun(folder, { path: file.path, text: sql }) : null;
  return run ? { ...file, run } : file;
}

/** How each changed migration is run by its tool. */
function withRuns(statements: Statements, tree: Tree, config: Config): Statements {
  const folders = migrationFolders(tree.files, config.database.migrations);
  return {
    ...statements,
    files: statements.files.map((file) => (file.kind === "migration" ? withRun(file, folders.get(rootOf(file.path))) : file)),
  };
}

function sourceOf(history: SchemaHistory, notApplied: readonly NotApplied[]): Text {
  const [first] = notApplied;
  if (!first) return history.source;
  const count = text`${notApplied.length} of ${history.head.length + history.notApplied.length}`;
  return text`${history.source}; ${count} files could not be applied, first ${first.path}: ${first.message}`;
}

/** Migrations of the head that this change adds or alters. */
const observedPaths = ({ files }: Statements, history: SchemaHistory): readonly string[] => {
  const changed = new Set(files.flatMap((file) => (file.kind === "migration" && file.statements.length > 0 ? [file.path] : [])));
  return history.head.map(({ path }) => path).filter((path) => changed.has(path));
};

async function planned(given: Statements, history: SchemaHistory, planner: Planner, delivered?: Delivered): Promise<KnownSchema> {
  const statements = await withDeliveredObserved(given, history, delivered?.migrations ?? [], planner);
  const [base, head] = [schemaSide(history.base), schemaSide(history.head)];
  const session = await planner.open({ base: base.files, head: head.files, observed: observedPaths(statements, history) });
  if ("refused" in session) {
    const schema = absent(text`the schema of ${history.source} could not be built: ${session.refused}`);
    return { statements: { ...statements, schema }, session: null };
  }
  const notApplied = [...history.notApplied, ...head.unread, ...session.notApplied];
  const source = sourceOf(history, notApplied);
  const value: Schema = {
    base: session.base,
    head: session.head,
    dialect: history.dialect,
    source,
    notApplied,
    ...(history.delivered && { delivered: true }),
  };
  return { statements: { ...withObserved(statements, session), schema: { status: "collected", value } }, session };
}

async function collected(statements: Statements, history: SchemaHistory, origin: SchemaOrigin): Promise<KnownSchema> {
  const without = (reason: Text): KnownSchema => ({ statements: { ...statements, schema: absent(reason) }, session: null });
  if (history.dialect === "postgresql") {
    if (!origin.planner) return without(text`no database can be started here`);
    return await planned(statements, history, origin.planner, origin.delivered);
  }
  if (!STATIC.has(history.dialect)) return without(text`no schema is read from the DDL of ${[history.dialect]}`);
  const schema = await staticSchema(history, origin.parseSql);
  if (!schema) return without(text`nothing of ${history.source} could be understood without a database`);
  return { statements: { ...statements, schema: { status: "collected", value: schema } }, session: null };
}

/** The repository's own history; only where it is known to hold none, what workflows dumped. */
async function historyOf(tree: Tree, statements: Statements, origin: SchemaOrigin): Promise<Collected<SchemaHistory>> {
  const { snapshot, config, delivered } = origin;
  const own = findHistory(tree, snapshot, statements, config);
  const { dialect, schema } = config.database;
  if (own.status === "collected" || !delivered || tree.incomplete !== undefined || schema !== undefined) return own;
  if (dialectAsked(statements, dialect) !== "postgresql") return own;
  const handedIn = await deliveredHistory(delivered);
  return handedIn ? { status: "collected", value: handedIn } : own;
}

/**
 * The schema at base and head, what each changed migration did when it was run on the base's, and how its tool runs
 * it. What is not known says why; the rules then look at the statements alone. The session is the caller's to close.
 */
export async function collectSchema(statements: Statements, origin: SchemaOrigin): Promise<KnownSchema> {
  const { tree, snapshot, config } = origin;
  if (tree.status === "absent") return { statements: { ...statements, schema: tree }, session: null };
  const known = { ...withRuns(statements, tree.value, config), ...lockWaits(tree.value, snapshot, config) };
  const history = await historyOf(tree.value, known, origin);
  if (history.status === "absent") return { statements: { ...known, schema: history }, session: null };
  return await collected(known, history.value, origin);
}
