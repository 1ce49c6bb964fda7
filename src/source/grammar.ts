import type { Language } from "./language.js";
import type { Writing } from "./literal.js";

const JAVASCRIPT = new Set(["string", "template_string"]);

/** Node kinds of whole string literals in tree-sitter's grammars. */
export const stringKinds: Readonly<Record<Language, ReadonlySet<string>>> = {
  typescript: JAVASCRIPT,
  tsx: JAVASCRIPT,
  javascript: JAVASCRIPT,
  python: new Set(["string"]),
  go: new Set(["raw_string_literal", "interpreted_string_literal"]),
  java: new Set(["string_literal"]),
  ruby: new Set(["string", "heredoc_body"]),
  rust: new Set(["string_literal", "raw_string_literal"]),
  "c-sharp": new Set(["string_literal", "verbatim_string_literal", "raw_string_literal", "interpolated_string_expression"]),
  php: new Set(["string", "encapsed_string", "heredoc_body", "nowdoc_body"]),
};

/** Kinds of expressions with a left and a right side; those with the language's own operator join strings. */
export const binaryKinds: ReadonlySet<string> = new Set(["binary_expression", "binary_operator", "binary"]);

export const joinOperator = (language: Language): string => (language === "php" ? "." : "+");

/** Literals written one behind the other. */
export const adjacentKinds: ReadonlySet<string> = new Set(["concatenated_string", "chained_string"]);

/** Calls, each with the field of what is called. */
export const callKinds: Readonly<Record<string, string>> = {
  call_expression: "function",
  new_expression: "constructor",
  call: "function",
  method_invocation: "name",
  annotation: "name",
  object_creation_expression: "type",
  macro_invocation: "macro",
  invocation_expression: "function",
  attribute_list: "name",
  function_call_expression: "function",
  member_call_expression: "name",
  scoped_call_expression: "name",
};

/** What may stand between a literal and the call that it is an argument of. */
export const carrierKinds: ReadonlySet<string> = new Set([
  ...["parenthesized_expression", "parenthesized_statements", "expression_list", "argument", "reference_expression", "unary_expression"],
  ...[
    "await_expression",
    "await",
    "pair",
    "keyword_argument",
    "as_expression",
    "spread_element",
    "list",
    "array",
    "object",
    "literal_value",
  ],
  ...["literal_element", "composite_literal", "keyed_element", "binary_expression", "binary_operator", "binary", "hash", "dictionary"],
  ...["member_expression", "attribute", "selector_expression", "field_expression", "member_access_expression", "token_tree"],
  ...["concatenated_string", "chained_string", "element_value_pair", "array_expression", "macro_invocation_arguments", "heredoc"],
]);

export const argumentKinds: ReadonlySet<string> = new Set([
  "arguments",
  "argument_list",
  "annotation_argument_list",
  "attribute_argument_list",
  "token_tree",
]);

/** What gives a name to a value, each with the field of the name. */
export const declaringKinds: Readonly<Record<string, string>> = {
  variable_declarator: "name",
  const_spec: "name",
  var_spec: "name",
  short_var_declaration: "left",
  assignment: "left",
  assignment_expression: "left",
  assignment_statement: "left",
  const_item: "name",
  static_item: "name",
  let_declaration: "pattern",
  public_field_definition: "name",
};

/** Assignments that add to what is there. */
export const addingKinds: ReadonlySet<string> = new Set([
  "augmented_assignment_expression",
  "augmented_assignment",
  "operator_assignment",
  "compound_assignment_expr",
]);

export const isBlock = (kind: string): boolean =>
  /block|program|module|source_file|body|statement_list|compilation_unit|declaration_list|compound_statement|statements$/.test(kind);

/** Functions and classes, whose names tell where a statement stands. */
export const isPlace = (kind: string): boolean =>
  /^(?:(?:async_)?function|generator_function|method|constructor|singleton_method|class|struct|trait|impl|module|interface|object)(?:_(?:declaration|definition|item|expression))?$|^arrow_function$/.test(
    kind,
  );

/** Of a literal: lengths of its delimiters, and how what is between them is written. */
export interface Delimiters {
  readonly open: number;
  readonly close: number;
  readonly writing: Writing;
}

const OPENING = /^([A-Za-z@$]{0,3})(#{0,255})("{3,}|'{3}|["'`])/;
const PERCENT_OPENING = /^%([qQwWiIxsr]?)[^\w\s]/;
const PLAIN: Writing = { escapes: "none", doubled: "", braces: false };
const BACKSLASH: Writing = { ...PLAIN, escapes: "backslash" };
const QUOTE: Writing = { ...PLAIN, escapes: "quote" };

const pythonWriting = (marks: string): Writing => ({ ...(/r/i.test(marks) ? PLAIN : BACKSLASH), braces: /[ft]/i.test(marks) });

function sharpWriting(prefix: string, quote: string): Writing {
  const braces = prefix.includes("$");
  if (quote.length >= 3) return { ...PLAIN, braces };
  return prefix.includes("@") ? { ...PLAIN, doubled: '"', braces } : { ...BACKSLASH, braces };
}

const WRITINGS: Readonly<Partial<Record<Language, (prefix: string, quote: string) => Writing>>> = {
  python: pythonWriting,
  rust: (prefix) => (prefix.includes("r") ? PLAIN : { ...BACKSLASH, escapes: "trimmed" }),
  go: (_, quote) => (quote === "`" ? PLAIN : BACKSLASH),
  ruby: (_, quote) => (quote === "'" ? QUOTE : BACKSLASH),
  php: (_, quote) => (quote === "'" ? QUOTE : BACKSLASH),
  "c-sharp": sharpWriting,
};

/** Reads the delimiters off a literal's source; null where they are in no known form. */
export function delimitersOf(raw: string, language: Language): Delimiters | null {
  const [opening = "", prefix = "", hashes = "", quote = ""] = OPENING.exec(raw) ?? [];
  if (opening !== "") {
    const wide = quote.length >= 3 && language !== "python" && language !== "java" && language !== "c-sharp";
    const written = wide ? (quote[0] ?? "") : quote;
    const open = opening.length - quote.length + written.length;
    return { open, close: written.length + hashes.length, writing: WRITINGS[language]?.(prefix, written) ?? BACKSLASH };
  }
  const percent = language === "ruby" ? PERCENT_OPENING.exec(raw) : null;
  return percent && { open: percent[0].length, close: 1, writing: percent[1] === "q" ? QUOTE : BACKSLASH };
}

/** A heredoc's body has no delimiters of its own; quotes around its opening word make it raw. */
export const heredocDelimiters = (opening: string): Delimiters => ({
  open: 0,
  close: 0,
  writing: opening.includes("'") ? PLAIN : BACKSLASH,
});
