import { statement as copied, text } from "../../model/text.js";
import { policiesOf } from "../../sql/policies.js";
import { quoted, tableName } from "../../sql/tables.js";
import { statementRule } from "../statement-rule.js";

const called = (path: string): string => path.split(".").map(quoted).join(".");

/** A policy that asks the same question for every row. */
export const rlsPolicyPerRow = statementRule({
  id: "migrations/rls-policy-per-row",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  on: ["CreatePolicyStmt", "AlterPolicyStmt"],
  severity: "notice",
  sized: false,
  effect: text`The condition of a policy is part of every query on the table, and a function in it that is not immutable runs once for each row that is looked at.`,
  look: (statement) =>
    policiesOf(statement).flatMap(({ name, table, repeated }) => {
      const [first] = repeated;
      if (first === undefined) return [];
      return [
        {
          what: text`POLICY ${name} on ${tableName(table)} calls ${first}() for every row`,
          help: text`Write ${copied(`(SELECT ${called(first)}(…))`)} around the call, the arguments as they are: it is then computed once for the whole query.`,
        },
      ];
    }),
});
