import { text } from "../../model/text.js";
import { columnOf, relationOf } from "../../sql/catalogue.js";
import { enumValues, onlyAppends, type Redefinition, redefinitions } from "../../sql/mysql-changes.js";
import { tableName } from "../../sql/tables.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

function hit(change: Redefinition, { schema }: Surroundings): readonly Hit[] {
  const { table, column, type } = change;
  if (type.values.length === 0) return [];
  const relation = schema && relationOf(schema.base, table);
  const known = (relation && columnOf(relation, column)?.type) ?? null;
  const before = known === null ? null : enumValues(known);
  if (before && onlyAppends(change, before)) return [];
  const what = text`${tableName(table)}.${column} becomes ${[type.name]} of ${type.values.length} values`;
  const help = text`Leave the old values where they are, and add new ones at the end: this is done at once. To take one away, stop using it and leave it in the list.`;
  if (known === null)
    return [{ what: text`${what}, unless the old ones come first in their old order`, table, help, severity: "question" }];
  return [{ what: text`${what}; it is ${known}`, table, help }];
}

/** A list of values that gets another order. */
export const mysqlEnumReorder = statementRule({
  id: "migrations/mysql-enum-reorder",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["mysql", "mariadb"],
  severity: "warning",
  sized: true,
  effect: text`Rows hold the places of values in the list, not the values: once these change, or need another byte, MySQL copies the whole table (ALGORITHM=COPY), and every write waits until the copy is done.`,
  look: (statement, surroundings) => redefinitions(statement).flatMap((change) => hit(change, surroundings)),
});
