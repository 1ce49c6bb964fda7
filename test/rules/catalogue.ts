import type {
  Catalogue,
  Check,
  Column,
  ForeignKey,
  Index,
  IndexKey,
  Observation,
  Relation,
  RelationName,
} from "../../src/model/catalogue.js";
import type { Schema } from "../../src/model/statements.js";
import { text } from "../../src/model/text.js";

/** `shop.orders`, or `orders` in the schema public. */
export function relationName(written: string): RelationName {
  const [schema = "public", name] = written.split(".");
  return name === undefined ? { schema: "public", name: schema } : { schema, name };
}

/** `id bigint not null`: name, type, and whether it may be null; ` default` at the end gives it a default. */
export function column(written: string): Column {
  const [name = "", ...rest] = written.split(" ");
  const words = rest.join(" ");
  const type = words.replace(" default", "").replace(" not null", "");
  return { name, type, notNull: words.includes(" not null"), hasDefault: words.endsWith(" default"), collation: null };
}

const key = (written: string): IndexKey => {
  const isExpression = written.includes("(");
  return { column: isExpression ? null : written, expression: written, operatorClass: null, descending: false };
};

/** An index on columns; anything with a parenthesis is an expression. */
export function index(name: string, keys: readonly string[], parts: Partial<Index> = {}): Index {
  return {
    name,
    keys: keys.map(key),
    included: [],
    unique: false,
    primary: false,
    method: "btree",
    predicate: null,
    valid: true,
    definition: null,
    ...parts,
  };
}

export function foreignKey(
  name: string,
  columns: readonly string[],
  parent: string,
  parentColumns: readonly string[] = ["id"],
): ForeignKey {
  return { name, columns, parent: relationName(parent), parentColumns, validated: true };
}

export function check(name: string, expression: string, validated = true): Check {
  return { name, expression, validated };
}

/** A table of these columns, each as {@link column} reads it. */
export function relation(name: string, columns: readonly string[], parts: Partial<Relation> = {}): Relation {
  return {
    ...relationName(name),
    kind: "table",
    columns: columns.map(column),
    indexes: [],
    foreignKeys: [],
    checks: [],
    partitionOf: null,
    partitionKey: [],
    ...parts,
  };
}

export function catalogue(...relations: readonly Relation[]): Catalogue {
  return { relations };
}

/** Base and head; the head is the base's unless given. */
export function schema(base: Catalogue, head: Catalogue = base): Schema {
  return { base, head, dialect: "postgresql", source: text`3 migrations in db/migrations`, notApplied: [] };
}

/** What a statement did: locks by table (`orders`), and what it read and rewrote. */
export function observation(
  locks: Readonly<Record<string, Observation["locks"][number]["mode"]>>,
  parts: { readonly scanned?: readonly string[]; readonly rewritten?: readonly string[] } = {},
): Observation {
  return {
    locks: Object.entries(locks).map(([name, mode]) => ({ relation: relationName(name), kind: "table", mode })),
    scanned: (parts.scanned ?? []).map(relationName),
    rewritten: (parts.rewritten ?? []).map(relationName),
  };
}
