import type { Config } from "../config/config.js";
import { matchesGlob } from "../config/glob.js";
import type { Collected } from "../model/collected.js";
import type { Snapshot } from "../model/pull-request.js";
import type { Dialect, Statements } from "../model/statements.js";
import { type Text, text } from "../model/text.js";
import { dialectOf } from "../sql/dialect.js";
import { type FoundFolder, migrationFolders } from "../sql/migration-tools/folders.js";
import { chooseSet, type MigrationSet, migrationSet } from "../sql/migration-tools/migration-set.js";
import { configuredDump, foundDump } from "../sql/migration-tools/schema-dump.js";
import { sqlcPackages } from "../sql/migration-tools/sqlc.js";
import type { NotApplied } from "./planner.js";
import { dumpSource, migrationsSource, whyNoSchema } from "./schema-source.js";
import { baseTree, type Tree, type TreeFile } from "./tree.js";

/** The files that make a schema on both sides of a change, in the order in which they are applied. */
export interface SchemaHistory {
  readonly dialect: Dialect;
  readonly source: Text;
  readonly base: readonly TreeFile[];
  readonly head: readonly TreeFile[];
  /** Programs among the migrations: what they do is not known. */
  readonly notApplied: readonly NotApplied[];
  /** Something of it was handed in by the head's own workflow. */
  readonly delivered?: true;
}

/** One side of the repository with its folders of migrations. */
interface Side {
  readonly files: readonly TreeFile[];
  readonly folders: ReadonlyMap<string, FoundFolder>;
}

interface Asked {
  readonly head: Side;
  readonly base: Side;
  readonly changed: ReadonlySet<string>;
  readonly dialect: Dialect;
  readonly config: Config["database"];
}

type Found = Omit<SchemaHistory, "dialect" | "delivered">;

/** The configured dialect, unless everything that changed is written in another. */
export function dialectAsked({ files }: Statements, configured: Dialect): Dialect {
  const found = files.filter(({ statements }) => statements.length > 0).map(({ dialect }) => dialect);
  return found.includes(configured) ? configured : (found[0] ?? configured);
}

const sideOf = ({ files }: Tree, config: Config): Side => {
  const wanted = files.filter(({ path }) => !config.paths.ignore.some((glob) => matchesGlob(glob, path)));
  return { files: wanted, folders: migrationFolders(wanted, config.database.migrations) };
};

const byPath = (files: readonly TreeFile[]): ReadonlyMap<string, TreeFile> => new Map(files.map((file) => [file.path, file]));

/** The set's files with the blobs that the tree knows of them. */
const filesOf = ({ files }: Side, set: MigrationSet): readonly TreeFile[] => {
  const known = byPath(files);
  return set.files.flatMap(({ path }) => known.get(path) ?? []);
};

function ofMigrations(set: MigrationSet, { head, base, dialect, config }: Asked): Found {
  const before = base.folders.get(set.root);
  return {
    source: migrationsSource(set),
    head: filesOf(head, set),
    base: before ? filesOf(base, migrationSet(before, dialect, config.dialect)) : [],
    notApplied: set.code.map(({ path, language }) => ({ path, message: `written in ${language}: only SQL is applied` })),
  };
}

/** Migrations run on the dump that the base has; a change without any is judged by the dump that it has itself. */
function ofDump(find: (files: readonly TreeFile[]) => readonly TreeFile[], { head, base, changed, dialect, config }: Asked): Found | null {
  const [before, after] = [find(base.files), find(head.files)];
  if (before.length === 0 && after.length === 0) return null;
  const dumped = new Set([...before, ...after].map(({ path }) => path));
  const set = chooseSet(head.folders.values(), changed, dialect, config.dialect);
  const existed = byPath(base.files);
  const added = (set ? filesOf(head, set) : []).filter(({ path }) => changed.has(path) && !existed.has(path) && !dumped.has(path));
  return { source: dumpSource([...dumped]), base: before, head: added.length > 0 ? [...before, ...added] : after, notApplied: [] };
}

const isBelow = (path: string, place: string): boolean => path === place || path.startsWith(`${place}/`);

/** What sqlc takes for the schema of the changed queries. */
function ofSqlc(asked: Asked): Found | null {
  const packages = sqlcPackages(asked.head.files);
  const used = packages.find(({ queries }) => queries.some((place) => [...asked.changed].some((path) => isBelow(path, place))));
  if (!used) return null;
  const folder = used.schema.map((place) => asked.head.folders.get(place)).find((found) => found !== undefined);
  if (folder) return ofMigrations(migrationSet(folder, asked.dialect, asked.config.dialect), asked);
  return ofDump((files) => used.schema.flatMap((place) => configuredDump(files, place)), asked);
}

/** Where most migrations are programs, those in SQL leave a schema that was never there. */
const isMostlyCode = (set: MigrationSet): boolean => set.code.length > set.files.length;

function find(asked: Asked): Found | null {
  const { head, changed, dialect, config } = asked;
  const dump = config.schema;
  if (dump !== undefined) return ofDump((files) => configuredDump(files, dump), asked);
  const set = chooseSet(head.folders.values(), changed, dialect, config.dialect);
  const touched = set?.files.some(({ path }) => changed.has(path)) ?? false;
  if (set && touched && !isMostlyCode(set)) return ofMigrations(set, asked);
  const sqlc = touched ? null : ofSqlc(asked);
  if (sqlc) return sqlc;
  if (set && !isMostlyCode(set)) return ofMigrations(set, asked);
  return ofDump((files) => {
    const found = foundDump(
      files.filter(({ path }) => dialectOf(path, config.dialect) === dialect),
      config.migrations,
    );
    return found ? [found] : [];
  }, asked);
}

/** Finds the files that say what the database holds, for the dialect of the changed statements. */
export function findHistory(tree: Tree, snapshot: Snapshot, statements: Statements, config: Config): Collected<SchemaHistory> {
  if (tree.incomplete !== undefined)
    return { status: "absent", reason: text`the repository's files were not all read: ${tree.incomplete}` };
  const asked: Asked = {
    head: sideOf(tree, config),
    base: sideOf(baseTree(tree, snapshot), config),
    changed: new Set(snapshot.files.map(({ path }) => path)),
    dialect: dialectAsked(statements, config.database.dialect),
    config: config.database,
  };
  const found = find(asked);
  if (found) return { status: "collected", value: { dialect: asked.dialect, ...found } };
  const named = config.database.schema;
  return {
    status: "absent",
    reason:
      named === undefined
        ? whyNoSchema(asked.head.files, asked.head.folders)
        : text`database.schema names ${named}, which is not in the repository`,
  };
}
