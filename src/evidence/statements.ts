import type { Config } from "../config/config.js";
import type { Collected } from "../model/collected.js";
import type { ChangedFile, Snapshot } from "../model/pull-request.js";
import type { Dialect, Statement, StatementFile, Statements } from "../model/statements.js";
import { type Text, text } from "../model/text.js";
import { isGenerated } from "../source/generated.js";
import { type CreatedTable, createdTables } from "../sql/created-tables.js";
import { isSqlFile } from "../sql/dialect.js";
import type { DeliveredFile } from "./delivered-sql.js";
import { deliveredStatements } from "./delivered-statements.js";
import { type Difference, difference, withoutMoved } from "./difference.js";
import { findStatements, pathKind, type Readers } from "./extracted.js";
import type { Found, FoundFile, GivenFile } from "./found.js";
import { pairStatements } from "./pairs.js";

/** One changed file on its way: what it is, and why its text is not read, if so. */
interface Candidate {
  readonly file: ChangedFile;
  readonly dialect: Dialect;
  readonly kind: StatementFile["kind"];
  /** It is for a database that no parser of ours reads. */
  readonly foreign: boolean;
  readonly unread?: Text;
}

/** A candidate's statements on both sides. */
interface Sides {
  readonly candidate: Candidate;
  readonly head: FoundFile;
  readonly base: readonly Found[];
  readonly changes: Difference;
}

const FOREIGN = text`its database's SQL is not parsed (ClickHouse, CockroachDB)`;

// UTF-16 read as UTF-8 has NULs between Latin letters, and begins with what stands for its byte order mark.
const isOtherEncoding = (sql: string): boolean => sql.includes("\0") || sql.startsWith("\uFFFD");

function whyUnread(file: ChangedFile): Text | null {
  if (file.unread !== undefined) return text`its contents were not read (${file.unread})`;
  if (file.head === undefined) return text`its contents are not known`;
  return isOtherEncoding(file.head) ? text`it is binary, or text in another encoding than UTF-8` : null;
}

function candidateOf(file: ChangedFile, config: Config): readonly Candidate[] {
  const is = pathKind(file.path, config);
  if (!is) return [];
  const isSql = isSqlFile(file.path);
  const sameText = file.status === "modified" && file.head !== undefined && file.base === file.head;
  if (sameText && !isSql) return [];
  const foreign = is.dialect === null;
  const known = file.status === "removed" ? null : (whyUnread(file) ?? (sameText ? text`only its file mode changed` : null));
  const unread = known ?? (foreign && isSql && file.status !== "removed" ? FOREIGN : null);
  return [{ file, dialect: is.dialect ?? config.database.dialect, kind: is.kind, foreign, ...(unread && { unread }) }];
}

const NOTHING: FoundFile = { found: [] };

/** Reads both sides of all files at once: one call of each reader. */
async function readSides(candidates: readonly Candidate[], readers: Readers): Promise<readonly Sides[]> {
  const files: GivenFile[] = [];
  const add = ({ file, kind, dialect }: Candidate, source: string | undefined): number => {
    const paired = file.head !== undefined && file.base !== undefined && ({ paired: true } as const);
    return source === undefined ? -1 : files.push({ path: file.path, kind, dialect, text: source, ...paired }) - 1;
  };
  const asked = candidates.map((candidate) => {
    const { file, unread } = candidate;
    if (unread !== undefined) return { candidate, head: -1, base: -1 };
    return { candidate, head: file.status === "removed" ? -1 : add(candidate, file.head), base: add(candidate, file.base) };
  });
  const found = await findStatements(files, readers);
  return asked.map(({ candidate, head: headIndex, base: baseIndex }) => {
    const [head, base] = [found[headIndex] ?? NOTHING, found[baseIndex]?.found ?? []];
    return { candidate, head, base, changes: difference(head.found, base) };
  });
}

/** What queries lost their place: one that turns up in another file was moved. A migration's statement runs again wherever it stands. */
function settleMoves(sides: readonly Sides[]): readonly Sides[] {
  const isQuery = ({ candidate }: Sides): boolean => candidate.kind === "query" && candidate.unread === undefined;
  const queries = sides.filter(isQuery);
  const removed = queries.flatMap(({ changes }) => changes.removed);
  const stay = new Set(
    withoutMoved(
      queries.flatMap(({ changes }) => changes.added),
      removed,
    ),
  );
  return sides.map((side) =>
    isQuery(side) ? { ...side, changes: { ...side.changes, added: side.changes.added.filter((statement) => stay.has(statement)) } } : side,
  );
}

/** Statements of generated code that a changed `.sql` file holds by the same name are judged there, once. */
function withoutGenerated(sides: readonly Sides[]): readonly Sides[] {
  const written = new Set(
    sides.flatMap(({ candidate, changes }) => (isSqlFile(candidate.file.path) ? changes.added.flatMap(({ name }) => name ?? []) : [])),
  );
  return sides.map((side) => {
    const { file } = side.candidate;
    if (isSqlFile(file.path) || file.head === undefined || !isGenerated(file.head)) return side;
    const added = side.changes.added.filter(({ name }) => name === null || !written.has(name));
    return { ...side, changes: { ...side.changes, added } };
  });
}

function statementsOf({ added, removed }: Difference): readonly Statement[] {
  const pairs = pairStatements(added, removed);
  return added.map((found) => {
    const before = pairs.get(found)?.statement;
    return before ? { ...found.statement, before: before.bound ?? before.sql } : found.statement;
  });
}

const tablesOf = (all: readonly Found[]): readonly CreatedTable[] =>
  all.flatMap(({ statement }) => (statement.state === "parsed" ? createdTables(statement.tree, statement.dialect) : []));

function fileOf({ candidate, head, base, changes }: Sides): readonly StatementFile[] {
  const { file, kind, dialect, foreign } = candidate;
  if (file.status === "removed") return [];
  const unread = candidate.unread ?? head.unread ?? (foreign && changes.added.length > 0 ? FOREIGN : undefined);
  if (unread !== undefined) return [{ path: file.path, kind, dialect, statements: [], unread }];
  if (changes.added.length === 0 && !isSqlFile(file.path)) return [];
  const ownTables = kind === "migration" && { ownTables: [...new Set(tablesOf(base).map(({ name }) => name))] };
  const isPart = kind === "migration" && changes.added.length > 0 && changes.added.length < head.found.length;
  const whole = isPart && { whole: head.found.map(({ statement }) => statement) };
  return [{ path: file.path, kind, dialect, statements: statementsOf(changes), ...whole, ...ownTables }];
}

/** Tables that a migration creates at the head and did not create at the base; a query file creates none at deploy. */
function createdBy({ candidate, base, changes }: Sides): readonly CreatedTable[] {
  if (candidate.kind !== "migration" || candidate.unread !== undefined) return [];
  const existed = new Set(tablesOf(base).map(({ name }) => name));
  return tablesOf(changes.added).filter(({ name }) => !existed.has(name));
}

const namesOf = (created: readonly CreatedTable[], isNew: boolean): readonly string[] => [
  ...new Set(created.flatMap((table) => (table.isNew === isNew ? [table.name] : []))),
];

/**
 * The statements of changed `.sql` and source files that are new at the head or differ from the merge base
 * in more than layout and comments. What could not be read is named in its file's `unread`. Down
 * migrations, tests and ignored paths are left out; source files without such a statement as well. Migrations that the
 * head's workflow handed in as SQL come last.
 */
export async function collectStatements(
  snapshot: Snapshot,
  readers: Readers,
  config: Config,
  delivered: readonly DeliveredFile[] = [],
): Promise<Collected<Statements>> {
  const candidates = snapshot.files.flatMap((file) => candidateOf(file, config));
  const sides = withoutGenerated(settleMoves(await readSides(candidates, readers)));
  const files = [...sides.flatMap(fileOf), ...(await deliveredStatements(delivered, snapshot.files, readers, config.database.dialect))];
  if (files.length === 0) return { status: "absent", reason: text`no SQL was added or changed` };
  const created = sides.flatMap(createdBy);
  const rows = Object.entries(config.database.tables).map(([table, known]) => [table, known.rows] as const);
  return {
    status: "collected",
    value: {
      files,
      createdTables: namesOf(created, true),
      maybeCreatedTables: namesOf(created, false),
      rows: Object.fromEntries(rows),
      ...(config.database.strict && { strict: true }),
      ...(config.database.collation !== undefined && { collation: config.database.collation }),
      schema: { status: "absent", reason: text`the schema is not read yet` },
    },
  };
}
