import { text } from "../../model/text.js";
import { nameOf } from "./order.js";
import type { MigrationTool, RepositoryFile } from "./tool.js";
import { asOneString } from "./transaction.js";

/** `<time>_<name>[.<dialect>][.autocommit].up.sql` */
const NAME = /^(\d+_[^.]+)((?:\.\w+)*)\.up\.sql$/;
const DIALECT = /\.(?:postgres|postgresql|mysql|mariadb|sqlite3?|cockroach)(?:\.|$)/;

const partsOf = (path: string): { readonly version: string; readonly words: string } => {
  const [, version = nameOf(path), words = ""] = NAME.exec(nameOf(path)) ?? [];
  return { version, words };
};

const isPops = ({ path, text: sql }: RepositoryFile): boolean => {
  const { words } = partsOf(path);
  return DIALECT.test(words) || words.includes(".autocommit") || (NAME.test(nameOf(path)) && sql?.includes("{{") === true);
};

/** A file for this database takes the place of the one for all. */
function ordered(files: readonly RepositoryFile[]): readonly RepositoryFile[] {
  const chosen = new Map<string, RepositoryFile>();
  for (const file of files.filter(({ path }) => path.endsWith(".up.sql"))) {
    const { version, words } = partsOf(file.path);
    if (!chosen.has(version) || DIALECT.test(words)) chosen.set(version, file);
  }
  return [...chosen].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, file]) => file);
}

/** pop's SQL files; `.fizz` is a language of its own. Files are templates, and empty ones are usual. */
export const pop: MigrationTool = {
  id: "pop",
  recognizes: ({ files }) => files.some(isPops),
  ordered,
  run: ({ path, text: sql }) => ({
    transaction: partsOf(path).words.includes(".autocommit") ? asOneString(sql) : "file",
    withoutTransaction: text`Name the file \`….autocommit.up.sql\`, and write one statement into it: pop sends it as one string.`,
  }),
};
