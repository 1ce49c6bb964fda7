import type { Column, ForeignKey, Index, IndexKey } from "../model/catalogue.js";
import type { Dialect } from "../model/statements.js";
import {
  child,
  children,
  functionArguments,
  functionName,
  type GenericNode,
  genericColumn,
  genericConstant,
  word,
} from "./generic-tree.js";
import { addColumn, addForeignKey, addIndex, type Change, orderedIndex } from "./static-relation.js";
import { genericTable } from "./tables.js";

/** `varchar(20)`, `int unsigned`: as written, in lower case; `enum('New','Paid')` with its values as they are. */
function typeOf(definition: GenericNode | null): string {
  if (!definition) return "";
  const values = child(definition, "expr");
  if (values && word(values, "type") === "expr_list") {
    const list = children(values, "value").map((value) => `'${String(genericConstant(value) ?? "")}'`);
    return `${(word(definition, "dataType") ?? "").toLowerCase()}(${list.join(",")})`;
  }
  const { length, scale, suffix } = definition;
  const size = typeof length === "number" ? `(${length}${typeof scale === "number" ? `,${scale}` : ""})` : "";
  const words = Array.isArray(suffix) ? suffix.filter((one) => typeof one === "string") : [];
  return [`${word(definition, "dataType") ?? ""}${size}`, ...words].join(" ").toLowerCase();
}

function collationOf(column: GenericNode): string | null {
  const clause = child(column, "collate");
  const name = clause && child(clause, "collate");
  return name && word(name, "name");
}

const isNotNull = (column: GenericNode): boolean => {
  const nullable = child(column, "nullable");
  return word(column, "primary_key") !== null || (nullable !== null && word(nullable, "type") === "not null");
};

/** The column that a definition is about; null when the parser tells none. */
export function columnIn(definition: GenericNode): Column | null {
  const name = genericColumn(child(definition, "column"));
  if (name === null) return null;
  return {
    name,
    type: typeOf(child(definition, "definition")),
    notNull: isNotNull(definition),
    hasDefault: child(definition, "default_val") !== null || word(definition, "auto_increment") !== null,
    collation: collationOf(definition),
  };
}

/** `lower(email)`, as far as it is made of functions, columns and constants. */
function expressionText(expression: GenericNode): string {
  if (word(expression, "type") !== "function") return genericColumn(expression) ?? `${genericConstant(expression) ?? "…"}`;
  return `${functionName(expression)}(${functionArguments(expression).map(expressionText).join(", ")})`;
}

/** `name(10)`, the index on a text's first characters, which CREATE INDEX reads as a function. */
const isPrefixLength = (key: GenericNode): boolean => {
  const [length, ...more] = functionArguments(key);
  return more.length === 0 && length !== undefined && typeof genericConstant(length) === "number" && key.parentheses !== true;
};

function keyIn(key: GenericNode): IndexKey {
  const descending = word(key, "order_by")?.toLowerCase() === "desc";
  const expression = expressionText(key);
  const name = child(key, "name");
  const called = name && word(children(name, "name")[0] ?? {}, "value");
  const column = genericColumn(key) ?? (isPrefixLength(key) ? called : null);
  return { column, expression: `${expression}${word(key, "suffix") ?? ""}`, operatorClass: null, descending };
}

const METHODS = ["fulltext", "spatial"] as const;

/** The method of a key's words: `fulltext key`, `unique index`. */
const methodIn = (keyword: string): string => METHODS.find((method) => keyword.toLowerCase().startsWith(method)) ?? "btree";

/** An index of these keys; `words` say what kind: `unique key`, `primary key`, `fulltext index`. */
export function indexIn(keys: readonly GenericNode[], words: string, isPartial: boolean): Omit<Index, "name"> {
  const kind = words.toLowerCase();
  return {
    ...orderedIndex([]),
    keys: keys.map(keyIn),
    method: methodIn(kind),
    primary: kind.startsWith("primary"),
    unique: kind.startsWith("primary") || kind.startsWith("unique"),
    predicate: isPartial ? "…" : null,
  };
}

function foreignKeyIn(name: string | null, columns: readonly string[], reference: GenericNode): ForeignKey | null {
  const parent = genericTable(reference, "table");
  if (!parent) return null;
  return {
    name: name ?? columns[0] ?? "",
    columns,
    parent: { schema: parent.schema ?? "", name: parent.name },
    parentColumns: children(reference, "definition").flatMap((column) => genericColumn(column) ?? []),
    validated: true,
  };
}

const isMySql = (dialect: Dialect): boolean => dialect === "mysql" || dialect === "mariadb";

/** MySQL reads REFERENCES beside a column and forgets it; MariaDB and SQLite make the foreign key. */
function inlineReference(column: string, definition: GenericNode, dialect: Dialect): readonly Change[] {
  const reference = child(definition, "reference_definition");
  const key = reference && dialect !== "mysql" ? foreignKeyIn(null, [column], reference) : null;
  return key ? [addForeignKey(key, isMySql(dialect))] : [];
}

const unknown: Change = () => null;

/** What a column's definition adds: the column, and the keys that stand beside it. */
export function columnChanges(definition: GenericNode, dialect: Dialect): readonly Change[] {
  const column = columnIn(definition);
  if (!column) return [unknown];
  const index = orderedIndex([column.name]);
  const primary = word(definition, "primary_key") !== null;
  return [
    addColumn(column),
    ...(primary ? [addIndex("PRIMARY", { ...index, primary, unique: true })] : []),
    ...(word(definition, "unique") === null ? [] : [addIndex(null, { ...index, unique: true })]),
    ...inlineReference(column.name, definition, dialect),
  ];
}

/** What a table's constraint adds; a CHECK serves nobody here and adds nothing. */
export function constraintChanges(definition: GenericNode, dialect: Dialect): readonly Change[] {
  const kind = (word(definition, "constraint_type") ?? "").toLowerCase();
  const name = word(definition, "constraint") ?? word(definition, "index");
  const keys = children(definition, "definition");
  if (kind === "check") return [];
  if (kind.startsWith("primary")) return [addIndex("PRIMARY", indexIn(keys, kind, false))];
  if (kind.startsWith("unique")) return [addIndex(word(definition, "index") ?? name, indexIn(keys, kind, false))];
  const reference = child(definition, "reference_definition");
  const columns = keys.flatMap((key) => genericColumn(key) ?? []);
  const key = kind === "foreign key" && reference ? foreignKeyIn(name, columns, reference) : null;
  return [key ? addForeignKey(key, isMySql(dialect)) : unknown];
}

/** What one line of CREATE TABLE's list adds. */
export function definitionChanges(definition: GenericNode, dialect: Dialect): readonly Change[] {
  const resource = word(definition, "resource");
  if (resource === "column") return columnChanges(definition, dialect);
  if (resource === "constraint") return constraintChanges(definition, dialect);
  if (resource !== "index") return [unknown];
  const keys = children(definition, "definition");
  return [addIndex(word(definition, "index"), indexIn(keys, word(definition, "keyword") ?? "", false))];
}
