import { statement as copied, text } from "../../model/text.js";
import { type AddedForeignKey, addedForeignKeys } from "../../sql/foreign-keys.js";
import { includesTable, isSameTable, type ParsedStatement, quoted, quotedTable, tableName } from "../../sql/tables.js";
import { transactionBefore } from "../../sql/transactions.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

/** Foreign keys between two different tables that stand already: both are locked by it. */
function lockingKeys(statement: ParsedStatement, { statements }: Surroundings): readonly AddedForeignKey[] {
  const isNew = (key: AddedForeignKey): boolean => [key.child, key.parent].some((table) => includesTable(statements.createdTables, table));
  return addedForeignKeys(statement).filter((key) => !key.ofNewTable && !isNew(key) && !isSameTable(key.child, key.parent));
}

/** What came before in the same transaction: tools run a file in one unless they say otherwise. */
function earlier(statement: ParsedStatement, surroundings: Surroundings): readonly AddedForeignKey[] {
  const { file } = surroundings;
  if (file.run?.transaction === "statement" && transactionBefore(statement, file) !== "open") return [];
  const before = file.statements.slice(0, file.statements.indexOf(statement));
  return before.flatMap((one) => (one.state === "parsed" ? lockingKeys(one, surroundings) : []));
}

function hits(statement: ParsedStatement, surroundings: Surroundings): readonly Hit[] {
  const keys = lockingKeys(statement, surroundings);
  const held = keys.length > 0 ? [...earlier(statement, surroundings)] : [];
  return keys.flatMap((key) => {
    const others = held.filter(({ parent }) => !isSameTable(parent, key.parent));
    const isKnown = others.length < held.length;
    held.push(key);
    const [other] = others;
    if (!other || isKnown) return [];
    return [
      {
        what: text`FOREIGN KEY on ${tableName(key.child)} to ${tableName(key.parent)}, while the one to ${tableName(other.parent)} holds its locks`,
        table: key.child,
        claims: { lock: "SHARE ROW EXCLUSIVE" },
        help: text`Give each its own migration, and read the rows in another one still: ${copied(`ALTER TABLE ${quotedTable(key.child)} ADD FOREIGN KEY (${key.columns.map(quoted).join(", ")}) REFERENCES ${quotedTable(key.parent)} NOT VALID;`)}`,
      },
    ];
  });
}

/** Foreign keys to several tables in one transaction, which holds the locks of all of them. */
export const fkMultiple = statementRule({
  id: "migrations/fk-multiple",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  on: ["CONSTR_FOREIGN"],
  severity: "warning",
  sized: false,
  effect: text`Each takes a SHARE ROW EXCLUSIVE lock on both of its tables, and one transaction keeps them all until it ends: writes to every one of them wait, and a transaction that locks them in another order ends in a deadlock.`,
  look: hits,
});
