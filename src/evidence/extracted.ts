import type { Config } from "../config/config.js";
import type { StatementFile } from "../model/statements.js";
import { text } from "../model/text.js";
import { languageOf } from "../source/language.js";
import { isCodeMigration } from "../sql/code-migrations.js";
import { dialectOf, isSqlFile } from "../sql/dialect.js";
import { isDownFile, isMigration } from "../sql/migration-files.js";
import type { FoundFile, GivenFile, Question } from "./found.js";
import { isProduction, matchesAny } from "./path-kinds.js";
import { sourceFileQuestions } from "./source-file.js";
import type { ReadSource, Sources } from "./sources.js";
import { sqlFileQuestion } from "./sql-file.js";

export type Readers = Pick<Sources, "parseSql" | "readSources">;

/** What a path says of the SQL in its file. `dialect` is null for a database that no parser of ours reads. */
export type PathKind = Pick<GivenFile, "kind"> & { readonly dialect: GivenFile["dialect"] | null };

/** More statements than this in one source file are data. */
const FILE_STATEMENTS = 2000;

/** Whether a file may hold SQL that runs in production, and what kind; null for all others: tests, ignored paths, down migrations. */
export function pathKind(path: string, config: Config): PathKind | null {
  const { dialect: configured, migrations } = config.database;
  if (isDownFile(path) || matchesAny(config.paths.ignore, path)) return null;
  if (isSqlFile(path)) return { kind: isMigration(path, migrations) ? "migration" : "query", dialect: dialectOf(path, configured) };
  if (languageOf(path) === null || !isProduction(path, config.paths)) return null;
  return { kind: isCodeMigration(path, migrations) ? "migration" : "query", dialect: dialectOf(path, configured) };
}

async function readAll(files: readonly GivenFile[], { readSources }: Readers): Promise<ReadonlyMap<GivenFile, ReadSource>> {
  const wanted = files.flatMap((file) => {
    const language = isSqlFile(file.path) ? null : languageOf(file.path);
    return language === null ? [] : [{ file, text: { path: file.path, language, text: file.text } }];
  });
  if (wanted.length === 0) return new Map();
  const read = await readSources(wanted.map(({ text: source }) => source));
  return new Map(wanted.map(({ file }, index) => [file, read[index] ?? { refused: text`it was not read` }]));
}

function questionsOf(
  file: GivenFile,
  read: ReadSource | undefined,
): readonly Question[] | Extract<ReadSource, { readonly refused: unknown }> {
  if (!read) return [sqlFileQuestion(file)];
  if ("refused" in read) return read;
  const questions = sourceFileQuestions(file, read);
  return questions.length > FILE_STATEMENTS
    ? { refused: text`it holds more than ${FILE_STATEMENTS.toLocaleString("en-US")} statements` }
    : questions;
}

/** Takes files apart: `.sql` files as a whole, source files by their literals. The answer has the order of the files. */
export async function findStatements(files: readonly GivenFile[], readers: Readers): Promise<readonly FoundFile[]> {
  const read = await readAll(files, readers);
  const asked = files.map((file) => questionsOf(file, read.get(file)));
  const parsed = await readers.parseSql(
    asked.flatMap((questions) => ("refused" in questions ? [] : questions.map(({ text: sql }) => sql))),
  );
  let next = 0;
  return asked.map((questions): FoundFile => {
    if ("refused" in questions) return { found: [], unread: questions.refused };
    const answers = questions.map((question) => question.answered(parsed[next++] ?? { refused: text`it was not parsed` }));
    const unread = answers.find((answer) => "unread" in answer);
    return {
      found: answers.flatMap((answer) => ("unread" in answer ? [] : answer)),
      ...(unread && "unread" in unread && { unread: unread.unread }),
    };
  });
}

/**
 * All statements of the given files, changed or not: of a repository's tree, for instance. Files that hold
 * none, and those that {@link pathKind} leaves out, are not in the answer.
 */
export async function extractStatements(
  files: readonly { readonly path: string; readonly text: string }[],
  readers: Readers,
  config: Config,
): Promise<readonly StatementFile[]> {
  const given = files.flatMap(({ path, text: source }): readonly GivenFile[] => {
    const kind = pathKind(path, config);
    return kind?.dialect ? [{ path, text: source, kind: kind.kind, dialect: kind.dialect }] : [];
  });
  const found = await findStatements(given, readers);
  return given.flatMap(({ path, kind, dialect }, index) => {
    const { found: inFile = [], unread } = found[index] ?? {};
    if (inFile.length === 0 && !unread) return [];
    return [{ path, kind, dialect, statements: inFile.map(({ statement }) => statement), ...(unread && { unread }) }];
  });
}
