import type { Catalogue, Check, Column, Index, Relation } from "../model/catalogue.js";
import { isSameTable, quoted, type Table } from "./tables.js";

// Where an unqualified name is looked for first, as a search_path has it.
const OPEN_SCHEMA = "public";

/** One of several fits only when it stands in the schema that is searched first: a guess is worse than no answer. */
function onlyOne<T>(found: readonly T[], schemaOf: (one: T) => string): T | null {
  if (found.length <= 1) return found[0] ?? null;
  return found.find((one) => schemaOf(one) === OPEN_SCHEMA) ?? null;
}

/** The table, view or materialized view that a statement names; null when there is none, or several could be meant. */
export function relationOf(catalogue: Catalogue, table: Table): Relation | null {
  return onlyOne(
    catalogue.relations.filter((relation) => isSameTable(relation, table)),
    ({ schema }) => schema,
  );
}

export function columnOf(relation: Relation, name: string): Column | null {
  return relation.columns.find((column) => column.name === name) ?? null;
}

/** An index with the relation that it belongs to. */
export interface PlacedIndex {
  readonly relation: Relation;
  readonly index: Index;
}

/** The index of that name; it stands in its relation's schema. */
export function indexNamed(catalogue: Catalogue, name: Table): PlacedIndex | null {
  const found = catalogue.relations.flatMap((relation) =>
    relation.indexes
      .filter((index) => isSameTable({ schema: relation.schema, name: index.name }, name))
      .map((index) => ({ relation, index })),
  );
  return onlyOne(found, ({ relation }) => relation.schema);
}

/** Key columns in their order; an expression is null. */
export const keyColumns = (index: Index): readonly (string | null)[] => index.keys.map(({ column }) => column);

const isOrdered = ({ method }: Index): boolean => method === "btree" || method === "";

/** True for an index that every row is in, and that queries may use. */
export const isWhole = ({ predicate, valid }: Index): boolean => predicate === null && valid;

// A partial index whose condition a foreign key's look-up fulfils: it never looks for null.
const isNotNullOf = (predicate: string | null, columns: readonly string[]): boolean =>
  columns.some((column) => predicate === `(${quoted(column)} IS NOT NULL)` || predicate === `${quoted(column)} IS NOT NULL`);

/**
 * An ordered index that begins with exactly these columns, in any order among them: it serves equality on all
 * of them. Partial only where its condition is that one of them is not null.
 */
export function indexLedBy(relation: Relation, columns: readonly string[]): Index | null {
  const wanted = new Set(columns);
  const fits = (index: Index): boolean => {
    const lead = new Set(keyColumns(index).slice(0, wanted.size));
    return lead.size === wanted.size && columns.every((column) => lead.has(column));
  };
  const usable = (index: Index): boolean => isWhole(index) || (index.valid && isNotNullOf(index.predicate, columns));
  return relation.indexes.find((index) => isOrdered(index) && usable(index) && fits(index)) ?? null;
}

/** A unique, whole index all of whose keys are among these columns: equality on them finds at most one row. */
export function uniqueWithin(relation: Relation, columns: readonly string[]): Index | null {
  const has = (column: string | null): boolean => column !== null && columns.includes(column);
  return relation.indexes.find((index) => index.unique && isWhole(index) && keyColumns(index).every(has)) ?? null;
}

/** True for an index that finds the rows of given values of these columns: led by them, hashed, or unique within them. */
export function indexServing(relation: Relation, columns: readonly string[]): Index | null {
  const isHashed = (index: Index): boolean => index.method === "hash" && isWhole(index) && index.keys[0]?.column === columns[0];
  const hashed = columns.length === 1 ? relation.indexes.find(isHashed) : undefined;
  return indexLedBy(relation, columns) ?? hashed ?? uniqueWithin(relation, columns);
}

// Of one operator family, and of one representation: no cast, no overflow.
const SAME: Readonly<Record<string, string>> = { text: "character varying", varchar: "character varying" };

/** True for types that are compared without a cast; lengths and precisions do not matter. */
export function isSameType(left: string, right: string): boolean {
  const family = (type: string): string => {
    const bare = type.replace(/\([^)]*\)/, "").trim();
    return (Object.hasOwn(SAME, bare) && SAME[bare]) || bare;
  };
  return family(left) === family(right);
}

/** True when `longer` begins with the keys of `shorter`: same columns or expressions, operator classes and directions. */
export function isPrefix(shorter: Index, longer: Index): boolean {
  return shorter.keys.every((key, place) => {
    const other = longer.keys[place];
    return (
      other !== undefined &&
      key.column === other.column &&
      key.expression === other.expression &&
      key.operatorClass === other.operatorClass &&
      key.descending === other.descending
    );
  });
}

/**
 * True when the check keeps the column from being null. Reads `(a IS NOT NULL)` and such joined with AND, as
 * PostgreSQL shows them; anything that could hold these words without meaning them proves nothing.
 */
export function provesNotNull({ expression, validated }: Check, column: string): boolean {
  const doubtful = ["'", " OR ", "CASE ", "NOT ("].some((part) => expression.includes(part));
  if (!validated || doubtful) return false;
  const bare = expression
    .replaceAll("(", "")
    .replaceAll(")", "")
    .replace(/^CHECK /, "");
  return bare.split(" AND ").some((part) => part.trim() === `${quoted(column)} IS NOT NULL`);
}

/** True when a table of the catalogue shows that the column holds no null. */
export function isKnownNotNull(relation: Relation, column: string): boolean {
  return columnOf(relation, column)?.notNull === true || relation.checks.some((check) => provesNotNull(check, column));
}

/** The partitions of a partitioned table that migrations create, at every depth. */
export function partitionsOf(catalogue: Catalogue, parent: Relation): readonly Relation[] {
  const own = catalogue.relations.filter(({ partitionOf }) => partitionOf && isSameTable(partitionOf, parent));
  return own.flatMap((partition) => [partition, ...(partition === parent ? [] : partitionsOf(catalogue, partition))]);
}
