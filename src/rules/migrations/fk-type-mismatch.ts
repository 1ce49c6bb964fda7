import { statement as copied, text } from "../../model/text.js";
import { columnOf, isSameType, relationOf } from "../../sql/catalogue.js";
import { type AddedForeignKey, addedForeignKeys } from "../../sql/foreign-keys.js";
import { quoted, quotedTable, tableName } from "../../sql/tables.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

function hits(key: AddedForeignKey, { schema }: Surroundings): readonly Hit[] {
  const child = schema && relationOf(schema.head, key.child);
  const parent = schema && relationOf(schema.head, key.parent);
  if (!child || !parent) return [];
  const primary = parent.indexes.find((index) => index.primary)?.keys.map(({ column }) => column);
  const targets = key.parentColumns.length > 0 ? key.parentColumns : (primary ?? []);
  return key.columns.flatMap((name, place) => {
    const own = columnOf(child, name);
    const other = columnOf(parent, targets[place] ?? "");
    if (!own || !other || isSameType(own.type, other.type)) return [];
    const form = `ALTER TABLE ${quotedTable(key.child)} ADD COLUMN ${quoted(name)} ${other.type};`;
    return [
      {
        what: text`${tableName(key.child)}.${name} is ${own.type}, and the ${tableName(key.parent)}.${other.name} that it references is ${other.type}`,
        help: text`Give both the same type before there are rows: ${copied(form)}`,
      },
    ];
  });
}

/** A foreign key between columns of different types. */
export const fkTypeMismatch = statementRule({
  id: "migrations/fk-type-mismatch",
  answers: "queries/appropriate-indexes",
  files: "migration",
  dialects: ["postgresql"],
  on: ["CONSTR_FOREIGN"],
  severity: "warning",
  sized: false,
  effect: text`Comparing them takes a cast, which can keep an index from being used; and a narrower type overflows before the key that it refers to.`,
  look: (statement, surroundings) => addedForeignKeys(statement).flatMap((key) => hits(key, surroundings)),
});
