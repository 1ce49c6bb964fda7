import { statement as copied, type Text, text } from "../../model/text.js";
import { type Alteration, alterationsOf, withWords } from "../../sql/alterations.js";
import { relationOf } from "../../sql/catalogue.js";
import { type Constraint, constant, names, nodes } from "../../sql/postgres-tree.js";
import { type ParsedStatement, postgresTable, quoted, quotedTable, type Table, tableName } from "../../sql/tables.js";
import { earlyValidations } from "../../sql/validations.js";
import { earlyHit } from "../early-validation.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

const isForeign = (constraint: Constraint): boolean => constraint.contype === "CONSTR_FOREIGN";

/** A new column is null in every row, which needs no look at any, unless it comes with a default. */
function inlineKey({ column }: Alteration): Constraint | null {
  const constraints = nodes(column?.constraints, "Constraint");
  const filled = constraints.some((part) => part.contype === "CONSTR_DEFAULT" && constant(part.raw_expr) !== null);
  return (filled && constraints.find(isForeign)) || null;
}

function validatedKey(alteration: Alteration): Constraint | null {
  const { command, constraint } = alteration;
  if (command === "AT_AddColumn") return inlineKey(alteration);
  return command === "AT_AddConstraint" && constraint && isForeign(constraint) && !constraint.skip_validation ? constraint : null;
}

function notValidForm({ table, column }: Alteration, key: Constraint, parent: Table, statement: ParsedStatement): string {
  const own = column?.colname === undefined ? names(key.fk_attrs) : [column.colname];
  const name = quoted(key.conname ?? `${table.name}_${own.join("_")}_fkey`);
  const on = `ALTER TABLE ${quotedTable(table)}`;
  const target = names(key.pk_attrs).map(quoted).join(", ");
  const acts = [key.fk_del_action, key.fk_upd_action].some((action) => (action ?? "a") !== "a") || key.deferrable === true;
  const references = `${quotedTable(parent)}${target === "" ? "" : ` (${target})`}${acts ? " …" : ""}`;
  const anew = `${on} ADD CONSTRAINT ${name} FOREIGN KEY (${own.map(quoted).join(", ")}) REFERENCES ${references} NOT VALID;`;
  // Its actions are not written anew but taken over with the whole statement.
  return `${(acts && withWords(statement, "NOT VALID")) || anew} ${on} VALIDATE CONSTRAINT ${name};`;
}

function help(alteration: Alteration, form: string, { schema }: Surroundings): Text {
  const partitioned = schema && relationOf(schema.base, alteration.table)?.kind === "partitioned";
  const since = text` On a partitioned table NOT VALID works from PostgreSQL 18 on; before, add the key to each partition that way first.`;
  return text`Add it without the scan, and validate it in a later transaction: ${copied(form)}${partitioned ? since : []}`;
}

function hit(alteration: Alteration, statement: ParsedStatement, surroundings: Surroundings): readonly Hit[] {
  const key = validatedKey(alteration);
  const parent = postgresTable(key?.pktable);
  if (!key || !parent) return [];
  const { table } = alteration;
  return [
    {
      what: text`FOREIGN KEY on ${tableName(table)} to ${tableName(parent)} without NOT VALID`,
      table,
      also: parent,
      claims: { lock: "SHARE ROW EXCLUSIVE", scan: true },
      help: help(alteration, notValidForm(alteration, key, parent, statement), surroundings),
    },
  ];
}

/** A foreign key that is checked against every row while both tables are locked. */
export const fkValidate = statementRule({
  id: "migrations/fk-validate",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  on: ["CONSTR_FOREIGN", "AT_ValidateConstraint"],
  severity: "warning",
  sized: true,
  effect: text`It takes a SHARE ROW EXCLUSIVE lock on both tables and reads every row of the referencing one: writes to either wait until it is done.`,
  look: (statement, surroundings) => [
    ...alterationsOf(statement).flatMap((alteration) => hit(alteration, statement, surroundings)),
    ...earlyValidations(statement, surroundings.file, "CONSTR_FOREIGN").map(earlyHit),
  ],
});
