import type { Config } from "../config/config.js";
import { matchesGlob } from "../config/glob.js";
import type { Statements } from "../model/statements.js";
import { isSqlFile } from "../sql/dialect.js";
import { droppedColumns } from "../sql/drops.js";
import { isMigration } from "../sql/migration-files.js";
import type { Repository } from "./dependents.js";
import { isSource } from "./path-kinds.js";
import { baseTree, type TreeFile } from "./tree.js";

/** More dropped columns than this are not searched for; each costs a look at every file. */
const COLUMNS = 20;

// Schemas of ORMs and APIs, which are no programs.
const MODEL = /\.(?:prisma|graphql|gql|erb)$/i;

/** Whether a file may be about a column while the program runs: code, a model, or a query. */
export const mayMention = (path: string, { database, paths }: Config): boolean =>
  (isSource(path) || MODEL.test(path) || isSqlFile(path)) &&
  !isMigration(path, database.migrations) &&
  !paths.ignore.some((glob) => matchesGlob(glob, path));

const droppedIn = ({ files }: Statements): readonly string[] => {
  const migrations = files.filter(({ kind }) => kind === "migration");
  const parsed = migrations.flatMap(({ statements }) => statements.flatMap((one) => (one.state === "parsed" ? [one] : [])));
  return [...new Set(parsed.flatMap((statement) => droppedColumns(statement).map(({ column }) => column)))];
};

/** The name as code may write it, without case: `user_id`, `userId`, `user-id`. */
const spellings = (column: string): readonly string[] => {
  const lower = column.toLowerCase();
  return [lower, lower.replaceAll("_", ""), lower.replaceAll("_", "-")];
};

function unmentionedIn(files: readonly TreeFile[], columns: readonly string[]): readonly string[] {
  const left = new Map(columns.map((column) => [column, spellings(column)]));
  for (const { text } of files) {
    const lower = left.size > 0 && text !== undefined ? text.toLowerCase() : "";
    for (const [column, names] of left) if (names.some((name) => lower.includes(name))) left.delete(column);
  }
  return [...left.keys()];
}

/**
 * The statements with those of the columns they drop that no text of the base names, migrations aside. A name
 * inside a longer one counts as named, and where a file was not read, none is called unmentioned.
 */
export async function withMentions(statements: Statements, { sources, snapshot, config }: Repository): Promise<Statements> {
  const columns = droppedIn(statements);
  if (columns.length === 0 || snapshot.incomplete !== undefined) return statements;
  const isText = (path: string): boolean => mayMention(path, config);
  const tree = await sources.tree(snapshot, isText);
  if (tree.status === "absent" || tree.value.incomplete !== undefined) return statements;
  const files = baseTree(tree.value, snapshot).files.filter(({ path }) => isText(path));
  if (files.some(({ unread }) => unread !== undefined)) return statements;
  return { ...statements, unmentioned: unmentionedIn(files, columns.slice(0, COLUMNS)) };
}
