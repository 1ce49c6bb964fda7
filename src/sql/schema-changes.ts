import type { Catalogue, Index, Relation } from "../model/catalogue.js";
import type { SchemaChange } from "../model/plan.js";
import { isPrefix } from "./catalogue.js";
import { createdIndexes, droppedIndexes } from "./indexes.js";
import { findAll, names, node } from "./postgres-tree.js";
import { readersOf } from "./readers.js";
import type { ParsedStatement } from "./tables.js";

type Change = Omit<SchemaChange, "statement">;

const isSame = (one: Relation, other: Relation): boolean => one.schema === other.schema && one.name === other.name;

const hasSameKeys = (one: Index, other: Index): boolean =>
  one.keys.length === other.keys.length && isPrefix(one, other) && one.predicate === other.predicate && one.method === other.method;

const NO_INDEX = { definition: null, columns: [] } as const;

const definedAs = (index: Index): Pick<Change, "definition" | "columns"> => ({
  definition: index.definition,
  columns: index.keys.map(({ column }) => column),
});

function indexChanges(base: Relation, head: Relation): readonly Change[] {
  const relation = { schema: base.schema, name: base.name };
  const gone = base.indexes.flatMap((index): readonly Change[] => {
    const kept = head.indexes.find(({ name }) => name === index.name);
    // Under another name it serves the same statements.
    if (head.indexes.some((other) => hasSameKeys(index, other) && other.valid)) return [];
    return [{ kind: kept ? "index altered" : "index dropped", relation, name: index.name, ...definedAs(index) }];
  });
  const added = head.indexes
    .filter((index) => !base.indexes.some((other) => other.name === index.name || hasSameKeys(index, other)))
    .map((index): Change => ({ kind: "index added", relation, name: index.name, ...definedAs(index) }));
  return [...gone, ...added];
}

function columnChanges(base: Relation, head: Relation): readonly Change[] {
  const relation = { schema: base.schema, name: base.name };
  return base.columns.flatMap(({ name, type, collation }): readonly Change[] => {
    const kept = head.columns.find((column) => column.name === name);
    if (!kept) return [{ kind: "column dropped", relation, name, ...NO_INDEX }];
    const altered = kept.type !== type || kept.collation !== collation;
    return altered ? [{ kind: "column altered", relation, name, ...NO_INDEX }] : [];
  });
}

function changesOf(base: Relation, head: Catalogue): readonly Change[] {
  const kept = head.relations.find((relation) => isSame(relation, base));
  const { schema, name } = base;
  if (!kept) return [{ kind: "table dropped", relation: { schema, name }, name, ...NO_INDEX }];
  return [...indexChanges(base, kept), ...columnChanges(base, kept)];
}

const drops = (statement: ParsedStatement, subtype: string, name: string): boolean =>
  findAll(statement.tree, "AlterTableCmd").some((command) => command.subtype === subtype && command.name === name);

const dropsTable = (statement: ParsedStatement, name: string): boolean =>
  findAll(statement.tree, "DropStmt").some(({ objects }) =>
    (objects ?? []).some((object) => names(node(object, "List")?.items ?? [object]).at(-1) === name),
  );

/** An index without a name gets one from PostgreSQL. */
const creates = (statement: ParsedStatement, { name, relation, columns }: Change): boolean =>
  createdIndexes(statement).some((index) =>
    index.name === null ? index.table?.name === relation.name && index.columns.join() === columns.join() : index.name === name,
  );

/** Whether this statement of a migration is the one that did it. */
function did(statement: ParsedStatement, change: Change): boolean {
  const { kind, name, relation } = change;
  if (statement.dialect !== "postgresql") return false;
  if (kind === "index added") return creates(statement, change);
  if (kind === "index dropped" || kind === "index altered") {
    return droppedIndexes(statement).some((index) => index.name === name) || drops(statement, "AT_DropConstraint", name);
  }
  if (kind === "column dropped") return drops(statement, "AT_DropColumn", name);
  if (kind === "column altered") return drops(statement, "AT_AlterColumnType", name);
  return kind === "table dropped" && dropsTable(statement, relation.name);
}

/**
 * What of the base's schema statements may rely on and the head's has no more, or has otherwise: with the migration's
 * statement that did it, where one of these is it. New tables and columns change no statement's plan.
 */
export function schemaChanges(base: Catalogue, head: Catalogue, statements: readonly ParsedStatement[]): readonly SchemaChange[] {
  return base.relations.flatMap((relation) => {
    const changes = changesOf(relation, head);
    const through = changes.length === 0 ? [] : readersOf(relation, base.readers ?? []);
    return changes.map((change) => ({
      ...change,
      statement: statements.findLast((statement) => did(statement, change)) ?? null,
      ...(through.length > 0 && { through }),
    }));
  });
}
