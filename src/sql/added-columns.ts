import { type Alteration, alterationsOf } from "./alterations.js";
import { briefType, formattedType } from "./column-types.js";
import { type GenericAlteration, genericAlterations, genericType } from "./generic-alterations.js";
import { child, word } from "./generic-tree.js";
import { constant, names, nodes } from "./postgres-tree.js";
import { remembered } from "./remembered.js";
import type { ParsedStatement, Table } from "./tables.js";

/** A column that an ALTER TABLE adds. */
export interface AddedColumn {
  readonly table: Table;
  readonly name: string;
  /** As SQL has it. */
  readonly type: string;
  readonly notNull: boolean;
  /** Every row gets a value by itself: by a default that is not NULL, a sequence, or a computation. */
  readonly filled: boolean;
  /** PostgreSQL's tree of the default's expression. */
  readonly defaultOf: unknown;
  /** The words that number the rows: `serial`, `IDENTITY`, `AUTO_INCREMENT`. */
  readonly numbering: string | null;
  /** Computed, and kept on disk. */
  readonly stored: boolean;
  /** `REFERENCES` in the column itself. */
  readonly references: boolean;
}

const SERIAL: ReadonlySet<string> = new Set(["serial", "bigserial", "smallserial", "serial2", "serial4", "serial8"]);

function postgresColumn({ table, command, column }: Alteration): readonly AddedColumn[] {
  if (command !== "AT_AddColumn" || column?.colname === undefined) return [];
  const constraints = nodes(column.constraints, "Constraint");
  const has = (type: string): boolean => constraints.some(({ contype }) => contype === type);
  const defaultOf = constraints.find(({ contype }) => contype === "CONSTR_DEFAULT")?.raw_expr;
  const type = names(column.typeName?.names).at(-1) ?? "";
  const numbering = SERIAL.has(type) ? type : has("CONSTR_IDENTITY") ? "IDENTITY" : null;
  return [
    {
      table,
      name: column.colname,
      type: briefType(formattedType(column.typeName)),
      notNull: has("CONSTR_NOTNULL") || has("CONSTR_PRIMARY"),
      filled: numbering !== null || has("CONSTR_GENERATED") || (defaultOf !== undefined && constant(defaultOf) !== null),
      defaultOf,
      numbering,
      stored: constraints.some(({ contype, generated_kind }) => contype === "CONSTR_GENERATED" && generated_kind !== "v"),
      references: has("CONSTR_FOREIGN"),
    },
  ];
}

function genericAdded({ table, action, resource, column, part }: GenericAlteration): readonly AddedColumn[] {
  if (action !== "add" || resource !== "column" || column === null) return [];
  const value = child(child(part, "default_val") ?? {}, "value");
  const generated = child(part, "generated");
  const numbering = word(part, "auto_increment") === null ? null : "AUTO_INCREMENT";
  return [
    {
      table,
      name: column,
      type: genericType(child(part, "definition"))?.shown ?? "",
      notNull: word(child(part, "nullable") ?? {}, "type") === "not null" || word(part, "primary_key") !== null,
      filled: numbering !== null || generated !== null || (value !== null && word(value, "type") !== "null"),
      defaultOf: undefined,
      numbering,
      stored: generated !== null && word(generated, "storage_type")?.toLowerCase() === "stored",
      references: child(part, "reference_definition") !== null,
    },
  ];
}

/** The columns that a statement adds to tables, in their order; also inside a DO block. */
export const addedColumns = remembered((statement: ParsedStatement): readonly AddedColumn[] => [
  ...alterationsOf(statement).flatMap(postgresColumn),
  ...genericAlterations(statement).flatMap(genericAdded),
]);
