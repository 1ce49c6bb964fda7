import type { LanguageTable } from "./table.js";

export const php: LanguageTable = {
  functions: { method_declaration: {}, function_definition: {}, anonymous_function: {}, arrow_function: {} },
  classes: new Set(["class_declaration", "interface_declaration", "trait_declaration", "enum_declaration"]),
  loops: {
    for_statement: { kind: "counted", once: "initialize", condition: "condition", body: "body" },
    foreach_statement: { kind: "for-each", left: 1, right: 0, body: "body" },
    while_statement: { kind: "while", condition: "condition", body: "body" },
    do_statement: { kind: "while", condition: "condition", body: "body" },
  },
  iterators: {
    methods: new Set(["each", "map", "filter"]),
    functions: new Set(["array_map", "array_filter", "array_walk"]),
    by: "function",
  },
  calls: {
    function_call_expression: { target: "function", arguments: "arguments" },
    member_call_expression: { receiver: "object", name: "name", arguments: "arguments" },
    nullsafe_member_call_expression: { receiver: "object", name: "name", arguments: "arguments" },
    scoped_call_expression: { receiver: "scope", name: "name", arguments: "arguments" },
    object_creation_expression: { constructs: true },
    attribute: { arguments: "parameters", decorates: true },
  },
  members: {
    member_access_expression: { object: "object", name: "name" },
    nullsafe_member_access_expression: { object: "object", name: "name" },
    scoped_property_access_expression: { object: "scope", name: "name" },
    qualified_name: { object: "prefix" },
    subscript_expression: { object: "object" },
  },
  assignments: { assignment_expression: { left: "left", right: "right" } },
  scopes: new Set(),
  imports: { namespace_use_clause: "path" },
};
