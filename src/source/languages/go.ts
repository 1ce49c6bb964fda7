import type { LanguageTable } from "./table.js";

export const go: LanguageTable = {
  functions: { function_declaration: {}, method_declaration: {}, func_literal: { callback: true } },
  classes: new Set(),
  loops: {
    for_statement: {
      kind: "endless",
      body: "body",
      inside: {
        range_clause: { kind: "for-each", left: "left", right: "right" },
        for_clause: { kind: "counted", once: "initializer", condition: "condition" },
      },
    },
  },
  calls: {
    call_expression: { target: "function", arguments: "arguments" },
    composite_literal: {
      target: "type",
      arguments: "body",
      constructs: true,
      only: new Set(["type_identifier", "qualified_type", "generic_type"]),
    },
  },
  members: {
    selector_expression: { object: "operand", name: "field" },
    qualified_type: { object: "package", name: "name" },
    index_expression: { object: "operand" },
  },
  assignments: {
    short_var_declaration: { left: "left", right: "right" },
    assignment_statement: { left: "left", right: "right" },
    var_spec: { left: "name", right: "value" },
    const_spec: { left: "name", right: "value" },
  },
  scopes: new Set(),
  imports: { import_spec: "path" },
  channels: /(?:^|\.)(?:ch|chan|channel|[a-z]\w*(?:Ch|Chan|Channel)|C)s?(?:\(\))?$/,
};
