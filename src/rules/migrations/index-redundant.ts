import type { Index, Relation } from "../../model/catalogue.js";
import { statement as copied, text } from "../../model/text.js";
import { indexNamed, isPrefix, isWhole, keyColumns, relationOf } from "../../sql/catalogue.js";
import { type CreatedIndex, createdIndexes } from "../../sql/indexes.js";
import { quotedTable, tableName } from "../../sql/tables.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

const isBtree = ({ method }: Index): boolean => method === "btree" || method === "";

/** The index as it stands at the head; one without a name is the one of these keys that the base does not have. */
function standing(created: CreatedIndex, relation: Relation, base: Relation | null): Index | null {
  if (created.name !== null) return relation.indexes.find(({ name }) => name === created.name) ?? null;
  const isOld = (index: Index): boolean => base?.indexes.some(({ name }) => name === index.name) ?? false;
  const columns = created.columns.join("\0");
  return relation.indexes.find((index) => !isOld(index) && keyColumns(index).join("\0") === columns) ?? null;
}

/** True when all that `index` does, `other` does as well. */
function isServedBy(index: Index, other: Index, base: Relation | null): boolean {
  if (other.name === index.name || !isBtree(other) || !isWhole(other) || !isPrefix(index, other)) return false;
  const isEqual = other.keys.length === index.keys.length;
  if (index.unique) return isEqual && other.unique;
  // Of two that are equal the older is kept, or the one that comes first.
  const wasThere = base?.indexes.some(({ name }) => name === other.name) ?? false;
  return !isEqual || other.unique || wasThere || other.name < index.name;
}

function hit(created: CreatedIndex, { schema }: Surroundings): readonly Hit[] {
  const { table } = created;
  const relation = schema && table && relationOf(schema.head, table);
  if (!schema || !table || !relation) return [];
  const base = relationOf(schema.base, table);
  const index = standing(created, relation, base);
  // One that stood before is not new, whatever IF NOT EXISTS says.
  if (!index || !isBtree(index) || !isWhole(index) || index.included.length > 0) return [];
  if (base && indexNamed({ relations: [base] }, { schema: null, name: index.name })) return [];
  const other = relation.indexes.find((candidate) => isServedBy(index, candidate, base));
  if (!other) return [];
  const keys = other.keys.map(({ column, expression }) => column ?? expression).join(", ");
  const drop = `DROP INDEX ${schema.dialect === "postgresql" ? "CONCURRENTLY " : ""}${quotedTable({ schema: table.schema, name: index.name })};`;
  return [
    {
      what: text`CREATE INDEX ${index.name} on ${tableName(table)} does what ${other.name} (${keys}) does already`,
      help: text`Leave it out. Where it stands already: ${copied(drop)}`,
    },
  ];
}

/** An index that another one makes superfluous. */
export const indexRedundant = statementRule({
  id: "migrations/index-redundant",
  answers: "queries/appropriate-indexes",
  files: "migration",
  on: ["IndexStmt"],
  severity: "notice",
  sized: false,
  effect: text`Every write keeps both up, and no query gains by it.`,
  look: (statement, surroundings) =>
    surroundings.schema?.dialect === statement.dialect ? createdIndexes(statement).flatMap((index) => hit(index, surroundings)) : [],
});
