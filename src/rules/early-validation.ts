import { statement as copied, text } from "../model/text.js";
import { postgresTable, quoted, quotedTable, tableName } from "../sql/tables.js";
import type { EarlyValidation } from "../sql/validations.js";
import type { Hit } from "./statement-rule.js";

/** What NOT VALID was to avoid: the rows are read in the transaction that still holds the lock of the ADD. */
export function earlyHit({ table, name, constraint, certain }: EarlyValidation): Hit {
  const parent = postgresTable(constraint.pktable);
  return {
    what: text`VALIDATE CONSTRAINT ${name} of ${tableName(table)} in the transaction that adds it`,
    table,
    ...(parent && { also: parent }),
    claims: { scan: true },
    ...(!certain && { severity: "question" as const, unless: text`each statement runs in a transaction of its own` }),
    help: text`Move it to a later migration, so that the ADD gives its lock back first: ${copied(`ALTER TABLE ${quotedTable(table)} VALIDATE CONSTRAINT ${quoted(name)};`)}`,
  };
}
