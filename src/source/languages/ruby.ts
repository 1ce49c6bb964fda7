import type { LanguageTable } from "./table.js";

const ITERATORS =
  "each map flat_map each_with_index each_with_object select reject collect filter_map times sum any? all? group_by sort_by index_by " +
  "find_each each_pair each_slice in_groups_of to_h partition min_by max_by detect inject reduce each_value each_key step upto each_char find_in_batches";

export const ruby: LanguageTable = {
  functions: { method: {}, singleton_method: {}, lambda: {} },
  classes: new Set(["class", "module"]),
  loops: {
    for: { kind: "for-each", left: "pattern", right: "value", body: "body" },
    while: { kind: "while", condition: "condition", body: "body" },
    until: { kind: "while", condition: "condition", body: "body" },
    while_modifier: { kind: "while", condition: "condition", body: "body" },
    until_modifier: { kind: "while", condition: "condition", body: "body" },
  },
  iterators: { methods: new Set(ITERATORS.split(" ")), by: "block", endless: new Set(["loop"]) },
  calls: { call: { receiver: "receiver", name: "method", arguments: "arguments" } },
  members: { scope_resolution: { object: "scope", name: "name" }, element_reference: { object: "object" } },
  assignments: { assignment: { left: "left", right: "right" }, operator_assignment: { left: "left", right: "right" } },
  scopes: new Set(),
  imports: {},
};
