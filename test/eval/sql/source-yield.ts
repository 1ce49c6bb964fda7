import type { Config } from "../../../src/config/config.js";
import { extractStatements, type Readers } from "../../../src/evidence/extracted.js";
import type { Statement } from "../../../src/model/statements.js";
import { plain } from "../../../src/model/text.js";
import { type Language, languageOf } from "../../../src/source/language.js";
import { isSqlFile } from "../../../src/sql/dialect.js";

/** What was found in the string literals of one language's files. */
export interface SourceYield {
  readonly language: Language;
  readonly files: number;
  /** Files with at least one statement. */
  readonly holding: number;
  readonly statements: number;
  readonly conditions: number;
  readonly parsed: number;
  /** Not checkable: pieces put together at run time, other databases. */
  readonly fragments: number;
  /** Refused by the parser, with path, line and its sentence. */
  readonly notParsed: readonly string[];
  readonly unread: readonly string[];
  readonly msPerFile: number;
}

const where = (statement: Statement): string =>
  `${statement.path}:${statement.line} ${"reason" in statement ? plain(statement.reason) : ""}`;

async function yieldOf(
  language: Language,
  files: readonly { readonly path: string; readonly text: string }[],
  readers: Readers,
  config: Config,
): Promise<SourceYield> {
  const started = performance.now();
  const found = await extractStatements(files, readers, config);
  const msPerFile = (performance.now() - started) / files.length;
  const statements = found.flatMap((file) => file.statements);
  return {
    language,
    files: files.length,
    holding: found.length,
    statements: statements.length,
    conditions: statements.filter((statement) => statement.condition).length,
    parsed: statements.filter((statement) => statement.state === "parsed").length,
    fragments: statements.filter((statement) => statement.state === "not-checkable").length,
    notParsed: statements.filter((statement) => statement.state === "not-parsed").map(where),
    unread: found.flatMap((file) => (file.unread ? [`${file.path}: ${plain(file.unread)}`] : [])),
    msPerFile,
  };
}

/** How much SQL is found in source files, per language; reading, finding and parsing are timed together. */
export async function sourceYields(
  files: readonly { readonly path: string; readonly text: string }[],
  readers: Readers,
  config: Config,
): Promise<readonly SourceYield[]> {
  const byLanguage = new Map<Language, { readonly path: string; readonly text: string }[]>();
  for (const file of files) {
    const language = isSqlFile(file.path) ? null : languageOf(file.path);
    if (language !== null) byLanguage.set(language, [...(byLanguage.get(language) ?? []), file]);
  }
  const all: SourceYield[] = [];
  for (const [language, ofLanguage] of byLanguage) all.push(await yieldOf(language, ofLanguage, readers, config));
  return all;
}
