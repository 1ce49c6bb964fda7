import type { Language as Grammar, Tree, TreeCursor } from "@vscode/tree-sitter-wasm";
import { SyntaxTree } from "../source/tree.js";
import { lineOf, lineStarts } from "../sql/lines.js";

/** A tree as columns, with what is told apart: comments that hold `redline-ignore`, and what the parser did not understand. */
export interface FlatTree {
  readonly tree: SyntaxTree;
  readonly comments: readonly Range[];
  readonly errors: readonly Range[];
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Types say nothing that rules ask for; what is inside of texts neither. */
const SKIPPED =
  /^(?:type_annotation|type_arguments|type_parameters|type_argument_list|type_parameter_list|type_alias_declaration|interface_body|string_fragment|string_content|string_start|string_end|escape_sequence|interpreted_string_literal_content|string_literal_content|heredoc_end|php_tag|accessibility_modifier|modifier|jsx_text)$/;

type Role = "kept" | "skipped" | "comment" | "error";

const roleOf = (kind: string, isNamed: boolean): Role => {
  if (kind === "ERROR") return "error";
  if (!isNamed || SKIPPED.test(kind)) return "skipped";
  return /comment/.test(kind) ? "comment" : "kept";
};

const roles = new WeakMap<Grammar, readonly Role[]>();

/** By the grammar's number of each kind. */
function rolesOf(grammar: Grammar): readonly Role[] {
  const cached = roles.get(grammar);
  if (cached) return cached;
  const made = grammar.types.map((kind, id) => roleOf(kind, grammar.nodeTypeIsNamed(id)));
  roles.set(grammar, made);
  return made;
}

/** Errors and comments of one file: each finding is held against all of them. */
const RANGES = 1000;

/** ERROR has a number beyond the grammar's own. */
const ERROR_ID = 65_535;

class Flattener {
  readonly kinds: string[] = [];
  readonly fields: (string | null)[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly parents: number[] = [];
  readonly lasts: number[] = [];
  readonly comments: Range[] = [];
  readonly errors: Range[] = [];
  private readonly grammar: Grammar;
  private readonly source: string;
  private readonly hasError: boolean;
  private readonly roles: readonly Role[];

  constructor(tree: Tree, source: string) {
    this.grammar = tree.language;
    this.roles = rolesOf(tree.language);
    this.source = source;
    this.hasError = tree.rootNode.hasError;
  }

  /** One pass; nodes without a name are left out, and so are their children. */
  walk(cursor: TreeCursor, tick: () => void): void {
    const open: number[] = [];
    for (let count = 1; ; count += 1) {
      if (count % 1024 === 0) tick();
      const node = this.add(cursor, open.at(-1) ?? -1);
      if (node !== null && cursor.gotoFirstChild()) {
        open.push(node);
        continue;
      }
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) return;
        this.lasts[open.pop() ?? 0] = this.kinds.length - 1;
      }
    }
  }

  private add(cursor: TreeCursor, parent: number): number | null {
    const id = cursor.nodeTypeId;
    const role = id === ERROR_ID ? "error" : (this.roles[id] ?? "skipped");
    if (this.hasError && (role === "error" || cursor.nodeIsMissing)) this.error(rangeOf(cursor));
    if (role === "comment") this.comment(cursor);
    if (role === "comment" || role === "skipped") return null;
    const node = this.kinds.length;
    this.kinds.push(id === ERROR_ID ? "ERROR" : (this.grammar.types[id] ?? ""));
    this.fields.push(parent < 0 ? null : (this.grammar.fields[cursor.currentFieldId] ?? null));
    this.starts.push(cursor.startIndex);
    this.ends.push(cursor.endIndex);
    this.parents.push(parent);
    this.lasts.push(node);
    return node;
  }

  /** Outer ones only; behind the last that is told apart, everything is unclear. */
  private error(range: Range): void {
    const last = this.errors.at(-1);
    if (last && range.end <= last.end) return;
    if (last && this.errors.length >= RANGES) this.errors[RANGES - 1] = { start: last.start, end: this.source.length };
    else this.errors.push(range);
  }

  private comment(cursor: TreeCursor): void {
    const range = rangeOf(cursor);
    if (this.comments.length < RANGES && this.source.slice(range.start, range.end).includes("redline-ignore")) this.comments.push(range);
  }
}

const rangeOf = (cursor: TreeCursor): Range => ({ start: cursor.startIndex, end: cursor.endIndex });

/** Reads a tree in a single pass of its cursor, so that everything after it needs no WebAssembly. @param tick throws when the time is up */
export function flatTree(tree: Tree, source: string, tick: () => void): FlatTree {
  const flat = new Flattener(tree, source);
  const cursor = tree.walk();
  try {
    flat.walk(cursor, tick);
  } finally {
    cursor.delete();
  }
  const starts = lineStarts(source);
  const { kinds, fields, starts: begins, ends, parents, lasts, comments, errors } = flat;
  const columns = { source, kinds, fields, starts: begins, ends, parents, lasts, lineOf: (offset: number) => lineOf(starts, offset) };
  return { tree: new SyntaxTree(columns), comments, errors };
}
