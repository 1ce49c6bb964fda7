import type { Alteration } from "./alterations.js";
import { type Constraint, names, nodes } from "./postgres-tree.js";

/** The constraints that one command adds: its own, or those of its new column. */
export function addedConstraints({ command, constraint, column }: Alteration): readonly Constraint[] {
  if (command === "AT_AddColumn") return nodes(column?.constraints, "Constraint");
  return command === "AT_AddConstraint" && constraint ? [constraint] : [];
}

/** A UNIQUE or PRIMARY KEY that a command adds. */
export interface AddedKey {
  readonly primary: boolean;
  /** As given, or as PostgreSQL names it. */
  readonly name: string;
  readonly columns: readonly string[];
  /** It takes over an index that stands. */
  readonly usingIndex: boolean;
  /** Of a column that the command adds with it. */
  readonly ofNewColumn: boolean;
}

/** The UNIQUE and PRIMARY KEY constraints that one command adds. */
export function addedKeys(alteration: Alteration): readonly AddedKey[] {
  const { table, column } = alteration;
  const keys = addedConstraints(alteration).filter(({ contype }) => contype === "CONSTR_UNIQUE" || contype === "CONSTR_PRIMARY");
  return keys.map((key) => {
    const primary = key.contype === "CONSTR_PRIMARY";
    const columns = column?.colname === undefined ? names(key.keys) : [column.colname];
    const name = primary ? `${table.name}_pkey` : `${[table.name, ...columns].join("_")}_key`;
    return {
      primary,
      name: key.conname ?? name,
      columns,
      usingIndex: key.indexname !== undefined,
      ofNewColumn: column?.colname !== undefined,
    };
  });
}
