import {
  arrayKinds,
  choiceKinds,
  objectKinds,
  pairKinds,
  returnKinds,
  unaryKinds,
  variableKinds,
  wrapperKinds,
  yieldKinds,
} from "./kinds.js";
import type { LanguageTable } from "./table.js";

/** What is done with a node when it is met; most kinds have no role. */
export type Role = "function" | "loop" | "call" | "import" | "variable" | "assignment";

/** A table turned round: one look-up for each node of a tree instead of one for each part of the table. */
export interface Roles {
  readonly of: ReadonlyMap<string, Role>;
  /** Kinds right above a variable that its value may go to. */
  readonly takers: ReadonlySet<string>;
}

const known = new WeakMap<LanguageTable, Roles>();

function made(table: LanguageTable): Roles {
  const entries = (kinds: Iterable<string>, role: Role): readonly (readonly [string, Role])[] => [...kinds].map((kind) => [kind, role]);
  return {
    of: new Map([
      ...entries(variableKinds, "variable"),
      ...entries(Object.keys(table.assignments), "assignment"),
      ...entries(Object.keys(table.imports), "import"),
      ...entries(Object.keys(table.calls), "call"),
      ...entries(Object.keys(table.loops), "loop"),
      ...entries(Object.keys(table.functions), "function"),
    ]),
    takers: new Set([
      ...[wrapperKinds, choiceKinds, objectKinds, arrayKinds, pairKinds, returnKinds, yieldKinds, unaryKinds].flatMap((kinds) => [
        ...kinds,
      ]),
      ...["composite_literal", "literal_value", "argument_list"],
      ...[...table.scopes, ...Object.keys(table.assignments), ...Object.keys(table.functions)],
    ]),
  };
}

export function rolesOf(table: LanguageTable): Roles {
  const found = known.get(table) ?? made(table);
  known.set(table, found);
  return found;
}
