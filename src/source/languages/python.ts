import type { LanguageTable } from "./table.js";

const comprehension = {
  kind: "comprehension",
  inside: { for_in_clause: { kind: "comprehension", left: "left", right: "right" } },
} as const;

export const python: LanguageTable = {
  functions: { function_definition: {}, lambda: {} },
  classes: new Set(["class_definition"]),
  loops: {
    for_statement: { kind: "for-each", left: "left", right: "right", body: "body" },
    while_statement: { kind: "while", condition: "condition", body: "body" },
    list_comprehension: comprehension,
    set_comprehension: comprehension,
    dictionary_comprehension: comprehension,
    generator_expression: comprehension,
  },
  calls: { call: { target: "function", arguments: "arguments" } },
  members: { attribute: { object: "object", name: "attribute" }, subscript: { object: "value" } },
  assignments: { assignment: { left: "left", right: "right" }, named_expression: { left: "name", right: "value" } },
  scopes: new Set(["with_item"]),
  imports: { import_statement: "names", import_from_statement: "names" },
};
