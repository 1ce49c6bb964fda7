import { statement as copied, type Text, text } from "../../model/text.js";
import { type Alteration, alterationsOf, withWords } from "../../sql/alterations.js";
import { addedConstraints } from "../../sql/key-constraints.js";
import { type Constraint, findAll, names } from "../../sql/postgres-tree.js";
import { type ParsedStatement, quoted, quotedTable, tableName } from "../../sql/tables.js";
import { earlyValidations } from "../../sql/validations.js";
import { earlyHit } from "../early-validation.js";
import { type Hit, statementRule } from "../statement-rule.js";

/** As PostgreSQL names a CHECK without a name: with its column when it has but one. */
function nameOf({ conname, raw_expr }: Constraint, table: string): string {
  const columns = [...new Set(findAll(raw_expr, "ColumnRef").flatMap(({ fields }) => names(fields).at(-1) ?? []))];
  return conname ?? [table, ...(columns.length === 1 ? columns : []), "check"].join("_");
}

function help({ table, column }: Alteration, check: Constraint, statement: ParsedStatement): Text {
  const on = `ALTER TABLE ${quotedTable(table)}`;
  const name = quoted(nameOf(check, table.name));
  const own = column ? null : withWords(statement, "NOT VALID");
  const form = `${own ?? `${on} ADD CONSTRAINT ${name} CHECK (…) NOT VALID;`} ${on} VALIDATE CONSTRAINT ${name};`;
  const before = column ? text`Add the column without the CHECK, then the` : text`Add the`;
  return text`${before} CHECK without the scan, and validate it in a later transaction, while reads and writes go on: ${copied(form)}`;
}

function addedHits(alteration: Alteration, statement: ParsedStatement): readonly Hit[] {
  const { table, column } = alteration;
  const checks = addedConstraints(alteration).filter(({ contype, skip_validation }) => contype === "CONSTR_CHECK" && !skip_validation);
  return checks.map((check) => ({
    what: text`${[column ? "ADD COLUMN … CHECK" : "ADD CHECK"]} ${nameOf(check, table.name)} on ${tableName(table)} without NOT VALID`,
    table,
    claims: { lock: "ACCESS EXCLUSIVE", scan: true },
    help: help(alteration, check, statement),
  }));
}

/** A CHECK that looks at every row under the strongest lock. */
export const checkValidate = statementRule({
  id: "migrations/check-validate",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  on: ["CONSTR_CHECK", "AT_ValidateConstraint"],
  severity: "warning",
  sized: true,
  effect: text`It reads every row under an ACCESS EXCLUSIVE lock: reads and writes wait for the scan.`,
  look: (statement, { file }) => [
    ...alterationsOf(statement).flatMap((alteration) => addedHits(alteration, statement)),
    ...earlyValidations(statement, file, "CONSTR_CHECK").map(earlyHit),
  ],
});
