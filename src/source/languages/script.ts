import type { LanguageTable } from "./table.js";

/** TypeScript, TSX and JavaScript: one family of grammars. */
export const script: LanguageTable = {
  functions: {
    function_declaration: {},
    function_expression: {},
    arrow_function: {},
    method_definition: {},
    generator_function: {},
    generator_function_declaration: {},
  },
  classes: new Set(["class_declaration", "class", "abstract_class_declaration", "internal_module"]),
  loops: {
    for_statement: { kind: "counted", once: "initializer", condition: "condition", body: "body" },
    for_in_statement: { kind: "for-each", left: "left", right: "right", body: "body" },
    while_statement: { kind: "while", condition: "condition", body: "body" },
    do_statement: { kind: "while", condition: "condition", body: "body" },
  },
  iterators: {
    methods: new Set(["forEach", "map", "flatMap", "filter", "some", "every", "reduce", "find", "sort"]),
    by: "function",
  },
  calls: {
    call_expression: { target: "function", arguments: "arguments" },
    new_expression: { target: "constructor", arguments: "arguments", constructs: true },
  },
  members: {
    member_expression: { object: "object", name: "property" },
    subscript_expression: { object: "object" },
  },
  assignments: {
    variable_declarator: { left: "name", right: "value" },
    assignment_expression: { left: "left", right: "right" },
    public_field_definition: { left: "name", right: "value" },
    field_definition: { left: "property", right: "value" },
  },
  scopes: new Set(),
  imports: { import_statement: "script" },
};
