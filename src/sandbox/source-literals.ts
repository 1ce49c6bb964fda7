import type { Node } from "@vscode/tree-sitter-wasm";
import {
  adjacentKinds,
  binaryKinds,
  type Delimiters,
  delimitersOf,
  heredocDelimiters,
  joinOperator,
  stringKinds,
} from "../source/grammar.js";
import type { Language } from "../source/language.js";
import type { Literal, Part } from "../source/literal.js";

/** A literal as its node alone tells it. */
export type ReadLiteral = Pick<Literal, "start" | "end" | "parts">;

const PARTS = 5000;
const DEPTH = 8;
const NAME = /^[\w.$:@]{1,80}$/;

const WRAPPERS: ReadonlySet<string> = new Set([
  "parenthesized_expression",
  "as_expression",
  "await_expression",
  "parenthesized_statements",
]);
const CHOICES: ReadonlySet<string> = new Set(["ternary_expression", "conditional_expression", "conditional"]);
const INTERPOLATIONS: ReadonlySet<string> = new Set(["template_substitution", "interpolation"]);
const TEXT_KINDS = /content|escape|_string$|heredoc_end|^ERROR$/;

const expressionOf = (interpolation: Node): Node | null =>
  interpolation.namedChildren.find((child) => child?.type !== "interpolation_brace") ?? null;

const key = (node: Node): string => `${node.startIndex}:${node.endIndex}`;

/** Turns nodes of one file into literals; `taken` names those that are part of another. */
export class LiteralReader {
  readonly taken = new Set<string>();
  private readonly source: string;
  private readonly language: Language;

  constructor(source: string, language: Language) {
    this.source = source;
    this.language = language;
  }

  isTaken(node: Node): boolean {
    return this.taken.has(key(node));
  }

  /** The literal that a node is, or the concatenation with one in it; else null. */
  read(node: Node, heredocOpening = "", depth = DEPTH): ReadLiteral | null {
    const operands = this.operands(node);
    if (!operands.some((operand) => this.isString(operand))) return null;
    const parts: Part[] = [];
    for (const operand of operands) {
      if (this.isString(operand)) parts.push(...this.partsOf(operand, heredocOpening, depth));
      else parts.push(this.hole(operand.startIndex, operand.endIndex, operand, depth));
    }
    return { start: node.startIndex, end: node.endIndex, parts };
  }

  private isString(node: Node): boolean {
    return stringKinds[this.language].has(node.type);
  }

  private isJoin(node: Node): boolean {
    if (adjacentKinds.has(node.type)) return true;
    return binaryKinds.has(node.type) && node.childForFieldName("operator")?.type === joinOperator(this.language);
  }

  /** The operands of a chain of joins, in their order; a node that is none stands for itself. */
  private operands(node: Node): readonly Node[] {
    const found: Node[] = [];
    const left = [node];
    for (let next = left.pop(); next !== undefined && found.length < PARTS; next = left.pop()) {
      if (this.isJoin(next) || (next !== node && WRAPPERS.has(next.type))) {
        this.taken.add(key(next));
        left.push(...next.namedChildren.flatMap((child) => (child && !child.isExtra ? [child] : [])).reverse());
      } else found.push(next);
    }
    if (found.length > 1) for (const operand of found) if (this.isString(operand)) this.taken.add(key(operand));
    return found;
  }

  private delimiters(node: Node, heredocOpening: string): Delimiters | null {
    if (/^(?:heredoc|nowdoc)_body$/.test(node.type)) return heredocDelimiters(node.type === "nowdoc_body" ? "'" : heredocOpening);
    return delimitersOf(this.source.slice(node.startIndex, node.startIndex + 300), this.language);
  }

  private partsOf(node: Node, heredocOpening: string, depth: number): readonly Part[] {
    const delimiters = this.delimiters(node, heredocOpening);
    if (!delimiters) return [];
    const { writing } = delimiters;
    const closing = node.namedChildren.find((child) => child?.type === "heredoc_end");
    const end = closing?.startIndex ?? node.endIndex - delimiters.close;
    let from = node.startIndex + delimiters.open;
    const parts: Part[] = [];
    for (const child of this.holesOf(node)) {
      const { start, end: next } = this.widened(child);
      if (start > from) parts.push({ kind: "text", start: from, end: start, writing });
      parts.push(this.hole(start, next, INTERPOLATIONS.has(child.type) ? expressionOf(child) : child, depth));
      from = next;
    }
    if (end > from) parts.push({ kind: "text", start: from, end, writing });
    return parts;
  }

  private holesOf(node: Node): readonly Node[] {
    const isHole = (child: Node): boolean =>
      INTERPOLATIONS.has(child.type) || (this.language === "php" && child.isNamed && !TEXT_KINDS.test(child.type));
    return node.children.flatMap((child) => (child && isHole(child) ? [child] : [])).slice(0, PARTS);
  }

  /** PHP's braces around an expression belong to the hole. */
  private widened({ startIndex, endIndex }: Node): { readonly start: number; readonly end: number } {
    const braced = this.language === "php" && this.source[startIndex - 1] === "{" && this.source[endIndex] === "}";
    return braced ? { start: startIndex - 1, end: endIndex + 1 } : { start: startIndex, end: endIndex };
  }

  private hole(start: number, end: number, expression: Node | null, depth: number): Part {
    const name = this.source.slice(expression?.startIndex ?? start, expression?.endIndex ?? start);
    const inner = expression && depth > 0 ? this.innerOf(expression, depth - 1) : null;
    return { kind: "hole", start, end, name: NAME.test(name) ? name : null, inner };
  }

  /** The literal that an expression is; of a choice between two, the first that is not empty. */
  private innerOf(expression: Node, depth: number): readonly Part[] | null {
    if (CHOICES.has(expression.type)) return this.chosen(expression, depth);
    if (WRAPPERS.has(expression.type)) {
      const wrapped = expression.namedChildren[0];
      return wrapped ? this.innerOf(wrapped, depth) : null;
    }
    const template = expression.type === "call_expression" ? expression.childForFieldName("arguments") : null;
    const literal = template?.type === "template_string" ? template : expression;
    const read = this.read(literal, "", depth);
    if (read) this.taken.add(key(literal));
    return read?.parts ?? null;
  }

  private chosen(choice: Node, depth: number): readonly Part[] | null {
    if (depth <= 0) return null;
    const consequence = choice.childForFieldName("consequence");
    const alternative = choice.childForFieldName("alternative");
    const options = consequence && alternative ? [consequence, alternative] : [choice.namedChildren[0], choice.namedChildren.at(-1)];
    const inners = options.map((option) => (option ? (this.innerOf(option, depth - 1) ?? []) : []));
    return inners.find((parts) => parts.length > 0) ?? null;
  }
}
