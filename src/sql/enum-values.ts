import { constant, findAll, names } from "./postgres-tree.js";
import type { ParsedStatement, Table } from "./tables.js";

/** A value that an ALTER TYPE … ADD VALUE gives to an enum. */
export interface AddedValue {
  readonly type: Table;
  readonly value: string;
}

/** The values that a statement adds to enums that stood before. */
export function addedValues({ tree, dialect }: ParsedStatement): readonly AddedValue[] {
  if (dialect !== "postgresql") return [];
  return findAll(tree, "AlterEnumStmt").flatMap(({ typeName, newVal, oldVal }) => {
    const path = names(typeName);
    return newVal === undefined || (oldVal ?? "") !== ""
      ? []
      : [{ type: { schema: path.at(-2) ?? null, name: path.at(-1) ?? "" }, value: newVal }];
  });
}

/** The names of enums that a statement creates. */
export function createdEnums({ tree }: ParsedStatement): readonly string[] {
  return findAll(tree, "CreateEnumStmt").flatMap(({ typeName }) => names(typeName).at(-1) ?? []);
}

/** How a statement uses a constant of that text: cast to the type, as some other constant, or not at all. */
export function useOfValue({ tree }: ParsedStatement, { type, value }: AddedValue): "cast" | "constant" | null {
  const isCast = findAll(tree, "TypeCast").some(
    ({ arg, typeName }) => constant(arg) === value && names(typeName?.names).at(-1) === type.name,
  );
  if (isCast) return "cast";
  return findAll(tree, "A_Const").some(({ sval }) => sval?.sval === value) ? "constant" : null;
}

/** The names of the tables that a statement reads or writes. */
export function tablesNamed({ tree }: ParsedStatement): readonly Table[] {
  const direct = [
    ...findAll(tree, "UpdateStmt"),
    ...findAll(tree, "DeleteStmt"),
    ...findAll(tree, "InsertStmt"),
    ...findAll(tree, "AlterTableStmt"),
  ];
  const relations = [
    ...direct.map(({ relation }) => relation),
    ...findAll(tree, "IndexStmt").map(({ relation }) => relation),
    ...findAll(tree, "RangeVar"),
  ];
  return relations.flatMap((relation) =>
    relation?.relname === undefined ? [] : { schema: relation.schemaname ?? null, name: relation.relname },
  );
}
