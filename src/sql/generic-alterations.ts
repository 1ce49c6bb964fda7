import { child, children, findNodes, type GenericNode, genericColumn, genericConstant, word } from "./generic-tree.js";
import { genericTable, type ParsedStatement, type Table } from "./tables.js";

/** One part of an ALTER TABLE in node-sql-parser's tree. */
export interface GenericAlteration {
  readonly table: Table;
  /** `add`, `drop`, `modify`, `change`, `rename`; empty for options such as `ALGORITHM=`. */
  readonly action: string;
  /** `column`, `key`, `constraint`, `index`, `table`, `algorithm`, … */
  readonly resource: string;
  readonly column: string | null;
  readonly part: GenericNode;
}

/** The parts of a statement's ALTER TABLEs in their order; none for PostgreSQL, which has its own tree. */
export function genericAlterations(statement: ParsedStatement): readonly GenericAlteration[] {
  if (statement.dialect === "postgresql") return [];
  return findNodes(statement.tree, "alter").flatMap((alter) => {
    const table = genericTable(alter, "table");
    if (!table) return [];
    return children(alter, "expr").map((part) => ({
      table,
      action: word(part, "action") ?? "",
      resource: word(part, "resource") ?? "",
      column: genericColumn(child(part, "column")),
      part,
    }));
  });
}

const option = (all: readonly GenericAlteration[], name: string): string | null =>
  all
    .flatMap(({ resource, part }) => (resource === name ? (word(part, name) ?? []) : []))
    .at(-1)
    ?.toUpperCase() ?? null;

/** True when the ALTER says how it may run (`ALGORITHM=INSTANT`, `LOCK=NONE`), so that it fails instead of blocking writes. */
export function failsFast(all: readonly GenericAlteration[]): boolean {
  const algorithm = option(all, "algorithm");
  return algorithm === "INSTANT" || algorithm === "NOCOPY" || algorithm === "INPLACE" || option(all, "lock") === "NONE";
}

/** A column's type as MySQL is written: upper case, with its length or its values. */
export interface GenericType {
  readonly name: string;
  readonly length: number | null;
  /** Of ENUM and SET. */
  readonly values: readonly string[];
  /** `BIGINT UNSIGNED`, `ENUM('a','b')`. */
  readonly shown: string;
}

// The grammar leaves a value's own quotes doubled, as they were written.
const literal = (value: string): string => `'${value}'`;

/** The type of a column's definition; null when there is none. */
export function genericType(definition: GenericNode | null): GenericType | null {
  const written = definition && word(definition, "dataType");
  if (!definition || written === null) return null;
  const name = (written ?? "").toUpperCase();
  const list = child(definition, "expr");
  const values = (list ? children(list, "value") : []).map((value) => String(genericConstant(value) ?? ""));
  const numbers = [definition.length, definition.scale].filter((value): value is number => typeof value === "number");
  const suffixes = Array.isArray(definition.suffix) ? definition.suffix.filter((value): value is string => typeof value === "string") : [];
  const inner = values.length > 0 ? values.map(literal).join(",") : numbers.join(",");
  const shown = [inner === "" ? name : `${name}(${inner})`, ...suffixes].join(" ");
  return { name, length: numbers[0] ?? null, values, shown };
}
