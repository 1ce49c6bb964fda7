import type { Node, Tree, TreeCursor } from "@vscode/tree-sitter-wasm";
import {
  addingKinds,
  adjacentKinds,
  argumentKinds,
  binaryKinds,
  callKinds,
  carrierKinds,
  declaringKinds,
  isBlock,
  isPlace,
  stringKinds,
} from "../source/grammar.js";
import type { Language } from "../source/language.js";
import type { CallContext, Literal, SourceLiterals } from "../source/literal.js";
import { LiteralReader } from "./source-literals.js";

/** One node on the way from the root; `node` only where names are read off it. */
interface Frame {
  readonly kind: string;
  readonly field: string | null;
  readonly start: number;
  readonly node: Node | null;
  /** Position among its parent's named children. */
  readonly index: number;
}

interface Context {
  readonly call: CallContext;
  readonly declares: string | null;
}

/** What was met on the way up from a literal. */
interface Met {
  argument: number | string;
  readonly methods: string[];
}

export class WalkLimit extends Error {}

const LITERALS = 20_000;
const RECEIVERS: ReadonlySet<string> = new Set(["object", "operand", "receiver", "value", "expression"]);
const MEMBERS = /^(?:member_expression|attribute|selector_expression|field_expression|member_access_expression)$/;
const NAMED = /^(?:variable_declarator|pair|assignment_expression|public_field_definition)$/;

const lastName = (written: string): string | null =>
  /([A-Za-z_$][\w$]{0,79})[!?]?(?:<[^<>()]{0,200}>)?$/.exec(written.slice(-300))?.[1] ?? null;

const plainName = (node: Node | null | undefined): string | null => {
  const name = node && node.endIndex - node.startIndex <= 80 ? node.text.replace(/^\$/, "") : "";
  return /^\w+$/.test(name) ? name : null;
};

const needsNode = (kind: string): boolean =>
  callKinds[kind] !== undefined || declaringKinds[kind] !== undefined || isPlace(kind) || NAMED.test(kind);

const hasReceiver = (kind: string): boolean => callKinds[kind] !== undefined || MEMBERS.test(kind);

const idle = new Map<string, boolean>();

/** True for kinds that nothing is done about, which are nearly all nodes. */
function isIdle(kind: string, language: Language): boolean {
  const key = `${language} ${kind}`;
  const known = idle.get(key);
  if (known !== undefined) return known;
  const busy =
    kind.includes("comment") ||
    [addingKinds, stringKinds[language], adjacentKinds, binaryKinds].some((kinds) => kinds.has(kind)) ||
    ["assignment_expression", "assignment_statement", "heredoc_beginning"].includes(kind);
  idle.set(key, !busy);
  return !busy;
}

/** Reads one file's tree in a single pass with a stack of its own; built for a single use. */
export class SourceWalk {
  private readonly frames: Frame[] = [];
  private readonly literals: Literal[] = [];
  private readonly extended = new Set<string>();
  private readonly comments: { start: number; end: number }[] = [];
  private readonly heredocs: (Context & { readonly opening: string; readonly anchor: number })[] = [];
  private readonly reader: LiteralReader;
  private readonly source: string;
  private readonly language: Language;

  constructor(source: string, language: Language) {
    this.source = source;
    this.language = language;
    this.reader = new LiteralReader(source, language);
  }

  /** @throws WalkLimit past the deadline (of `performance.now`), or with too many literals */
  walk(tree: Tree, deadline: number): SourceLiterals {
    const cursor = tree.walk();
    try {
      this.all(cursor, deadline);
    } finally {
      cursor.delete();
    }
    return { literals: this.literals, extended: this.extended, comments: this.comments };
  }

  private all(cursor: TreeCursor, deadline: number): void {
    const positions = [0];
    for (let count = 1; ; count += 1) {
      if (count % 1024 === 0 && performance.now() > deadline) throw new WalkLimit("its syntax tree takes too long to walk");
      const kind = cursor.nodeType;
      const index = positions.at(-1) ?? 0;
      this.enter(cursor, kind, index);
      if (cursor.gotoFirstChild()) {
        positions.push(0);
        continue;
      }
      this.frames.pop();
      while (!this.next(cursor, positions)) {
        if (!cursor.gotoParent()) return;
        positions.pop();
        this.frames.pop();
      }
    }
  }

  private next(cursor: TreeCursor, positions: number[]): boolean {
    const isNamed = cursor.nodeIsNamed;
    if (!cursor.gotoNextSibling()) return false;
    if (isNamed) positions.push((positions.pop() ?? 0) + 1);
    return true;
  }

  private enter(cursor: TreeCursor, kind: string, index: number): void {
    const parent = this.frames.at(-1);
    const node = needsNode(kind) ? cursor.currentNode : null;
    // Every question to the cursor crosses into WebAssembly: they are asked only where they matter.
    const field = parent && hasReceiver(parent.kind) ? cursor.currentFieldName : null;
    this.frames.push({ kind, field, start: cursor.startIndex, node, index });
    if (isIdle(kind, this.language)) return;
    if (kind.includes("comment")) this.comment(cursor);
    else if (addingKinds.has(kind) || kind === "assignment_expression" || kind === "assignment_statement") this.adding(cursor.currentNode);
    else if (kind === "heredoc_beginning") this.heredocs.push({ opening: cursor.nodeText, ...this.context(), anchor: this.anchor() });
    else if (stringKinds[this.language].has(kind) || adjacentKinds.has(kind) || binaryKinds.has(kind)) this.literal(cursor.currentNode);
  }

  private comment(cursor: TreeCursor): void {
    const [start, end] = [cursor.startIndex, cursor.endIndex];
    if (this.source.slice(start, end).includes("redline-ignore")) this.comments.push({ start, end });
  }

  /** `q += …`, `q .= …`. */
  private adding(node: Node): void {
    const isAdding = addingKinds.has(node.type) || node.children.some((child) => child?.type === "+=");
    const name = isAdding ? plainName(node.childForFieldName("left") ?? node.namedChildren[0]) : null;
    if (name !== null) this.extended.add(`${this.place()}:${name}`);
  }

  private literal(node: Node): void {
    if (this.reader.isTaken(node) || this.isDocumentation()) return;
    const heredoc = node.type === "heredoc_body" ? this.heredocs.shift() : undefined;
    const read = this.reader.read(node, heredoc?.opening);
    if (!read) return;
    if (this.literals.length >= LITERALS) throw new WalkLimit(`it holds more than ${LITERALS} literals`);
    const { call, declares } = heredoc ?? this.context();
    const place = this.place();
    const own = read.parts.some((part) => part.kind === "hole" && part.name === declares && declares !== null);
    if (own) this.extended.add(`${place}:${declares}`);
    this.literals.push({ ...read, tag: this.tag(), call, declares, place, anchor: heredoc?.anchor ?? this.anchor() });
  }

  /** A string that is a statement of its own. */
  private isDocumentation(): boolean {
    return this.frames.at(-2)?.kind === "expression_statement" && this.language === "python";
  }

  private tag(): string | null {
    const [parent, self] = this.frames.slice(-2);
    if (self?.kind !== "template_string" || !parent) return null;
    if (parent.kind === "call_expression") return lastName(parent.node?.childForFieldName("function")?.text ?? "");
    // `sql<Row>` before a template reads as two comparisons.
    if (parent.kind !== "binary_expression") return null;
    return /^[\w.]{0,80}?(\w{1,80})\s{0,9}</.exec(this.source.slice(parent.start, parent.start + 200))?.[1] ?? null;
  }

  private callee(frame: Frame): string | null {
    const field = callKinds[frame.kind];
    const called = field === undefined ? null : (frame.node?.childForFieldName(field) ?? frame.node?.childForFieldName("method"));
    return called ? lastName(called.text) : null;
  }

  /** What the innermost literal is an argument or the value of. */
  private context(): Context {
    const met: Met = { argument: 0, methods: [] };
    for (let at = this.frames.length - 1; at > 0; at -= 1) {
      const [child, parent] = [this.frames[at], this.frames[at - 1]];
      const end = child && parent ? this.step(child, parent, met) : "none";
      if (end === "call" && parent) return { call: { callee: this.callee(parent), ...met }, declares: null };
      if (end === "value" && parent) return { call: { callee: null, ...met }, declares: this.declared(parent) };
      if (end === "none") break;
    }
    return { call: { callee: null, ...met }, declares: null };
  }

  /** One step up; null to go on. */
  private step(child: Frame, parent: Frame, met: Met): "call" | "value" | "none" | null {
    if (callKinds[parent.kind] !== undefined) {
      const isReceiver = child.field !== null && (RECEIVERS.has(child.field) || MEMBERS.test(child.kind));
      if (!isReceiver) return "call";
      met.methods.push(this.callee(parent) ?? "");
      return null;
    }
    if (declaringKinds[parent.kind] !== undefined) return "value";
    if (parent.kind === "keyword_argument") met.argument = this.keyword(parent);
    else if (argumentKinds.has(parent.kind)) met.argument = typeof met.argument === "string" ? met.argument : child.index;
    else if (!carrierKinds.has(parent.kind)) return "none";
    return null;
  }

  private keyword(frame: Frame): string {
    return /^\w{1,60}/.exec(this.source.slice(frame.start, frame.start + 60))?.[0] ?? "";
  }

  private declared({ kind, node }: Frame): string | null {
    const field = declaringKinds[kind];
    return field === undefined ? null : plainName(node?.childForFieldName(field));
  }

  private place(): string {
    return this.frames
      .flatMap((frame, index) => {
        if (!isPlace(frame.kind)) return [];
        const own = plainName(frame.node?.childForFieldName("name") ?? frame.node?.childForFieldName("type"));
        const parent = this.frames[index - 1];
        const given = own ?? (parent && NAMED.test(parent.kind) ? plainName(parent.node?.namedChildren[0]) : null);
        return given === null ? [] : [given];
      })
      .join(".");
  }

  private anchor(): number {
    for (let at = this.frames.length - 1; at > 0; at -= 1) if (isBlock(this.frames[at - 1]?.kind ?? "")) return this.frames[at]?.start ?? 0;
    return 0;
  }
}
