import type { Catalogue } from "../model/catalogue.js";
import type { Dialect, Schema } from "../model/statements.js";
import { type Text, text } from "../model/text.js";
import { type DdlStatement, type StaticCatalogue, staticCatalogue } from "../sql/static-catalogue.js";
import type { NotApplied } from "./planner.js";
import type { SchemaHistory } from "./schema-history.js";
import type { ParsedSql, ParseSql } from "./sources.js";
import type { TreeFile } from "./tree.js";

const LISTED = 5;

/** What was parsed, by the file's contents: both sides have most files in common. */
type Parsed = ReadonlyMap<string, ParsedSql>;

async function parseAll(files: readonly TreeFile[], dialect: Dialect, parseSql: ParseSql): Promise<Parsed> {
  const distinct = [...new Map(files.flatMap(({ sha, path, text: sql }) => (sql === undefined ? [] : [[sha, { path, dialect, sql }]])))];
  const answers = await parseSql(distinct.map(([, sql]) => sql));
  return new Map(distinct.map(([sha], index) => [sha, answers[index] ?? { refused: text`it was not parsed` }]));
}

const ddlOf = ({ sha, text: sql = "" }: TreeFile, parsed: Parsed): readonly DdlStatement[] => {
  const answer = parsed.get(sha);
  if (!answer || "refused" in answer) return [];
  return answer.statements.map((statement) => ({
    sql: sql.slice(statement.start, statement.end),
    ...("tree" in statement && { tree: statement.tree }),
  }));
};

const sideOf = (files: readonly TreeFile[], dialect: Dialect, parsed: Parsed): StaticCatalogue =>
  staticCatalogue(
    files.flatMap((file) => ddlOf(file, parsed)),
    dialect,
  );

const refusedOf = (files: readonly TreeFile[], parsed: Parsed): readonly NotApplied[] =>
  files.flatMap(({ path, sha, unread }) => {
    if (unread !== undefined) return [{ path, message: `not read: ${unread}` }];
    const answer = parsed.get(sha);
    return answer && "refused" in answer ? [{ path, message: "it could not be taken apart" }] : [];
  });

function unknownText(unknown: readonly string[]): Text {
  if (unknown.length === 0) return [];
  const more = unknown.length > LISTED ? text` and ${unknown.length - LISTED} more` : [];
  return text`, as read without a database; not understood: ${unknown.slice(0, LISTED).join(", ")}${more}`;
}

const isEmpty = ({ relations }: Catalogue): boolean => relations.length === 0;

/** The schema of MySQL, MariaDB or SQLite from its DDL alone; null where nothing of it was understood. */
export async function staticSchema(history: SchemaHistory, parseSql: ParseSql): Promise<Schema | null> {
  const { dialect, notApplied } = history;
  const parsed = await parseAll([...history.base, ...history.head], dialect, parseSql);
  const [base, head] = [sideOf(history.base, dialect, parsed), sideOf(history.head, dialect, parsed)];
  if (isEmpty(base.catalogue) && isEmpty(head.catalogue)) return null;
  return {
    dialect,
    base: base.catalogue,
    head: head.catalogue,
    source: text`${history.source}${unknownText(head.unknown)}`,
    notApplied: [...notApplied, ...refusedOf(history.head, parsed)],
  };
}
