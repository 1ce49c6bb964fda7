const set = (...names: readonly string[]): ReadonlySet<string> => new Set(names.flatMap((name) => name.split(" ")));

/** Kinds of nodes that mean the same in every grammar that has them. */
export const awaitKinds = set("await_expression await");

/** What stands around a value and changes nothing about it. */
export const wrapperKinds = set(
  "await_expression await parenthesized_expression parenthesized_statements non_null_expression as_expression satisfies_expression",
  "type_assertion cast_expression type_assertion_expression postfix_unary_expression argument attribute_argument expression_list",
  "literal_element as_pattern in",
);

/** A choice between values: what becomes of it becomes of each. */
export const choiceKinds = set("conditional_expression ternary_expression conditional");

/** Values with a name of their own: the end of a path. */
export const nameKinds = set(
  "identifier this self super base constant name variable_name instance_variable class_variable global_variable type_identifier",
  "package_identifier field_identifier property_identifier private_property_identifier predefined_type dotted_name simple_symbol",
  "shorthand_property_identifier shorthand_property_identifier_pattern blank_identifier hash_key_symbol relative_scope namespace_name implicit_parameter",
);

/** Names that stand for a value. */
export const variableKinds = set("identifier variable_name shorthand_property_identifier instance_variable");

/** Names that a type has beside its parameters. */
export const genericKinds = set("generic_type generic_name instantiation_expression pointer_type nullable_type");

export const stringKinds = set(
  "string template_string string_literal interpreted_string_literal raw_string_literal verbatim_string_literal encapsed_string",
  "concatenated_string chained_string interpolated_string_expression heredoc heredoc_beginning nowdoc rune_literal character_literal",
);

export const numberKinds = set(
  "number integer float int_literal float_literal decimal_integer_literal decimal_floating_point_literal integer_literal real_literal hex_integer_literal",
);

export const booleanKinds = set("true false boolean boolean_literal");
export const nullKinds = set("null null_literal nil none undefined");
export const objectKinds = set("object dictionary hash anonymous_object_creation_expression literal_value initializer_expression");
export const arrayKinds = set(
  "array list tuple set array_creation_expression implicit_array_creation_expression array_initializer collection_expression list_literal",
);
export const spreadKinds = set(
  "spread_element list_splat dictionary_splat variadic_argument splat_argument hash_splat_argument variadic_unpacking",
);
/** Functions as values, beside those of a language's table. */
export const functionValueKinds = set("method_reference block_argument");

export const argumentListKinds = set("arguments argument_list annotation_argument_list attribute_argument_list literal_value");

/** A key with its value, as an argument or in an object. */
export const pairKinds = set(
  "pair keyword_argument keyed_element element_value_pair array_element_initializer named_argument shorthand_property_identifier",
);

export const returnKinds = set("return_statement return arrow_expression_clause");
export const yieldKinds = set("yield_expression yield yield_statement");
export const discardKinds = set(
  "expression_statement body_statement block_body statement_list do then else program begin ensure go_statement block else_clause",
);
export const bodyKinds = set("block do_block statement_block compound_statement");
export const unaryKinds = set("unary_expression unary_operator unary prefix_unary_expression");
