import type { Statement } from "../model/statements.js";
import { children, type GenericNode, isNode, word } from "./generic-tree.js";
import { node, type RangeVar } from "./postgres-tree.js";
import { isHole } from "./prepare.js";
import { remembered } from "./remembered.js";

/** A table as a statement names it. */
export interface Table {
  readonly schema: string | null;
  readonly name: string;
}

export type ParsedStatement = Extract<Statement, { readonly state: "parsed" }>;

export const isParsed = (statement: Statement): statement is ParsedStatement => statement.state === "parsed";

export function postgresTable(relation: RangeVar | undefined): Table | null {
  return relation?.relname === undefined ? null : { schema: relation.schemaname ?? null, name: relation.relname };
}

/** The first table of a node's list (`table`, `from`): the one that is written to. */
export function genericTable(parent: GenericNode, key: string): Table | null {
  for (const place of children(parent, key)) {
    const name = word(place, "table");
    if (name !== null) return { schema: word(place, "db"), name };
  }
  return null;
}

const HOLE = "{{…}}";

/** The identifier that stands for a template's placeholder is shown as one. */
const shown = (identifier: string): string => (isHole(identifier) ? HOLE : identifier);

/** `schema.name`, as sentences show it. */
export function tableName(table: Table): string {
  return !table.schema ? shown(table.name) : `${shown(table.schema)}.${shown(table.name)}`;
}

/** A relation of the catalogue, as sentences show it: nobody writes the schema `public`. */
export function relationTitle({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return tableName({ schema: schema === "public" ? null : schema, name });
}

/** A table as the configuration names it: `orders`, `sales.orders`. */
export function tableOf(written: string): Table {
  const dot = written.lastIndexOf(".");
  return dot < 0 ? { schema: null, name: written } : { schema: written.slice(0, dot), name: written.slice(dot + 1) };
}

/** A template's placeholder may become any schema, as a missing one may; a static catalogue's is empty where none is named. */
const isOpen = (schema: string | null): boolean => schema === null || schema === "" || shown(schema) === HOLE;

/** True for two names of one table; a missing schema fits any. */
export function isSameTable(left: Table, right: Table): boolean {
  return shown(left.name) === shown(right.name) && (isOpen(left.schema) || isOpen(right.schema) || left.schema === right.schema);
}

const byName = remembered((list: readonly string[]): ReadonlyMap<string, readonly Table[]> => {
  const tables = new Map<string, Table[]>();
  for (const table of list.map(tableOf)) tables.set(shown(table.name), [...(tables.get(shown(table.name)) ?? []), table]);
  return tables;
});

/** True when the list, of names as written, holds the table. */
export function includesTable(list: readonly string[], table: Table): boolean {
  return list.length > 0 && (byName(list).get(shown(table.name)) ?? []).some((one) => isSameTable(one, table));
}

/** The rows of a table, from counts by its name as configured; null when unknown. */
export function rowsOf(rows: Readonly<Record<string, number>>, table: Table): number | null {
  for (const [written, count] of Object.entries(rows)) if (isSameTable(tableOf(written), table)) return count;
  return null;
}

/** An identifier as SQL needs it: quoted unless it is plain lower case. */
export function quoted(identifier: string): string {
  if (isHole(identifier)) return shown(identifier);
  return /^[a-z_][a-z0-9_]*$/.test(identifier) ? identifier : `"${identifier.replaceAll('"', '""')}"`;
}

/** The table's name as SQL needs it. */
export function quotedTable(table: Table): string {
  return !table.schema ? quoted(table.name) : `${quoted(table.schema)}.${quoted(table.name)}`;
}

/** True for a migration's statement that stays as a query: a view. What else a migration runs, it runs once. */
export function isLasting({ tree }: ParsedStatement): boolean {
  return node(tree, "ViewStmt") !== null || (isNode(tree) && word(tree, "type") === "create" && word(tree, "keyword") === "view");
}

/** An identifier as MySQL needs it. */
export function quotedMysql(identifier: string): string {
  return isHole(identifier) || /^[a-z_][a-z0-9_]*$/i.test(identifier) ? shown(identifier) : `\`${identifier.replaceAll("`", "``")}\``;
}

/** The table's name as MySQL needs it. */
export function quotedMysqlTable(table: Table): string {
  return table.schema === null ? quotedMysql(table.name) : `${quotedMysql(table.schema)}.${quotedMysql(table.name)}`;
}
