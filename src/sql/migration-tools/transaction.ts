import type { MigrationRun } from "../../model/statements.js";
import { prepare } from "../prepare.js";
import { split } from "../split.js";

/** How many statements a migration's way forward holds. */
export const statementCount = (sql: string): number => split(prepare(sql, "postgresql").filled, "postgresql").length;

/** A file that is sent to the server as one string: several statements are one transaction then, a single one is none. */
export const asOneString = (sql: string): MigrationRun["transaction"] => (statementCount(sql) > 1 ? "implicit" : "statement");
