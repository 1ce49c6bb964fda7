import type { LanguageTable } from "./table.js";

export const cSharp: LanguageTable = {
  functions: {
    method_declaration: {},
    constructor_declaration: {},
    local_function_statement: {},
    lambda_expression: {},
    anonymous_method_expression: {},
  },
  classes: new Set(["class_declaration", "interface_declaration", "struct_declaration", "record_declaration"]),
  loops: {
    for_statement: { kind: "counted", once: "initializer", condition: "condition", body: "body" },
    foreach_statement: { kind: "for-each", left: "left", right: "right", body: "body" },
    while_statement: { kind: "while", condition: "condition", body: "body" },
    do_statement: { kind: "while", condition: "condition", body: "body" },
  },
  iterators: {
    methods: new Set(["ForEach", "ForEachAsync", "Select", "SelectMany", "Where", "Any", "All"]),
    by: "function",
  },
  calls: {
    invocation_expression: { target: "function", arguments: "arguments" },
    object_creation_expression: { target: "type", arguments: "arguments", constructs: true },
    attribute: { target: "name", decorates: true },
  },
  members: {
    member_access_expression: { object: "expression", name: "name" },
    conditional_access_expression: { object: "condition" },
    qualified_name: { object: "qualifier", name: "name" },
    element_access_expression: { object: "expression" },
  },
  assignments: { variable_declarator: {}, assignment_expression: { left: "left", right: "right" } },
  scopes: new Set(["using_statement"]),
  imports: { using_directive: "path" },
};
