import { statement as copied, text } from "../../model/text.js";
import { type PrefixSearch, prefixSearches } from "../../sql/prefix-searches.js";
import { shortName } from "../../sql/scope.js";
import { quoted, quotedTable } from "../../sql/tables.js";
import { queryKinds } from "../concerned.js";
import { standingLevels } from "../standing-queries.js";
import { type Hit, statementRule } from "../statement-rule.js";

function hit({ relation, column, index }: PrefixSearch, isKnown: boolean): Hit {
  const create = `CREATE INDEX CONCURRENTLY ON ${quotedTable(relation)} (${quoted(column)} text_pattern_ops);`;
  return {
    what: text`LIKE with a fixed beginning on ${`${shortName(relation)}.${column}`}, whose index ${index.name} is sorted by the collation`,
    help: text`Give the column an index in the order of its characters: ${copied(create)}`,
    ...(!isKnown && { severity: "question", unless: text`the database's collation is C (say which with database.collation)` }),
  };
}

/** A search for a prefix in an index that is sorted by a language's rules. */
export const likePrefixCollation = statementRule({
  id: "queries/like-prefix-collation",
  answers: "queries/bounded",
  dialects: ["postgresql"],
  on: queryKinds,
  severity: "notice",
  sized: false,
  effect: text`Strings with the same beginning need not lie together by the rules of a language, so PostgreSQL uses an index for LIKE only where it is sorted byte by byte.`,
  look: (statement, surroundings) => {
    const { schema, statements } = surroundings;
    if (!schema) return [];
    return standingLevels(statement, surroundings)
      .flatMap((level) => prefixSearches(level, schema.head, statements.collation))
      .map((found) => hit(found, statements.collation !== undefined || found.collated));
  },
});
