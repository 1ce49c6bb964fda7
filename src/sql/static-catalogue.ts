import type { Catalogue, ForeignKey, Relation } from "../model/catalogue.js";
import type { Dialect } from "../model/statements.js";
import { child, children, type GenericNode, genericColumn, isNode, word } from "./generic-tree.js";
import { tokenize } from "./lexer.js";
import { alterationChanges } from "./static-alterations.js";
import { definitionChanges, indexIn } from "./static-definitions.js";
import { addIndex, type Change, type Draft, dropIndex, emptyTable, renamedIn } from "./static-relation.js";
import { genericTable, type Table } from "./tables.js";

/** One statement of a schema in the order in which it is applied; without a tree it did not parse. */
export interface DdlStatement {
  readonly sql: string;
  readonly tree?: unknown;
}

export interface StaticCatalogue {
  readonly catalogue: Catalogue;
  /** Tables whose statements were not all understood: they are left out of the catalogue. */
  readonly unknown: readonly string[];
}

const keyOf = (name: string): string => name.toLowerCase();

const apply = (table: Draft | null, changes: readonly Change[]): Draft | null =>
  changes.reduce<Draft | null>((before, change) => before && change(before), table);

// First words of the statements that change tables and indexes, and what of it is neither.
const CHANGING: ReadonlySet<string> = new Set(["create", "alter", "drop", "rename"]);
const HARMLESS: ReadonlySet<string> = new Set(["view", "trigger", "function", "procedure", "event", "database", "schema", "user"]);
const GUARDS: ReadonlySet<string> = new Set(["if", "not", "exists"]);

const UNQUOTED = /^["`[]|["`\]]$/g;

/** The words and quoted names of a statement in lower case. */
function wordsOf(sql: string, dialect: Dialect): readonly string[] {
  const words: string[] = [];
  for (const { kind, start, end } of tokenize(sql, dialect))
    if (kind === "word" || (kind === "quoted" && sql[start] !== "'")) words.push(keyOf(sql.slice(start, end).replace(UNQUOTED, "")));
  return words;
}

/** Tables by their name; the statements are applied one by one. */
class Tables {
  /** Null for a table that is there and not known. */
  private readonly tables = new Map<string, Draft | null>();
  private readonly dialect: Dialect;

  constructor(dialect: Dialect) {
    this.dialect = dialect;
  }

  apply({ sql, tree }: DdlStatement): void {
    if (isNode(tree)) this.applyTree(tree, word(tree, "type"), word(tree, "keyword"));
    else this.applyWords(wordsOf(sql, this.dialect));
  }

  private applyTree(tree: GenericNode, type: string | null, keyword: string | null): void {
    if (type === "create" && keyword === "table") this.create(tree);
    else if (type === "create" && keyword === "index") this.createIndex(tree);
    else if (type === "drop" && keyword === "table") this.drop(tree);
    else if (type === "drop" && keyword === "index") this.dropIndex(genericColumn(child(tree, "name")) ?? "", child(tree, "table"));
    else if (type === "rename") this.renameAll(tree);
    else if (type === "alter") this.alter(tree);
  }

  result(): StaticCatalogue {
    const known = [...this.tables.values()].flatMap((table) => table ?? []);
    const unknown = [...this.tables].flatMap(([name, table]) => (table ? [] : [name]));
    const relations = known.map(({ implicit: _, ...relation }): Relation => relation);
    return { catalogue: { relations: relations.sort((a, b) => (a.name < b.name ? -1 : 1)) }, unknown: unknown.sort() };
  }

  private change(table: Table | null, changes: readonly Change[]): void {
    const key = table && keyOf(table.name);
    if (key !== null && this.tables.has(key)) this.tables.set(key, apply(this.tables.get(key) ?? null, changes));
  }

  private create(tree: GenericNode): void {
    const table = genericTable(tree, "table");
    if (!table || word(tree, "temporary") !== null) return;
    const key = keyOf(table.name);
    if (this.tables.has(key)) {
      // Twice without IF NOT EXISTS: one of them is dropped by what was not understood, or lies in another database.
      if (word(tree, "if_not_exists") === null) this.tables.set(key, null);
      return;
    }
    const definitions = children(tree, "create_definitions");
    const changes = definitions.flatMap((definition) => definitionChanges(definition, this.dialect));
    const like = child(tree, "like");
    const start = like ? this.likeness(like, table) : emptyTable(table.schema ?? "", table.name);
    this.tables.set(key, child(tree, "query_expr") ? null : apply(start, changes));
  }

  private likeness(like: GenericNode, table: Table): Draft | null {
    const model = this.tables.get(keyOf(genericTable(like, "table")?.name ?? ""));
    return model ? { ...model, schema: table.schema ?? "", name: table.name, foreignKeys: [] } : null;
  }

  private createIndex(tree: GenericNode): void {
    const given = child(tree, "index");
    const name = given ? word(given, "name") : word(tree, "index");
    const index = indexIn(children(tree, "index_columns"), word(tree, "index_type") ?? "", child(tree, "where") !== null);
    const exists = (table: Draft): boolean => table.indexes.some((one) => keyOf(one.name) === keyOf(name ?? ""));
    this.change(genericTable(tree, "table"), [(table) => (exists(table) ? table : addIndex(name, index)(table))]);
  }

  /** MySQL's index names are a table's own; SQLite's are the database's. */
  private dropIndex(name: string, of: GenericNode | null): void {
    const owner = of && word(of, "table");
    for (const [key, table] of owner === null ? this.tables : [[keyOf(owner), this.tables.get(keyOf(owner)) ?? null] as const])
      if (table?.indexes.some((index) => keyOf(index.name) === keyOf(name))) this.tables.set(key, dropIndex(name)(table));
  }

  private drop(tree: GenericNode): void {
    for (const table of children(tree, "name")) this.tables.delete(keyOf(word(table, "table") ?? ""));
  }

  private alter(tree: GenericNode): void {
    const table = genericTable(tree, "table");
    const parts = children(tree, "expr");
    this.change(
      table,
      parts.flatMap((part) => alterationChanges(part, this.dialect)),
    );
    for (const part of parts) if (table && word(part, "action") === "rename") this.renamed(table, part);
  }

  private renamed(table: Table, part: GenericNode): void {
    const to = word(part, "table");
    const old = genericColumn(child(part, "old_column"));
    const name = genericColumn(child(part, "column"));
    if (word(part, "resource") === "table" && to !== null) this.rename(table.name, to);
    else if (old !== null && name !== null)
      this.repoint(table.name, (key) => ({ ...key, parentColumns: renamedIn(key.parentColumns, old, name) }));
  }

  private renameAll(tree: GenericNode): void {
    const pairs = Array.isArray(tree.table) ? tree.table : [];
    for (const pair of pairs) {
      const [from, to] = Array.isArray(pair) ? pair.filter(isNode) : [];
      const names = [from && word(from, "table"), to && word(to, "table")] as const;
      if (names[0] && names[1]) this.rename(names[0], names[1]);
    }
  }

  private rename(from: string, to: string): void {
    const table = this.tables.get(keyOf(from));
    if (table === undefined) return;
    this.tables.delete(keyOf(from));
    this.tables.set(keyOf(to), this.tables.has(keyOf(to)) ? null : table && { ...table, name: to });
    this.repoint(from, (key) => ({ ...key, parent: { ...key.parent, name: to } }));
  }

  /** Foreign keys follow the table and the columns that they point to. */
  private repoint(parent: string, change: (key: ForeignKey) => ForeignKey): void {
    const pointed = (key: ForeignKey): ForeignKey => (keyOf(key.parent.name) === keyOf(parent) ? change(key) : key);
    for (const [key, table] of this.tables) if (table) this.tables.set(key, { ...table, foreignKeys: table.foreignKeys.map(pointed) });
  }

  /** What did not parse makes unknown whichever table it may have changed. */
  private applyWords([verb = "", object = "", ...more]: readonly string[]): void {
    if (!CHANGING.has(verb) || HARMLESS.has(object)) return;
    const names = more.filter((one) => !GUARDS.has(one));
    const [first = ""] = names;
    if (object === "index" && verb === "drop") this.dropIndex(first, null);
    else if (object === "table" && verb === "create") this.tables.set(first, null);
    else for (const name of names) if (this.tables.has(name)) this.tables.set(name, null);
  }
}

/**
 * The tables that MySQL's, MariaDB's or SQLite's DDL leaves behind, from node-sql-parser's trees. The schema
 * is empty where the statements name none. A table is unknown rather than wrong: whatever is not understood
 * takes it out, until it is dropped. Hostile order and repetition cost time linear in statements and tables.
 */
export function staticCatalogue(statements: readonly DdlStatement[], dialect: Dialect): StaticCatalogue {
  const tables = new Tables(dialect);
  for (const statement of statements) tables.apply(statement);
  return tables.result();
}
