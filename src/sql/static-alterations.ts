import type { Dialect } from "../model/statements.js";
import { child, type GenericNode, genericColumn, word } from "./generic-tree.js";
import { columnChanges, columnIn, constraintChanges, definitionChanges } from "./static-definitions.js";
import { type Change, dropColumn, dropForeignKey, dropIndex, dropPrimaryKey, redefineColumn, renameColumn } from "./static-relation.js";

const unknown: Change = () => null;

// Parts of ALTER TABLE that leave columns and keys as they are.
const HARMLESS: ReadonlySet<string> = new Set(["algorithm", "lock", "engine", "auto_increment", "comment", "charset", "collate"]);

function added(part: GenericNode, dialect: Dialect): readonly Change[] {
  const constraint = child(part, "create_definitions");
  if (constraint) return constraintChanges(constraint, dialect);
  return word(part, "resource") === "column" ? columnChanges(part, dialect) : definitionChanges(part, dialect);
}

/** DROP CONSTRAINT takes whichever key has that name. */
const dropNamed = (name: string): readonly Change[] => [dropForeignKey(name), dropIndex(name)];

function dropped(part: GenericNode): readonly Change[] {
  const keyword = (word(part, "keyword") ?? "").toLowerCase();
  const column = genericColumn(child(part, "column"));
  if (column !== null) return [dropColumn(column)];
  if (keyword === "primary key") return [dropPrimaryKey];
  const name = word(part, "key") ?? word(part, "index") ?? word(part, "constraint");
  if (name === null) return [unknown];
  if (keyword === "foreign key") return [dropForeignKey(name)];
  return keyword === "constraint" ? dropNamed(name) : [dropIndex(name)];
}

function redefined(part: GenericNode): readonly Change[] {
  const column = columnIn(part);
  const old = genericColumn(child(part, "old_column")) ?? column?.name;
  if (!column || old === undefined) return [unknown];
  return [redefineColumn(old, column), ...(old === column.name ? [] : [renameColumn(old, column.name)])];
}

function renamed(part: GenericNode): readonly Change[] {
  const old = genericColumn(child(part, "old_column"));
  const name = genericColumn(child(part, "column"));
  return [old !== null && name !== null ? renameColumn(old, name) : unknown];
}

/** What one part of ALTER TABLE does to the table; a new name of the table is another matter. */
export function alterationChanges(part: GenericNode, dialect: Dialect): readonly Change[] {
  const action = word(part, "action");
  if (action === "add") return added(part, dialect);
  if (action === "drop") return dropped(part);
  if (action === "modify" || action === "change") return redefined(part);
  if (action === "rename") return word(part, "resource") === "table" ? [] : renamed(part);
  return HARMLESS.has(word(part, "resource") ?? "") ? [] : [unknown];
}
