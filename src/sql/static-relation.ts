import type { Column, ForeignKey, Index, IndexKey, Relation } from "../model/catalogue.js";

/** A table while its statements are read. */
export interface Draft extends Relation {
  /** Indexes that MySQL made for a foreign key, and takes away when another one serves it. */
  readonly implicit: readonly string[];
}

/** What one definition does to a table; null when that is not known, so that the table is not known any more. */
export type Change = (table: Draft) => Draft | null;

const isSame = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

export const emptyTable = (schema: string, name: string): Draft => ({
  schema,
  name,
  kind: "table",
  columns: [],
  indexes: [],
  foreignKeys: [],
  checks: [],
  partitionOf: null,
  partitionKey: [],
  implicit: [],
});

/** These databases do not tell `Id` from `id`: a name is kept as the column was declared. */
const declared = (table: Draft, name: string): string | null => table.columns.find((column) => isSame(column.name, name))?.name ?? null;

const covers = (index: Index, columns: readonly string[]): boolean =>
  columns.every((column, place) => index.keys[place]?.column === column);

export const addColumn =
  (column: Column): Change =>
  (table) =>
    declared(table, column.name) === null ? { ...table, columns: [...table.columns, column] } : null;

export const redefineColumn =
  (old: string, column: Column): Change =>
  (table) =>
    declared(table, old) === null
      ? null
      : { ...table, columns: table.columns.map((one) => (isSame(one.name, old) ? { ...column, name: one.name } : one)) };

const renamedKey = (key: IndexKey, old: string, name: string): IndexKey =>
  key.column !== null && isSame(key.column, old) ? { ...key, column: name, expression: name } : key;

/** Columns of the foreign keys that point to a table, renamed with it. */
export const renamedIn = (columns: readonly string[], old: string, name: string): readonly string[] =>
  columns.map((column) => (isSame(column, old) ? name : column));

export const renameColumn =
  (old: string, name: string): Change =>
  (table) => {
    if (declared(table, old) === null) return null;
    return {
      ...table,
      columns: table.columns.map((column) => (isSame(column.name, old) ? { ...column, name } : column)),
      indexes: table.indexes.map((index) => ({ ...index, keys: index.keys.map((key) => renamedKey(key, old, name)) })),
      foreignKeys: table.foreignKeys.map((key) => ({ ...key, columns: renamedIn(key.columns, old, name) })),
    };
  };

/** MySQL takes the column out of its indexes; SQLite refuses to drop one that has any. */
export const dropColumn =
  (name: string): Change =>
  (table) => {
    if (declared(table, name) === null) return null;
    const indexes = table.indexes.map((index) => ({
      ...index,
      keys: index.keys.filter((key) => !key.column || !isSame(key.column, name)),
    }));
    return {
      ...table,
      columns: table.columns.filter((column) => !isSame(column.name, name)),
      indexes: indexes.filter((index) => index.keys.length > 0),
      foreignKeys: table.foreignKeys.filter((key) => !key.columns.some((column) => isSame(column, name))),
    };
  };

function freeName(table: Draft, wanted: string, place = 1): string {
  const name = place === 1 ? wanted : `${wanted}_${place}`;
  return table.indexes.some((index) => isSame(index.name, name)) ? freeName(table, wanted, place + 1) : name;
}

const withoutCovered = (table: Draft, index: Index): readonly Index[] =>
  table.indexes.filter(
    (one) =>
      !table.implicit.includes(one.name) ||
      !covers(
        index,
        one.keys.map((key) => key.column ?? ""),
      ),
  );

/** An index on columns that the table has; without a name it is called after its first column, as MySQL does. */
export const addIndex =
  (name: string | null, index: Omit<Index, "name">): Change =>
  (table) => {
    const keys = index.keys.map((key) => (key.column === null ? key : { ...key, column: declared(table, key.column) }));
    if (keys.length === 0 || keys.some((key, place) => key.column === null && index.keys[place]?.column !== null)) return null;
    const own = { ...index, keys, name: name ?? freeName(table, keys[0]?.column ?? "index") };
    return { ...table, indexes: [...withoutCovered(table, own), own] };
  };

/** An index that is not known changes nothing: it is not there afterwards either. */
export const dropIndex =
  (name: string): Change =>
  (table) => ({ ...table, indexes: table.indexes.filter((index) => !isSame(index.name, name)) });

export const dropPrimaryKey: Change = (table) => ({ ...table, indexes: table.indexes.filter((index) => !index.primary) });

/** A plain ordered index on columns. */
export const orderedIndex = (columns: readonly string[]): Omit<Index, "name"> => ({
  keys: columns.map((column) => ({ column, expression: column, operatorClass: null, descending: false })),
  included: [],
  unique: false,
  primary: false,
  method: "btree",
  predicate: null,
  valid: true,
  definition: null,
});

/** A foreign key; MySQL and MariaDB make an index for it unless one begins with its columns in their order. */
export const addForeignKey =
  (key: ForeignKey, indexesItself: boolean): Change =>
  (table) => {
    const columns = key.columns.map((column) => declared(table, column) ?? "");
    if (columns.includes("")) return null;
    const linked = { ...table, foreignKeys: [...table.foreignKeys, { ...key, columns }] };
    if (!indexesItself || table.indexes.some((index) => covers(index, columns))) return linked;
    const name = freeName(table, key.name);
    const indexed = addIndex(name, orderedIndex(columns))(linked);
    return indexed && { ...indexed, implicit: [...indexed.implicit, name] };
  };

export const dropForeignKey =
  (name: string): Change =>
  (table) => ({ ...table, foreignKeys: table.foreignKeys.filter((key) => !isSame(key.name, name)) });
