import type { Column } from "../model/catalogue.js";
import { failsFast, type GenericAlteration, type GenericType, genericAlterations, genericType } from "./generic-alterations.js";
import { child, children, findNodes, genericColumn, genericConstant, word } from "./generic-tree.js";
import { genericTable, type ParsedStatement, type Table } from "./tables.js";

/** A MODIFY or CHANGE of a column. */
export interface Redefinition {
  readonly table: Table;
  /** The column's name before it. */
  readonly column: string;
  readonly type: GenericType;
}

/** The parts of a statement's ALTERs that do not say how they may run: those may block. */
function mayBlock(statement: ParsedStatement): readonly GenericAlteration[] {
  const all = genericAlterations(statement);
  return failsFast(all) ? [] : all;
}

export function redefinitions(statement: ParsedStatement): readonly Redefinition[] {
  return mayBlock(statement).flatMap(({ table, action, column, part }) => {
    const type = genericType(child(part, "definition"));
    const old = genericColumn(child(part, "old_column")) ?? column;
    return (action === "modify" || action === "change") && type && old !== null ? [{ table, column: old, type }] : [];
  });
}

const addsPrimary = ({ action, part }: GenericAlteration): boolean =>
  action === "add" &&
  (word(child(part, "create_definitions") ?? {}, "constraint_type")?.toLowerCase() === "primary key" || word(part, "primary_key") !== null);

/** Tables whose primary key is dropped, and not replaced by the same ALTER. */
export function droppedPrimaryKeys(statement: ParsedStatement): readonly Table[] {
  const all = mayBlock(statement);
  if (all.some(addsPrimary)) return [];
  return all.flatMap(({ table, action, part }) => (action === "drop" && word(part, "keyword") === "primary key" ? [table] : []));
}

/** An index that is built while writes wait, in MySQL's words. */
export interface SlowIndex {
  readonly table: Table;
  readonly kind: "FULLTEXT" | "SPATIAL";
}

const kindOf = (words: string | null): SlowIndex["kind"] | null => {
  const first = (words ?? "").toUpperCase().split(" ")[0];
  return first === "FULLTEXT" || first === "SPATIAL" ? first : null;
};

export function slowIndexes(statement: ParsedStatement): readonly SlowIndex[] {
  if (statement.dialect === "postgresql") return [];
  const added = mayBlock(statement).flatMap(({ table, action, part }) => {
    const kind = action === "add" ? kindOf(word(part, "keyword")) : null;
    return kind ? [{ table, kind }] : [];
  });
  const created = findNodes(statement.tree, "create").flatMap((create) => {
    const kind = word(create, "keyword") === "index" ? kindOf(word(create, "index_type")) : null;
    const table = genericTable(create, "table");
    return kind && table ? [{ table, kind }] : [];
  });
  return [...added, ...created];
}

export interface AddedForeignKey {
  readonly table: Table;
  readonly parent: Table | null;
}

export function addedForeignKeys(statement: ParsedStatement): readonly AddedForeignKey[] {
  return mayBlock(statement).flatMap(({ table, action, part }) => {
    const definition = child(part, "create_definitions");
    if (action !== "add" || !definition || word(definition, "constraint_type")?.toLowerCase() !== "foreign key") return [];
    return [{ table, parent: genericTable(child(definition, "reference_definition") ?? {}, "table") }];
  });
}

/** What a SET makes of foreign_key_checks; null when it is about something else. */
export function setsForeignKeyChecks({ tree, dialect }: ParsedStatement): boolean | null {
  if (dialect === "postgresql") return null;
  const set = findNodes(tree, "assign").findLast(
    (assign) => word(child(assign, "left") ?? {}, "name")?.toLowerCase() === "foreign_key_checks",
  );
  return set ? genericConstant(child(set, "right")) !== 0 : null;
}

/** A column whose REFERENCES the server reads over. */
export interface InlineReference {
  readonly table: Table;
  readonly column: string;
  readonly parent: Table;
}

export function inlineReferences(statement: ParsedStatement): readonly InlineReference[] {
  if (statement.dialect === "postgresql") return [];
  const created = findNodes(statement.tree, "create").flatMap((create) =>
    children(create, "create_definitions").map((definition) => ({ table: genericTable(create, "table"), definition })),
  );
  const added = genericAlterations(statement).map(({ table, part }) => ({ table, definition: part }));
  return [...created, ...added].flatMap(({ table, definition }) => {
    const column = word(definition, "resource") === "column" ? genericColumn(child(definition, "column")) : null;
    const parent = genericTable(child(definition, "reference_definition") ?? {}, "table");
    return table && column !== null && parent ? [{ table, column, parent }] : [];
  });
}

/** Tables of which an ALTER says neither ALGORITHM nor LOCK. */
export function unguardedAlters(statement: ParsedStatement): readonly Table[] {
  const [first] = mayBlock(statement);
  return first && first.resource !== "table" ? [first.table] : [];
}

// A length byte more is needed from here on, at 4 bytes a character of utf8mb4.
const ONE_BYTE_CHARACTERS = 63;

/** Whether a redefinition copies the table, from the column's type as the catalogue has it (`varchar(20)`). */
export function copies({ type }: Redefinition, known: Column): boolean {
  const to = type.shown.toLowerCase();
  if (known.type === to) return false;
  const open = known.type.indexOf("(");
  const from = open < 0 ? null : Number.parseInt(known.type.slice(open + 1), 10);
  if (!known.type.startsWith("varchar(") || type.name !== "VARCHAR" || from === null || type.length === null) return true;
  const [step, target] = [from <= ONE_BYTE_CHARACTERS, type.length <= ONE_BYTE_CHARACTERS];
  return type.length < from || step !== target;
}

// ENUM takes 1 byte for up to 255 values, 2 above; SET a byte for each 8.
const bytesOf = ({ name, values }: { readonly name: string; readonly values: readonly string[] }): number =>
  name === "SET" ? Math.ceil(values.length / 8) : values.length > 255 ? 2 : 1;

/** Whether the new list only has more values at its end, and takes no more bytes. */
export function onlyAppends({ type }: Redefinition, before: readonly string[]): boolean {
  const sameStart = before.every((value, index) => type.values[index] === value);
  return sameStart && bytesOf({ name: type.name, values: before }) === bytesOf(type);
}

/** The values of `enum('a','b')` as the catalogue has it; null for any other type. */
export function enumValues(type: string): readonly string[] | null {
  const open = type.indexOf("('");
  if (open < 0 || !(type.startsWith("enum(") || type.startsWith("set(")) || !type.endsWith("')")) return null;
  return type.slice(open + 2, -2).split("','");
}
