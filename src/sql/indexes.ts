import { type DroppedObject, droppedObjects } from "./dropped-objects.js";
import { child, children, findNodes, type GenericNode, genericColumn, word } from "./generic-tree.js";
import { findAll, type NodeOf, names, nodes } from "./postgres-tree.js";
import { remembered } from "./remembered.js";
import { genericTable, type ParsedStatement, postgresTable, type Table } from "./tables.js";

export interface CreatedIndex {
  readonly name: string | null;
  readonly table: Table | null;
  /** Key columns in their order; an expression is null. */
  readonly columns: readonly (string | null)[];
  /** Columns, also inside expressions, that a trigram operator class indexes. */
  readonly trigramColumns: readonly string[];
  readonly unique: boolean;
  /** `gin`, `btree`, … where the grammar tells. */
  readonly method: string | null;
  readonly partial: boolean;
  readonly ifNotExists: boolean;
  /** The build lets writes go on: CONCURRENTLY, or ONLINE = ON. */
  readonly online: boolean;
  /** Nothing but a name, a table, plain columns and a method: the whole statement can be written anew from these. */
  readonly plain: boolean;
  /** `ON ONLY t`: an entry for the parent of partitions, which builds nothing. */
  readonly onlyParent: boolean;
}

const TRIGRAM: ReadonlySet<string> = new Set(["gin_trgm_ops", "gist_trgm_ops"]);

const isOnline = (option: GenericNode): boolean => {
  const value = child(option, "expr");
  return word(option, "type")?.toLowerCase() === "online" && value !== null && word(value, "value")?.toLowerCase() === "on";
};

function transactIndexes(tree: unknown): readonly CreatedIndex[] {
  return findNodes(tree, "create")
    .filter((create) => word(create, "keyword") === "index")
    .map((create) => ({
      name: word(create, "index"),
      table: genericTable(create, "table"),
      columns: children(create, "index_columns").map(genericColumn),
      trigramColumns: [],
      unique: word(create, "index_type")?.toLowerCase() === "unique",
      method: null,
      partial: child(create, "where") !== null,
      ifNotExists: word(create, "if_not_exists") !== null,
      online: children(create, "with").some(isOnline),
      plain: false,
      onlyParent: false,
    }));
}

const isPlainColumn = (element: NodeOf<"IndexElem">): boolean =>
  element.name !== undefined &&
  element.opclass === undefined &&
  element.collation === undefined &&
  (element.ordering ?? "SORTBY_DEFAULT") === "SORTBY_DEFAULT" &&
  (element.nulls_ordering ?? "SORTBY_NULLS_DEFAULT") === "SORTBY_NULLS_DEFAULT";

const hasClauses = (index: NodeOf<"IndexStmt">): boolean =>
  [index.whereClause, index.if_not_exists, index.nulls_not_distinct, index.indexIncludingParams, index.options, index.tableSpace].some(
    (clause) => clause !== undefined && clause !== false && clause !== "",
  );

function postgresIndexes(tree: unknown): readonly CreatedIndex[] {
  return findAll(tree, "IndexStmt").map((index) => {
    const elements = nodes(index.indexParams, "IndexElem");
    const trigrams = elements.filter((element) => names(element.opclass).some((name) => TRIGRAM.has(name)));
    return {
      name: index.idxname ?? null,
      table: postgresTable(index.relation),
      columns: elements.map((element) => element.name ?? null),
      trigramColumns: trigrams.flatMap(
        (element) => element.name ?? findAll(element.expr, "ColumnRef").flatMap((column) => names(column.fields)),
      ),
      unique: index.unique === true,
      method: index.accessMethod ?? null,
      partial: index.whereClause !== undefined,
      ifNotExists: index.if_not_exists === true,
      online: index.concurrent === true,
      plain: elements.every(isPlainColumn) && !hasClauses(index),
      onlyParent: index.relation?.inh !== true,
    };
  });
}

/** The indexes that a statement creates; also inside a DO block. */
export const createdIndexes = remembered(({ dialect, tree }: ParsedStatement): readonly CreatedIndex[] =>
  dialect === "postgresql" ? postgresIndexes(tree) : transactIndexes(tree),
);

export type DroppedIndex = DroppedObject;

/** The indexes that a PostgreSQL statement drops. */
export function droppedIndexes({ tree, dialect }: ParsedStatement): readonly DroppedIndex[] {
  return dialect === "postgresql" ? droppedObjects(tree, "OBJECT_INDEX") : [];
}
