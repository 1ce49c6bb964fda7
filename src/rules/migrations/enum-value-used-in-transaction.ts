import { text } from "../../model/text.js";
import { relationOf } from "../../sql/catalogue.js";
import { type AddedValue, addedValues, createdEnums, tablesNamed, useOfValue } from "../../sql/enum-values.js";
import { transactionWith } from "../../sql/same-transaction.js";
import { type ParsedStatement, tableName } from "../../sql/tables.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

/** Whether a table that the statement names has a column of the type; null where the tables are not known. */
function hasColumnOf(statement: ParsedStatement, { type }: AddedValue, { schema }: Surroundings): boolean | null {
  const relations = tablesNamed(statement).map((table) => schema && relationOf(schema.head, table));
  const types = relations.flatMap(
    (relation) => relation?.columns.map((column) => column.type.split(".").at(-1)?.replaceAll('"', "")) ?? [],
  );
  if (types.includes(type.name)) return true;
  return relations.length === 0 || relations.includes(null) ? null : false;
}

function hit(value: AddedValue, use: ParsedStatement, surroundings: Surroundings): readonly Hit[] {
  const way = useOfValue(use, value);
  const isOfType = way === "cast" ? true : hasColumnOf(use, value, surroundings);
  if (way === null || isOfType === false) return [];
  const what = text`${value.value}, which is added to ${tableName(value.type)}, is used by the statement in line ${use.line}`;
  const help = text`Put ALTER TYPE … ADD VALUE into a migration of its own, and what uses the value into the next one.`;
  if (isOfType && surroundings.file.run) return [{ what, help }];
  const doubt = isOfType
    ? text`${what}, if the tool runs the file as one transaction`
    : text`${what}, if it is compared or stored as that type`;
  return [{ what: doubt, help, severity: "warning" }];
}

function uses(statement: ParsedStatement, surroundings: Surroundings): readonly Hit[] {
  const values = addedValues(statement);
  if (values.length === 0) return [];
  const together = transactionWith(surroundings.file, statement);
  const place = together.indexOf(statement);
  const fresh = together.slice(0, place).flatMap(createdEnums);
  const later = together.slice(place + 1).filter((use) => addedValues(use).length === 0);
  return values
    .filter(({ type }) => !fresh.includes(type.name))
    .flatMap((value) => later.flatMap((use) => hit(value, use, surroundings)).slice(0, 1));
}

/** A new value of an enum that is used before it is committed. */
export const enumValueUsedInTransaction = statementRule({
  id: "migrations/enum-value-used-in-transaction",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  on: ["AlterEnumStmt"],
  severity: "blocking",
  sized: false,
  effect: text`PostgreSQL refuses a new value of an enum until the transaction that added it has committed ("unsafe use of new value"), so that the migration fails.`,
  look: uses,
});
