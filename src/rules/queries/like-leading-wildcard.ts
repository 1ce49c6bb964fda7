import { type Text, text } from "../../model/text.js";
import { createdIndexes } from "../../sql/indexes.js";
import { type Pattern, patternsOf } from "../../sql/patterns.js";
import { rememberedAll } from "../../sql/remembered.js";
import { isLasting, type ParsedStatement, quoted } from "../../sql/tables.js";
import { trigramColumns } from "../../sql/trigrams.js";
import { queryKinds } from "../concerned.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

const trigramsIn = rememberedAll((statement: ParsedStatement) => createdIndexes(statement).flatMap((index) => index.trigramColumns));

function help(statement: ParsedStatement, column: string | null): Text {
  if (statement.dialect !== "postgresql")
    return text`Search with a full-text index, or keep what is searched for in a column of its own (reversed, or a prefix) and index that.`;
  const form = `CREATE INDEX CONCURRENTLY ON … USING gin (${quoted(column ?? "column")} gin_trgm_ops);`;
  return text`Give the column a trigram index (extension pg_trgm): ${form} For exact matches without case, index ${"lower(column)"} and compare with that.`;
}

function hit({ column, operator, leading }: Pattern, statement: ParsedStatement): readonly Hit[] {
  if (!leading && operator === "LIKE") return [];
  const on = column === null ? [] : text` on ${column}`;
  const what = leading ? text`${[operator]}${on} with a wildcard in front` : text`${[operator]}${on}`;
  return [{ what, help: help(statement, column) }];
}

/** A pattern that no ordinary index can answer. */
export const likeLeadingWildcard = statementRule({
  id: "queries/like-leading-wildcard",
  answers: "queries/bounded",
  dialects: ["postgresql", "mysql", "mariadb", "sqlite", "transactsql"],
  on: queryKinds,
  severity: "warning",
  sized: false,
  effect: text`A B-tree is sorted by the first characters as they are written, so every row is read and compared.`,
  look: (statement, { file, all, schema }: Surroundings) => {
    if (file.kind !== "query" && !isLasting(statement)) return [];
    const standing = schema ? trigramColumns(schema.head) : [];
    const indexed = new Set([...trigramsIn(all), ...standing]);
    return patternsOf(statement).flatMap((pattern) =>
      pattern.column !== null && indexed.has(pattern.column) ? [] : hit(pattern, statement),
    );
  },
});
