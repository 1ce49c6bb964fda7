import type { LanguageTable } from "./table.js";

export const java: LanguageTable = {
  functions: { method_declaration: {}, constructor_declaration: {}, compact_constructor_declaration: {}, lambda_expression: {} },
  classes: new Set(["class_declaration", "interface_declaration", "enum_declaration", "record_declaration"]),
  loops: {
    for_statement: { kind: "counted", once: "init", condition: "condition", body: "body" },
    enhanced_for_statement: { kind: "for-each", left: "name", right: "value", body: "body" },
    while_statement: { kind: "while", condition: "condition", body: "body" },
    do_statement: { kind: "while", condition: "condition", body: "body" },
  },
  iterators: {
    methods: new Set([
      ...["forEach", "map", "flatMap", "filter", "anyMatch", "allMatch", "noneMatch", "removeIf", "computeIfAbsent", "mapToObj", "peek"],
    ]),
    by: "function",
  },
  calls: {
    method_invocation: { receiver: "object", name: "name", arguments: "arguments" },
    object_creation_expression: { target: "type", arguments: "arguments", constructs: true },
    annotation: { target: "name", arguments: "arguments", decorates: true },
    marker_annotation: { target: "name", decorates: true },
  },
  members: {
    field_access: { object: "object", name: "field" },
    scoped_identifier: { object: "scope", name: "name" },
    array_access: { object: "array" },
  },
  assignments: { variable_declarator: { left: "name", right: "value" }, assignment_expression: { left: "left", right: "right" } },
  scopes: new Set(["resource"]),
  imports: { import_declaration: "path" },
};
