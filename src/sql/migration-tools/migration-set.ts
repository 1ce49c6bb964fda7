import type { Dialect, MigrationRun } from "../../model/statements.js";
import { dialectNamed, dialectOfPath } from "../dialect.js";
import type { CodeMigration, FoundFolder } from "./folders.js";
import { byNumber } from "./order.js";
import type { RepositoryFile } from "./tool.js";

/** One history of one database. */
export interface MigrationSet {
  readonly root: string;
  /** The tool's id; null when nothing says whose it is: the order is then that of the numbers. */
  readonly tool: string | null;
  /** In the order in which they are applied. */
  readonly files: readonly RepositoryFile[];
  readonly code: readonly CodeMigration[];
}

/** The dialect of a folder's files whose paths do not tell: what the tool's own files say, else the given one. */
function folderDialect(folder: FoundFolder, given: Dialect): Dialect | null {
  const named = folder.tool?.database?.(folder);
  const dialect = named === undefined ? undefined : dialectNamed(named);
  return dialect === undefined ? given : dialect;
}

/** Files that name their database serve that one; the others serve every one that the folder has files of. */
function filesOf(folder: FoundFolder, wanted: Dialect, configured: Dialect): readonly RepositoryFile[] {
  const general = folder.files.some(({ path }) => dialectOfPath(path) === wanted) || folderDialect(folder, configured) === wanted;
  return folder.files.filter(({ path }) => {
    const named = dialectOfPath(path);
    return named === undefined ? general : named === wanted;
  });
}

/** A folder's history of one database; `configured` is the dialect of what nothing tells about. */
export function migrationSet(folder: FoundFolder, wanted: Dialect, configured: Dialect): MigrationSet {
  const { root, tool, code } = folder;
  const files = filesOf(folder, wanted, configured);
  return { root, tool: tool?.id ?? null, code, files: tool ? tool.ordered(files, folder) : byNumber(files) };
}

/** How one of a folder's files is run; null when its tool is not known. */
export function migrationRun(folder: FoundFolder, file: { readonly path: string; readonly text: string }): MigrationRun | null {
  const { tool } = folder;
  return tool ? { tool: tool.id, ...tool.run(file, folder) } : null;
}

/** Histories that only tests or examples apply. */
const ASIDE = /(?:^|\/)(?:tests?|__tests__|testdata|testing|fixtures?|e2e|examples?|samples?|stubs?|mocks?|demo|legacy)(?:\/|$)/i;

const common = (left: string, right: string): number => {
  const [a, b] = [left.split("/"), right.split("/")];
  const differs = a.findIndex((part, index) => part !== b[index]);
  return differs < 0 ? a.length : differs;
};

interface Rank {
  readonly set: MigrationSet;
  readonly changed: number;
  readonly near: number;
}

function rank(set: MigrationSet, changed: ReadonlySet<string>): Rank {
  const near = Math.max(0, ...[...changed].map((path) => common(set.root, path)));
  return { set, near, changed: set.files.filter(({ path }) => changed.has(path)).length };
}

const better = (left: Rank, right: Rank): number =>
  right.changed - left.changed ||
  Number(ASIDE.test(left.set.root)) - Number(ASIDE.test(right.set.root)) ||
  right.near - left.near ||
  right.set.files.length - left.set.files.length;

/**
 * The history that matters to a change: the one that it adds to; else one that is no test's, that lies nearest to what
 * was changed, and that is the longest. Null when there is none of this database.
 */
export function chooseSet(
  folders: Iterable<FoundFolder>,
  changed: ReadonlySet<string>,
  wanted: Dialect,
  configured: Dialect,
): MigrationSet | null {
  const sets = [...folders].map((folder) => migrationSet(folder, wanted, configured)).filter(({ files }) => files.length > 0);
  return sets.map((set) => rank(set, changed)).sort(better)[0]?.set ?? null;
}
