import type { Config } from "../config/config.js";
import { matchesGlob } from "../config/glob.js";
import type { Collected } from "../model/collected.js";
import type { ChangedFile, Snapshot } from "../model/pull-request.js";
import type { Dialect, StatementFile, Statements } from "../model/statements.js";
import { type Text, text } from "../model/text.js";
import { type CreatedTable, createdTables } from "../sql/created-tables.js";
import { dialectOf, isSqlFile } from "../sql/dialect.js";
import { isDownFile, isMigration } from "../sql/migration-files.js";
import { changedStatements } from "./changed-statements.js";
import { placeStatements } from "./placed-statements.js";
import type { ParsedSql, ParsedStatement, ParseSql, SqlText } from "./sources.js";

/** One changed file on its way: what it is, and why its text is not parsed, if so. */
interface Candidate {
  readonly file: ChangedFile;
  readonly dialect: Dialect;
  readonly kind: StatementFile["kind"];
  readonly unread?: Text;
}

interface Judged {
  readonly file: StatementFile;
  /** Tables that the migration creates at the head and did not create at the base; a query file creates none at deploy. */
  readonly created: readonly CreatedTable[];
}

// UTF-16 read as UTF-8 has NULs between Latin letters, and begins with what stands for its byte order mark.
const isOtherEncoding = (sql: string): boolean => sql.includes("\0") || sql.startsWith("\uFFFD");

function whyUnread(file: ChangedFile, dialect: Dialect | null): Text | null {
  if (file.unread !== undefined) return text`its contents were not read (${file.unread})`;
  if (file.head === undefined) return text`its contents are not known`;
  if (dialect === null) return text`its database's SQL is not parsed (ClickHouse, CockroachDB)`;
  if (isOtherEncoding(file.head)) return text`it is binary, or text in another encoding than UTF-8`;
  return file.status === "modified" && file.base === file.head ? text`only its file mode changed` : null;
}

function candidates(snapshot: Snapshot, config: Config): readonly Candidate[] {
  const { dialect: configured, migrations } = config.database;
  const files = snapshot.files.filter(
    (file) =>
      file.status !== "removed" &&
      isSqlFile(file.path) &&
      !isDownFile(file.path) &&
      !config.paths.ignore.some((glob) => matchesGlob(glob, file.path)),
  );
  return files.map((file) => {
    const dialect = dialectOf(file.path, configured);
    const unread = whyUnread(file, dialect);
    const kind = isMigration(file.path, migrations) ? "migration" : "query";
    return { file, dialect: dialect ?? configured, kind, ...(unread && { unread }) };
  });
}

const tablesOf = (statements: readonly ParsedStatement[], dialect: Dialect): readonly CreatedTable[] =>
  statements.flatMap((statement) => ("tree" in statement ? createdTables(statement.tree, dialect) : []));

function judged({ file, dialect, kind }: Candidate, sql: string, head: ParsedSql, base: ParsedSql | undefined): Judged {
  const place = { path: file.path, kind, dialect };
  if ("refused" in head) return { file: { ...place, statements: [], unread: head.refused }, created: [] };
  const before = base && "statements" in base ? base.statements : [];
  const changed = changedStatements({ sql, statements: head.statements }, { sql: file.base ?? "", statements: before }, dialect);
  const statements = placeStatements(file.path, sql, dialect, head.statements);
  const existed = new Set(tablesOf(before, dialect).map(({ name }) => name));
  const fresh = head.statements.filter((_, index) => changed[index]);
  return {
    file: {
      ...place,
      statements: statements.filter((_, index) => changed[index]),
      ...(kind === "migration" && { ownTables: [...existed] }),
    },
    created: kind === "migration" ? tablesOf(fresh, dialect).filter(({ name }) => !existed.has(name)) : [],
  };
}

const namesOf = (all: readonly Judged[], isNew: boolean): readonly string[] => [
  ...new Set(all.flatMap(({ created }) => created.filter((table) => table.isNew === isNew).map(({ name }) => name))),
];

async function judgeAll(found: readonly Candidate[], parseSql: ParseSql): Promise<readonly Judged[]> {
  const texts: SqlText[] = [];
  const add = (path: string, dialect: Dialect, sql: string): number => texts.push({ path, dialect, sql }) - 1;
  const asked = found.map((candidate) => {
    const { file, dialect, unread } = candidate;
    if (unread !== undefined || file.head === undefined) return { candidate, sql: "", head: -1, base: -1 };
    const head = add(file.path, dialect, file.head);
    return { candidate, sql: file.head, head, base: file.base === undefined ? -1 : add(file.path, dialect, file.base) };
  });
  const parsed = await parseSql(texts);
  return asked.map(({ candidate, sql, head, base }) => {
    const { file, dialect, kind, unread = text`it was not parsed` } = candidate;
    const answer = parsed[head];
    return answer
      ? judged(candidate, sql, answer, parsed[base])
      : { file: { path: file.path, kind, dialect, statements: [], unread }, created: [] };
  });
}

/**
 * The statements of changed `.sql` files that are new at the head or differ from the merge base in more
 * than layout and comments. What could not be read is named in its file's `unread`. Down migrations and
 * ignored paths are left out.
 */
export async function collectStatements(snapshot: Snapshot, parseSql: ParseSql, config: Config): Promise<Collected<Statements>> {
  const found = candidates(snapshot, config);
  if (found.length === 0) return { status: "absent", reason: text`no SQL file was added or changed` };
  const all = await judgeAll(found, parseSql);
  const rows = Object.entries(config.database.tables).map(([table, known]) => [table, known.rows] as const);
  return {
    status: "collected",
    value: {
      files: all.map(({ file }) => file),
      createdTables: namesOf(all, true),
      maybeCreatedTables: namesOf(all, false),
      rows: Object.fromEntries(rows),
      ...(config.database.strict && { strict: true }),
      ...(config.database.collation !== undefined && { collation: config.database.collation }),
      schema: { status: "absent", reason: text`the schema is not read yet` },
    },
  };
}
